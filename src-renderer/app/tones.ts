/**
 * What there is to hear: a code that the camera read, an article rung up, an act done, a code that nobody knows, something refused, an order
 * that came in, something that wants to be seen to, and a terminal's yes and no. Each of them is also on the screen.
 */
export type Tone =
  | "read"
  | "ok"
  | "done"
  | "unknown"
  | "refusal"
  | "arrived"
  | "attention"
  | "approved"
  | "declined";

interface Shape {
  /** One note after the other, hertz. */
  readonly notes: readonly number[];
  /** How long each note is. */
  readonly seconds: number;
  readonly type: OscillatorType;
}

/** How loud this till is. */
export type Volume = "off" | "low" | "normal" | "loud";
export const VOLUMES: readonly Volume[] = ["off", "low", "normal", "loud"];

const VOLUME_KEY = "onetill.sounds";
const SHAPES: Readonly<Record<Tone, Shape>> = {
  read: { notes: [1_760], seconds: 0.05, type: "sine" },
  ok: { notes: [880], seconds: 0.06, type: "sine" },
  done: { notes: [1_320], seconds: 0.14, type: "sine" },
  unknown: { notes: [311, 247], seconds: 0.14, type: "square" },
  refusal: { notes: [196], seconds: 0.22, type: "square" },
  arrived: { notes: [660, 880, 1_320], seconds: 0.16, type: "sine" },
  attention: { notes: [880, 660, 880], seconds: 0.14, type: "triangle" },
  approved: { notes: [784, 1_047, 1_568], seconds: 0.09, type: "sine" },
  declined: { notes: [330, 262, 196], seconds: 0.16, type: "square" },
};
const GAINS: Readonly<Record<Volume, number>> = { off: 0, low: 0.03, normal: 0.08, loud: 0.24 };
/** Refused for these reasons, a code belongs to nothing that is known here. */
const UNKNOWN_REASONS: ReadonlySet<string> = new Set([
  "noSuchItem",
  "noSuchOrder",
  "noSuchCase",
  "noSuchPurchase",
]);
let audio: AudioContext | null = null;

/** How loud this machine is; as it comes until somebody chooses. */
export function volumeNow(): Volume {
  const kept = localStorage.getItem(VOLUME_KEY);
  return VOLUMES.find((volume) => volume === kept) ?? "normal";
}

export function setVolume(volume: Volume): void {
  localStorage.setItem(VOLUME_KEY, volume);
}

/** How a refusal sounds. */
export function toneOfRefusal(reason: string): Tone {
  return UNKNOWN_REASONS.has(reason) ? "unknown" : "refusal";
}

/** A short tone; silent where sounds are off or the browser has none yet. */
export function playTone(tone: Tone): void {
  const gainNow = typeof AudioContext === "undefined" ? 0 : GAINS[volumeNow()];
  if (gainNow === 0) return;
  audio ??= new AudioContext();
  if (audio.state !== "running") {
    void audio.resume();
    return;
  }
  const { notes, seconds, type } = SHAPES[tone];
  for (const [index, hz] of notes.entries()) {
    const oscillator = new OscillatorNode(audio, { frequency: hz, type });
    const gain = new GainNode(audio, { gain: gainNow });
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(audio.currentTime + index * seconds);
    oscillator.stop(audio.currentTime + (index + 1) * seconds);
  }
}
