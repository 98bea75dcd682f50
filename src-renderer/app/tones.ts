type Tone = "ok" | "done" | "refusal" | "arrived";

interface Shape {
  /** One note after the other. */
  readonly notes: readonly number[];
  /** How long each note is. */
  readonly seconds: number;
  readonly type: OscillatorType;
}

const SOUNDS_KEY = "onetill.sounds";
const SHAPES: Readonly<Record<Tone, Shape>> = {
  ok: { notes: [880], seconds: 0.06, type: "sine" },
  done: { notes: [1_320], seconds: 0.14, type: "sine" },
  refusal: { notes: [196], seconds: 0.22, type: "square" },
  arrived: { notes: [660, 880, 1_320], seconds: 0.16, type: "sine" },
};
const VOLUME = 0.08;
let audio: AudioContext | null = null;

/** Whether this machine makes sounds; it does until somebody switches them off. */
export function soundsOn(): boolean {
  return localStorage.getItem(SOUNDS_KEY) !== "off";
}

export function setSounds(on: boolean): void {
  localStorage.setItem(SOUNDS_KEY, on ? "on" : "off");
}

/** A short tone; silent where sounds are off or the browser has none yet. */
export function playTone(tone: Tone): void {
  if (typeof AudioContext === "undefined" || !soundsOn()) return;
  audio ??= new AudioContext();
  if (audio.state !== "running") {
    void audio.resume();
    return;
  }
  const { notes, seconds, type } = SHAPES[tone];
  for (const [index, hz] of notes.entries()) {
    const oscillator = new OscillatorNode(audio, { frequency: hz, type });
    const gain = new GainNode(audio, { gain: VOLUME });
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(audio.currentTime + index * seconds);
    oscillator.stop(audio.currentTime + (index + 1) * seconds);
  }
}
