type Numbers = Uint8Array | Int32Array | Uint32Array | Float64Array;

const FIRST_LENGTH = 1_024;

/** One number per row in a typed array that grows by doubling: outside the garbage collector's sight, four or eight bytes each. */
export class Column {
  readonly #make: (length: number) => Numbers;
  readonly #empty: number;
  #values: Numbers;

  /** `empty` is what a row holds that was never set. */
  constructor(make: (length: number) => Numbers, empty = 0) {
    this.#make = make;
    this.#empty = empty;
    this.#values = this.#blank(FIRST_LENGTH);
  }

  get(row: number): number {
    return this.#values[row] ?? this.#empty;
  }

  set(row: number, value: number): void {
    if (row >= this.#values.length) this.#growTo(row + 1);
    this.#values[row] = value;
  }

  #growTo(length: number): void {
    let room = this.#values.length;
    while (room < length) room *= 2;
    const grown = this.#blank(room);
    grown.set(this.#values);
    this.#values = grown;
  }

  #blank(length: number): Numbers {
    const values = this.#make(length);
    return this.#empty === 0 ? values : values.fill(this.#empty);
  }
}

export function bytes(): Column {
  return new Column((length) => new Uint8Array(length));
}

/** Whole numbers from -2^31; `empty` where never set. */
export function integers(empty = 0): Column {
  return new Column((length) => new Int32Array(length), empty);
}

/** Whole numbers up to 2^32. */
export function naturals(): Column {
  return new Column((length) => new Uint32Array(length));
}

/** Any number exactly as JavaScript holds it: money's minor units, moments. */
export function numbers(empty = 0): Column {
  return new Column((length) => new Float64Array(length), empty);
}
