import { Buffer } from "node:buffer";
import { type Column, integers, naturals } from "./column.ts";
import { LAST_ASCII, MAX_BY_HAND, MAX_TEXT_BYTES, type TextArena } from "./text-arena.ts";

/** Tables per set of names: each grows by itself, so that growing never halts the till for longer than a tenth of a millisecond. */
const SHARD_BITS = 6;
const SHARDS = 1 << SHARD_BITS;
const FIRST_SLOTS = 16;
/** What a slot has besides a name: so many bits of its hash, which are another's once in 256 times. Whoever else has the slot is known by them, without a look at where its text lies. */
const TAG_SHIFT = 24;
const NAME_MASK = (1 << TAG_SHIFT) - 1;
const UTF8_BYTES_PER_UNIT = 3;

/** A byte that UTF-8 never holds. */
const UUID_MARK = 0xff;
const UUID_CHARS = 36;
const UUID_BYTES = 16;
const DASH = "-".charCodeAt(0);
const NO_NIBBLE = 0xff;
/** Character code -> the value of a lower-case hexadecimal digit. */
const NIBBLES = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = "0123456789abcdef".indexOf(String.fromCharCode(code));
  return value === -1 ? NO_NIBBLE : value;
});

const scratch = Buffer.alloc(MAX_TEXT_BYTES);

interface Shard {
  /** Number of a name plus one, and above it its tag; zero where free. Open addressing, linear probing. */
  slots: Int32Array;
  used: number;
}

