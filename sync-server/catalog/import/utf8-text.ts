import { isUtf8 } from "node:buffer";

const LINE_FEED = 0x0a;
const BOM = "\u{feff}";

/** Bytes that are not UTF-8 text. `line` is the 1-based line of the file in which they stand. */
export class NotUtf8 extends Error {
  readonly line: number;

  constructor(line: number) {
    super(`line ${line} is not UTF-8 text`);
    this.line = line;
  }
}

/**
 * The text of a stream of bytes, without its byte order mark. Throws NotUtf8 at the first byte that is no UTF-8, and at a NUL:
 * UTF-16 and binary files are full of them, CSV never has one.
 */
export async function* utf8Text(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let carried: Uint8Array = new Uint8Array();
  let line = 1;
  let first = true;
  for await (const chunk of bytes) {
    const held = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const whole = held.subarray(0, lastCharacterEnd(held));
    carried = held.subarray(whole.length);
    requireText(whole, line);
    line += countLineFeeds(whole);
    const text = Buffer.from(whole.buffer, whole.byteOffset, whole.length).toString("utf8");
    yield first && text.startsWith(BOM) ? text.slice(BOM.length) : text;
    if (text !== "") first = false;
  }
  if (carried.length > 0) throw new NotUtf8(line);
}

/** Where the last character that is surely complete ends: a sequence of up to four bytes may be cut by the chunk. */
function lastCharacterEnd(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    const isContinuation = (byte & 0xc0) === 0x80;
    if (isContinuation) continue;
    return back < sequenceLength(byte) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}

function requireText(bytes: Uint8Array, firstLine: number): void {
  if (isUtf8(bytes) && !bytes.includes(0)) return;
  let line = firstLine;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, start);
    const slice = bytes.subarray(start, end === -1 ? bytes.length : end);
    if (end === -1 || !isUtf8(slice) || slice.includes(0)) throw new NotUtf8(line);
    line += 1;
    start = end + 1;
  }
}

function countLineFeeds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}
