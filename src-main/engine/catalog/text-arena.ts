import { Buffer } from "node:buffer";

const CHUNK_BITS = 20;
const CHUNK_BYTES = 1 << CHUNK_BITS;
/** Bytes that the first block begins with: a small shop's till would clear a whole one at each start for a few words. */
const FIRST_BYTES = 1 << 14;
const LENGTH_BYTES = 2;
/** Characters of a text that is not handed to Node to be written. */
export const MAX_BY_HAND = 40;
export const LAST_ASCII = 0x7f;
/** Longest text the arena takes, UTF-8 bytes; a schema's 500 characters stay far below. */
export const MAX_TEXT_BYTES = 65_535;

/**
 * Many short texts as UTF-8 in blocks of 1 MiB, the first of them grown as it fills: about a third of what as many strings cost, and nothing for the garbage
 * collector to walk. Texts are never changed or freed; a text is named by where it begins.
 */
export class TextArena {
  readonly #chunks: Buffer[] = [];
  #used = CHUNK_BYTES;
  #total = 0;

  /** Bytes written so far. */
  get size(): number {
    return this.#total;
  }

  /** Keeps a text and says where. Throws a RangeError beyond `MAX_TEXT_BYTES`. */
  add(text: string): number {
    if (text.length <= MAX_BY_HAND) {
      const place = this.#addAscii(text);
      if (place !== null) return place;
    }
    const at = this.#reserve(Buffer.byteLength(text));
    const { chunk, start } = this.bytesAt(at);
    chunk.write(text, start);
    return at;
  }

  /** Null, and nothing is kept, where some of it is no ASCII. By hand: for a short text it takes a third of the time. */
  #addAscii(text: string): number | null {
    const chunk = this.#roomFor(text.length + LENGTH_BYTES);
    const start = this.#used + LENGTH_BYTES;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > LAST_ASCII) return null;
      chunk[start + at] = code;
    }
    return this.#reserve(text.length);
  }

  /** Keeps bytes that are no text, or the first `length` of them. */
  addBytes(bytes: Buffer, length = bytes.length): number {
    const at = this.#reserve(length);
    const chunk = this.#chunkOf(at);
    const start = (at & (CHUNK_BYTES - 1)) + LENGTH_BYTES;
    for (let index = 0; index < length; index += 1) chunk[start + index] = bytes[index] ?? 0;
    return at;
  }

  text(at: number): string {
    const chunk = this.#chunkOf(at);
    const start = (at & (CHUNK_BYTES - 1)) + LENGTH_BYTES;
    return chunk.toString("utf8", start, start + this.length(at));
  }

  /** UTF-8 bytes of the text at a place. */
  length(at: number): number {
    return this.#chunkOf(at).readUInt16LE(at & (CHUNK_BYTES - 1));
  }

  /** Whether the text at a place is the one whose UTF-8 fills the first `length` bytes of `bytes`. */
  equals(at: number, bytes: Buffer, length: number): boolean {
    const chunk = this.#chunkOf(at);
    const place = at & (CHUNK_BYTES - 1);
    // By hand: a million times in a first sync.
    if ((chunk[place] ?? 0) + ((chunk[place + 1] ?? 0) << 8) !== length) return false;
    const start = place + LENGTH_BYTES;
    for (let index = 0; index < length; index += 1) {
      if (chunk[start + index] !== bytes[index]) return false;
    }
    return true;
  }

  /** The block a text lies in and where its bytes begin, to compare without making a string. */
  bytesAt(at: number): { readonly chunk: Buffer; readonly start: number; readonly length: number } {
    const start = (at & (CHUNK_BYTES - 1)) + LENGTH_BYTES;
    return { chunk: this.#chunkOf(at), start, length: this.length(at) };
  }

  #reserve(length: number): number {
    if (length > MAX_TEXT_BYTES) throw new RangeError(`a text of ${length} bytes does not fit the arena`);
    const chunk = this.#roomFor(length + LENGTH_BYTES);
    const start = this.#used;
    chunk.writeUInt16LE(length, start);
    this.#used += length + LENGTH_BYTES;
    this.#total += length + LENGTH_BYTES;
    return (this.#chunks.length - 1) * CHUNK_BYTES + start;
  }

  #roomFor(bytes: number): Buffer {
    const last = this.#chunks.at(-1);
    if (last !== undefined && this.#used + bytes <= CHUNK_BYTES) return this.#reaching(last, bytes);
    const fresh = Buffer.alloc(last === undefined ? roomAround(bytes) : CHUNK_BYTES);
    this.#chunks.push(fresh);
    this.#used = 0;
    return fresh;
  }

  /** The newest block with room for so many bytes: the first is copied into a larger one until it is whole. */
  #reaching(last: Buffer, bytes: number): Buffer {
    if (this.#used + bytes <= last.length) return last;
    const larger = Buffer.alloc(roomAround(this.#used + bytes));
    last.copy(larger, 0, 0, this.#used);
    this.#chunks[this.#chunks.length - 1] = larger;
    return larger;
  }

  #chunkOf(at: number): Buffer {
    const chunk = this.#chunks[at >>> CHUNK_BITS];
    if (chunk === undefined) throw new RangeError(`nothing at ${at}`);
    return chunk;
  }
}

function roomAround(bytes: number): number {
  let room = FIRST_BYTES;
  while (room < bytes) room *= 2;
  return room;
}
