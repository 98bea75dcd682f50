export type Numbers = Uint8Array | Int32Array | Uint32Array | Float64Array;

const PAGE_BITS = 14;
/** Rows per page. */
export const PAGE_ROWS = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_ROWS - 1;

/**
 * One number per row in typed arrays, a page at a time: outside the garbage collector's sight, a few bytes each, and growing
 * never copies what is there, so that no insert ever takes long.
 */
export class Column {
  readonly #make: (length: number) => Numbers;
  readonly #empty: number;
  readonly #pages: (Numbers | null)[] = [];

  /** `empty` is what a row holds that was never set. */
  constructor(make: (length: number) => Numbers, empty = 0) {
    this.#make = make;
    this.#empty = empty;
  }

  /** The rows in order, `PAGE_ROWS` to a page, for a walk over all of them; null for a page where nothing was set. */
  get pages(): readonly (Numbers | null)[] {
    return this.#pages;
  }

  get(row: number): number {
    const page = this.#pages[row >>> PAGE_BITS];
    return page?.[row & PAGE_MASK] ?? this.#empty;
  }

  set(row: number, value: number): void {
    const index = row >>> PAGE_BITS;
    let page = this.#pages[index] ?? null;
    if (page === null) {
      // Most columns of a catalogue are empty: those cost nothing.
      if (Object.is(value, this.#empty)) return;
      while (this.#pages.length <= index) this.#pages.push(null);
      page = this.#blank();
      this.#pages[index] = page;
    }
    page[row & PAGE_MASK] = value;
  }

  #blank(): Numbers {
    const page = this.#make(PAGE_ROWS);
    return this.#empty === 0 ? page : page.fill(this.#empty);
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
