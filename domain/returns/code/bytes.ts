/** Bytes that are no receipt code's; caught where codes are read, and told as `malformed`. */
export class MalformedCode extends Error {}

const GROUP_BITS = 7n;
const GROUP_MASK = 0x7fn;
const MORE = 0x80;
/** Twice as much is still a safe whole number: amounts of every shop are, and need no BigInt. */
const MAX_DOUBLED = Math.floor(Number.MAX_SAFE_INTEGER / 2);
/** No whole number that is safe takes more groups, its sign included. */
const MAX_GROUPS = 8;

/** Writes one value after another; throws a RangeError on a number that is not whole or is out of its range. */
export class ByteWriter {
  readonly #bytes: number[] = [];

  byte(value: number): void {
    if (!Number.isInteger(value) || value < 0 || value > 0xff) throw new RangeError(`no byte: ${value}`);
    this.#bytes.push(value);
  }

  raw(bytes: Uint8Array | readonly number[]): void {
    for (const byte of bytes) this.#bytes.push(byte);
  }

  /** Zero or more: seven bits a byte, the lowest first, the top bit set where more follow (LEB128). */
  number(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`no whole number: ${value}`);
    this.#groups(value);
  }

  /** Any whole number, as twice itself, or as twice its distance from zero less one where it is below. */
  signed(value: number): void {
    if (!Number.isSafeInteger(value)) throw new RangeError(`no whole number: ${value}`);
    if (Math.abs(value) <= MAX_DOUBLED) this.#groups(value >= 0 ? value * 2 : -value * 2 - 1);
    else this.#wideGroups(value >= 0 ? BigInt(value) * 2n : -BigInt(value) * 2n - 1n);
  }

  get bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #groups(value: number): void {
    let rest = value;
    while (rest >= MORE) {
      this.#bytes.push((rest % MORE) | MORE);
      rest = Math.floor(rest / MORE);
    }
    this.#bytes.push(rest);
  }

  #wideGroups(value: bigint): void {
    let rest = value;
    while (rest > GROUP_MASK) {
      this.#bytes.push(Number(rest & GROUP_MASK) | MORE);
      rest >>= GROUP_BITS;
    }
    this.#bytes.push(Number(rest));
  }
}

/** Reads what `ByteWriter` wrote; throws `MalformedCode` where the bytes are others'. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new MalformedCode("the bytes end early");
    this.#at += 1;
    return byte;
  }

  raw(length: number): Uint8Array {
    if (length > this.left) throw new MalformedCode("the bytes end early");
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }

  number(): number {
    return safe(this.#groups());
  }

  signed(): number {
    const wide = this.#groups();
    return safe(wide % 2n === 0n ? wide / 2n : -(wide + 1n) / 2n);
  }

  /** How many of something follow: each takes a byte at least, so that no number makes the reader work in vain. */
  count(): number {
    const count = this.number();
    if (count > this.left) throw new MalformedCode("more is announced than follows");
    return count;
  }

  end(): void {
    if (this.left > 0) throw new MalformedCode("more follows than there is");
  }

  #groups(): bigint {
    let value = 0n;
    for (let group = 0; group < MAX_GROUPS; group += 1) {
      const byte = BigInt(this.byte());
      value |= (byte & GROUP_MASK) << (BigInt(group) * GROUP_BITS);
      if (byte <= GROUP_MASK) return value;
    }
    throw new MalformedCode("a number without end");
  }
}

function safe(wide: bigint): number {
  const value = Number(wide);
  if (!Number.isSafeInteger(value)) throw new MalformedCode("a number beyond all amounts");
  return value;
}
