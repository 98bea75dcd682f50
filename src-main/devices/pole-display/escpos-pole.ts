import CodepageEncoder from "@point-of-sale/codepage-encoder";
import { keepLine } from "../line/kept-line.ts";
import type { KeepLine } from "../line/port.ts";
import type { ConnectPole, PoleSetup } from "./port.ts";

const ESC = 0x1b;
/** Initialise; choose code page 858; clear. */
const INITIALISE = [ESC, 0x40];
const CODE_PAGE_858 = [ESC, 0x74, 19];
const CLEAR = [0x0c];
/** Cursor to a column and line, from 1. */
const lineStart = (line: number): readonly number[] => [0x1f, 0x24, 1, line];

/** A pole display of two lines of twenty characters that understands ESC/POS (Epson's DM-D series and what follows it), on a serial port or behind a TCP port. */
export const connectPole: ConnectPole = (setup, on) => poleOver(keepLine, setup, on);

export function poleOver(keep: KeepLine, ...[setup, on]: Parameters<ConnectPole>): ReturnType<ConnectPole> {
  let newest: readonly [string, string] | null = null;
  const line = keep(setup.link, {
    bytes: () => undefined,
    state() {
      if (line.state() === "open") send();
      on.state();
    },
  });
  // One after another, and of what piled up meanwhile only the newest: a slow display is never a sale behind.
  let sending = false;
  let again = false;
  function send(): void {
    again = sending;
    if (newest === null || sending) return;
    sending = true;
    void line.write(poleBytes(newest, setup.letters)).then(() => {
      sending = false;
      if (again) send();
    });
  }
  return {
    state: () => line.state(),
    show(lines) {
      if (newest !== null && newest[0] === lines[0] && newest[1] === lines[1]) return;
      newest = lines;
      send();
    },
    close: () => line.close(),
  };
}

/** Two lines as the display is told them; letters that it lacks lose their accents, or become `?`. */
export function poleBytes(lines: readonly [string, string], letters: PoleSetup["letters"]): Uint8Array {
  const encode = (text: string): readonly number[] =>
    [...text].flatMap((character) => encoded(character, letters));
  return Uint8Array.from([
    ...INITIALISE,
    ...(letters === "cp858" ? CODE_PAGE_858 : []),
    ...CLEAR,
    ...lineStart(1),
    ...encode(lines[0]),
    ...lineStart(2),
    ...encode(lines[1]),
  ]);
}

const UNKNOWN = 0x3f;

/** Always one byte: the lines would not fit otherwise. */
function encoded(character: string, letters: PoleSetup["letters"]): readonly number[] {
  const byte = letters === "cp858" ? byteOf(character) : null;
  const bare = character.normalize("NFD").charAt(0).replace("ł", "l").replace("Ł", "L").replace("€", "E");
  const plain = /^[ -~]$/.test(bare) ? bare.charCodeAt(0) : UNKNOWN;
  return [byte ?? plain];
}

/** Null: the code page has no such letter. */
function byteOf(character: string): number | null {
  const [byte = UNKNOWN] = CodepageEncoder.encode(character, "cp858");
  return byte < 0x20 || (byte === UNKNOWN && character !== "?") ? null : byte;
}
