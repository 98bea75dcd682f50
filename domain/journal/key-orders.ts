/** A key and how it stands in the text, with the comma before it. */
interface Placed {
  readonly key: string;
  readonly written: string;
}

/** Keys as they came so far, one after the other. */
interface Came {
  readonly next: Map<string, Came>;
  order: readonly Placed[] | null;
}

/** Of an object with more keys, or a longer one, nothing is kept: no kind of message has any. */
const MOST_KEYS = 64;
const LONGEST_KEY = 64;
/** More than all kinds of objects in all messages come to. */
const MOST_KEPT = 20_000;

/**
 * The order of an object's keys by UTF-16 code units, worked out once for all objects that have the same ones in the same order: entries of a journal are of few kinds. What
 * comes from outside cannot fill the memory: keys that are kept are short, and what hangs on them is counted; where it is too much all is forgotten, and learnt anew.
 */
export class KeyOrders {
  readonly #written: (key: string) => string;
  readonly #none: Came = { next: new Map(), order: null };
  #kept = 0;

  /** `written`: a key as it stands in the text. */
  constructor(written: (key: string) => string) {
    this.#written = written;
  }

  /** Steps from key to key and keys of orders that are kept. */
  get kept(): number {
    return this.#kept;
  }

  orderOf(keys: readonly string[]): readonly Placed[] {
    const came = this.#cameBy(keys);
    const known = came?.order ?? null;
    if (known !== null) return known;
    const order = this.#sorted(keys);
    if (came !== null && this.#takes(order.length)) came.order = order;
    return order;
  }

  /** Null where it is not known and not kept now. */
  #cameBy(keys: readonly string[]): Came | null {
    let came = this.#none;
    for (const key of keys) {
      let next = came.next.get(key);
      if (next === undefined) {
        if (!isShort(keys) || !this.#takes(1)) return null;
        next = { next: new Map(), order: null };
        came.next.set(key, next);
      }
      came = next;
    }
    return came;
  }

  #takes(more: number): boolean {
    if (this.#kept + more > MOST_KEPT) {
      this.#none.next.clear();
      this.#kept = 0;
      return false;
    }
    this.#kept += more;
    return true;
  }

  #sorted(keys: readonly string[]): readonly Placed[] {
    return keys
      .toSorted()
      .map((key, at) => ({ key, written: `${at === 0 ? "" : ","}${this.#written(key)}:` }));
  }
}

function isShort(keys: readonly string[]): boolean {
  return keys.length <= MOST_KEYS && keys.every(({ length }) => length <= LONGEST_KEY);
}
