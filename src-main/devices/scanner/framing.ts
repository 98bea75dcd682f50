import { MAX_SCAN_CHARS } from "#domain/returns/code/limits.ts";

const GROUP_SEPARATOR = 0x1d;
const FIRST_PRINTABLE = 0x20;
/** What scanners send after a code: carriage return, line feed, tabulator or end of text. */
const ENDS: ReadonlySet<number> = new Set([0x0d, 0x0a, 0x09, 0x03]);

/** Cuts what a scanner sends into codes. Pure but for its memory of the code that is under way. */
export class ScanFraming {
  #under: number[] = [];

  /** The codes that are whole with these bytes. */
  take(bytes: Uint8Array): readonly string[] {
    const codes: string[] = [];
    for (const byte of bytes) {
      if (ENDS.has(byte)) codes.push(this.flush());
      else if (byte >= FIRST_PRINTABLE || byte === GROUP_SEPARATOR) this.#under.push(byte);
    }
    // More than any code holds is noise on the line: a code that follows must not begin with it.
    if (this.#under.length > MAX_SCAN_CHARS) this.#under = [];
    return codes.filter((code) => code !== "");
  }

  /** Nothing followed for long enough: what came is a whole code of a scanner that sends nothing after one. Empty: nothing came. */
  flush(): string {
    const bytes = Uint8Array.from(this.#under);
    this.#under = [];
    return textOf(bytes);
  }
}

/** UTF-8 where it is, else one character a byte. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}
