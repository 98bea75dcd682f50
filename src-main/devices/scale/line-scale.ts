import type { ScaleReading } from "#protocol/till/counter.ts";
import { keepLine } from "../line/kept-line.ts";
import type { KeepLine } from "../line/port.ts";
import { LANGUAGES } from "./languages.ts";
import type { ConnectScale } from "./port.ts";

/** How often a scale is asked, and after what silence it counts as off, milliseconds. */
const ASK_EVERY_MS = 200;
const SILENT_AFTER_MS = 1_500;
/** More than any answer: noise. */
const MAX_UNREAD_BYTES = 200;

/** A scale on a serial port or behind a TCP port. */
export const connectScale: ConnectScale = (setup, on) => scaleOver(keepLine, setup, on);

export function scaleOver(
  keep: KeepLine,
  ...[{ link, language }, on]: Parameters<ConnectScale>
): ReturnType<ConnectScale> {
  const { question, read } = LANGUAGES[language];
  let unread = new Uint8Array();
  let reading: ScaleReading = { state: "silent" };
  let timer: NodeJS.Timeout | null = null;
  let heardAt = 0;
  const say = (next: ScaleReading): void => {
    if (isSame(next, reading)) return;
    reading = next;
    on.change();
  };
  const line = keep(link, {
    state() {
      say({ state: line.state() === "open" ? "silent" : "unreachable" });
      on.change();
    },
    bytes(bytes) {
      unread = Uint8Array.from([...unread, ...bytes]);
      for (let answer = read(unread); answer !== null; answer = read(unread)) {
        unread = unread.slice(answer.length);
        heardAt = performance.now();
        say(answer.weighing);
      }
      if (unread.length > MAX_UNREAD_BYTES) unread = new Uint8Array();
    },
  });
  const ask = (): void => {
    if (line.state() !== "open") return;
    if (performance.now() - heardAt > SILENT_AFTER_MS) say({ state: "silent" });
    void line.write(question);
  };
  return {
    state: () => line.state(),
    reading: () => reading,
    ask(isWanted) {
      if (timer !== null) clearInterval(timer);
      timer = isWanted ? setInterval(ask, ASK_EVERY_MS) : null;
      // What lay on it before may be gone: a weight of before is never sold by.
      if (!isWanted || line.state() === "open") say({ state: "silent" });
      if (isWanted) ask();
    },
    async close() {
      if (timer !== null) clearInterval(timer);
      await line.close();
    },
  };
}

function isSame(one: ScaleReading, other: ScaleReading): boolean {
  if (one.state === "stable" && other.state === "stable") return one.grams === other.grams;
  return one.state === other.state;
}
