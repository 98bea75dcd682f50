export type Numbers = Uint8Array | Int32Array | Uint32Array | Float64Array;

const PAGE_BITS = 14;
/** Rows per page. */
export const PAGE_ROWS = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_ROWS - 1;
/** Rows that the first page begins with: whole pages for each column are megabytes that a small shop's till would clear at each start, and V8 keeps so few in its own heap. */
const FIRST_ROWS = 8;

/**
 * One number per row in typed arrays, a page at a time: outside the garbage collector's sight, a few bytes each, and growing
 * copies nothing but the first page until it is whole, so that no insert ever takes long.
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

  /** The rows in order, `PAGE_ROWS` to a page (the first holds fewer while there are fewer), for a walk over all of them; null for a page where nothing was set. */
  get pages(): readonly (Numbers | null)[] {
    return this.#pages;
  }

  get(row: number): number {
    const page = this.#pages[row >>> PAGE_BITS];
    return page?.[row & PAGE_MASK] ?? this.#empty;
  }

  set(row: number, value: number): void {
    const index = row >>> PAGE_BITS;
    const place = row & PAGE_MASK;
    let page = this.#pages[index] ?? null;
    if (page === null || page.length <= place) {
      // Most columns of a catalogue are empty: those cost nothing.
      if (Object.is(value, this.#empty)) return;
      while (this.#pages.length <= index) this.#pages.push(null);
      page = this.#grown(page, index === 0 ? place : PAGE_MASK);
      this.#pages[index] = page;
    }
    page[place] = value;
  }

  /** A page that reaches as far as `place`, with what is in the one before. */
  #grown(before: Numbers | null, place: number): Numbers {
    let rows = FIRST_ROWS;
    while (rows <= place) rows *= 2;
    const page = this.#make(rows);
    if (this.#empty !== 0) page.fill(this.#empty);
    if (before !== null) page.set(before);
    return page;
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