/** Gives each text a small number, the same for the same text, and the text back for the number. */
export class Names {
  readonly #arena: TextArena;
  readonly #places: Column = naturals();
  readonly #hashes: Column = integers();
  readonly #shards: Shard[] = Array.from({ length: SHARDS }, () => ({
    slots: new Int32Array(FIRST_SLOTS),
    used: 0,
  }));
  #count = 0;

  constructor(arena: TextArena) {
    this.#arena = arena;
  }

  get count(): number {
    return this.#count;
  }

  /** The number of a text, new or known. Throws a RangeError for a text of more than 21,845 characters, and beyond 16,777,214 names. */
  add(text: string): number {
    checkLength(text.length);
    const length = writeScratch(text);
    return this.#addScratch(length, hashOf(length));
  }

  /** The same for a part of a text, of ASCII and no UUID: nothing is made of it but its bytes. Throws the same. */
  addAscii(text: string, from: number, to: number): number {
    checkLength(to - from);
    let hash = FIRST_HASH;
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at);
      scratch[at - from] = code;
      hash = hashedOn(hash, code);
    }
    return this.#addScratch(to - from, stirred(hash));
  }

  #addScratch(length: number, hash: number): number {
    const shard = this.#shardOf(hash);
    let slot = this.#slotOf(shard, hash, length);
    const held = shard.slots[slot] ?? 0;
    if (held !== 0) return (held & NAME_MASK) - 1;
    if (shard.used * 2 >= shard.slots.length) {
      this.#grow(shard);
      slot = freeSlot(shard.slots, hash);
    }
    const name = this.#count;
    if (name + 1 >= NAME_MASK) throw new RangeError("too many names");
    this.#places.set(name, this.#arena.addBytes(scratch, length));
    this.#hashes.set(name, hash);
    this.#count += 1;
    shard.used += 1;
    shard.slots[slot] = heldAs(name, hash);
    return name;
  }

  /** The number of a text, -1 when it was never added. */
  find(text: string): number {
    if (text.length * UTF8_BYTES_PER_UNIT > MAX_TEXT_BYTES) return -1;
    const length = writeScratch(text);
    const hash = hashOf(length);
    const { slots } = this.#shardOf(hash);
    return ((slots[this.#slotOf({ slots }, hash, length)] ?? 0) & NAME_MASK) - 1;
  }

  text(name: number): string {
    const { chunk, start, length } = this.#arena.bytesAt(this.#places.get(name));
    return chunk[start] === UUID_MARK
      ? uuidText(chunk.toString("hex", start + 1, start + length))
      : chunk.toString("utf8", start, start + length);
  }

  /** Where the text of a number lies in the arena; only for words, which are no UUIDs. */
  placeOf(name: number): number {
    return this.#places.get(name);
  }

  #shardOf(hash: number): Shard {
    const shard = this.#shards[hash & (SHARDS - 1)];
    if (shard === undefined) throw new RangeError("no such shard");
    return shard;
  }

  /** Where the scratch's text has its slot, or would have it: a free one then. */
  #slotOf({ slots }: Pick<Shard, "slots">, hash: number, length: number): number {
    const mask = slots.length - 1;
    const tag = hash >> TAG_SHIFT;
    for (let slot = firstSlot(hash, mask); ; slot = (slot + 1) & mask) {
      const held = slots[slot] ?? 0;
      if (held === 0) return slot;
      if (held >> TAG_SHIFT !== tag) continue;
      if (this.#arena.equals(this.#places.get((held & NAME_MASK) - 1), scratch, length)) return slot;
    }
  }

  #grow(shard: Shard): void {
    const slots = new Int32Array(shard.slots.length * 2);
    for (const held of shard.slots)
      if (held !== 0) slots[freeSlot(slots, this.#hashes.get((held & NAME_MASK) - 1))] = held;
    shard.slots = slots;
  }
}

function checkLength(characters: number): void {
  if (characters * UTF8_BYTES_PER_UNIT > MAX_TEXT_BYTES) throw new RangeError("too long for a name");
}

function heldAs(name: number, hash: number): number {
  return ((hash >> TAG_SHIFT) << TAG_SHIFT) | (name + 1);
}

function freeSlot(slots: Int32Array, hash: number): number {
  const mask = slots.length - 1;
  let slot = firstSlot(hash, mask);
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  return slot;
}

/** The bits below choose the shard, those above the slot, and the last the tag. */
function firstSlot(hash: number, mask: number): number {
  return (hash >>> SHARD_BITS) & mask;
}

/** Puts a text into the scratch as the arena keeps it and says how many bytes it is: UUIDs as their 16 bytes, the rest as UTF-8. */
function writeScratch(text: string): number {
  if (text.length === UUID_CHARS && writeUuid(text)) return 1 + UUID_BYTES;
  return writeAscii(text) ? text.length : scratch.write(text);
}

/** False when some of it is no ASCII. By hand: for a word or a code it takes a third of the time. */
function writeAscii(text: string): boolean {
  if (text.length > MAX_BY_HAND) return false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > LAST_ASCII) return false;
    scratch[at] = code;
  }
  return true;
}

/** False when the text is no UUID in lower case; the scratch holds nothing of use then. By hand, for a first sync does it a million times. */
function writeUuid(text: string): boolean {
  scratch[0] = UUID_MARK;
  let at = 0;
  for (let byte = 1; byte <= UUID_BYTES; byte += 1) {
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (text.charCodeAt(at) !== DASH) return false;
      at += 1;
    }
    const high = NIBBLES[text.charCodeAt(at)] ?? NO_NIBBLE;
    const low = NIBBLES[text.charCodeAt(at + 1)] ?? NO_NIBBLE;
    if (high === NO_NIBBLE || low === NO_NIBBLE) return false;
    scratch[byte] = high * 16 + low;
    at += 2;
  }
  return true;
}

function uuidText(hex: string): string {
  const ends = [8, 12, 16, 20, 32];
  return ends.map((end, part) => hex.slice(ends[part - 1] ?? 0, end)).join("-");
}

const FIRST_HASH = 0x811c9dc5 | 0;

/** FNV-1a with a final stir, over the scratch's first bytes; 32 bits, signed. */
function hashOf(length: number): number {
  let hash = FIRST_HASH;
  for (let index = 0; index < length; index += 1) hash = hashedOn(hash, scratch[index] ?? 0);
  return stirred(hash);
}

function hashedOn(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

function stirred(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return half ^ (half >>> 13);
}
