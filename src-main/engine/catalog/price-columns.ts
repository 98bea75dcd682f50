import { idOf, instant, type VariantId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Price, QuantityPrice } from "#domain/product/product.ts";
import type { PriceDocument } from "#protocol/documents/price.ts";
import { type Column, integers, naturals, numbers } from "./column.ts";
import { Names } from "./names.ts";
import type { TextArena } from "./text-arena.ts";

const NONE = -1;
/** No text of the arena begins here but the empty one. */
const NO_TIERS = 0;

/** What tells prices apart. */
interface PriceKey {
  readonly variant: number;
  readonly list: number;
  /** Not a number: from ever on. */
  readonly from: number;
}

/** Every price the replica holds, chained by variant, in columns. */
export class PriceColumns {
  /** Numbers of the variants by their ids. */
  readonly #variants: Names;
  readonly #labels: Names;
  readonly #list = integers();
  readonly #currency = integers();
  readonly #amount = numbers();
  readonly #compareAt = numbers(Number.NaN);
  readonly #validFrom = numbers(Number.NaN);
  readonly #validTo = numbers(Number.NaN);
  readonly #lowest30 = numbers(Number.NaN);
  /** Where the arena has the tiers as `from:minor,…`, in the price's own currency. */
  readonly #tiers = naturals();
  /** Row -> the variant's next, or the next that is free. */
  readonly #next = integers(NONE);
  /** Variant -> its first price. */
  readonly #head = integers(NONE);
  #rows = 0;
  /** The first row of a price that is gone. */
  #free = NONE;

  readonly #arena: TextArena;

  constructor(arena: TextArena, variants: Names) {
    this.#arena = arena;
    this.#variants = variants;
    this.#labels = new Names(arena);
  }

  put(document: PriceDocument): void {
    const variant = this.#variants.add(document.variant);
    const list = this.#labels.add(document.list);
    const from = document.validFrom ?? Number.NaN;
    const known = this.#find({ variant, list, from });
    const row = known === NONE ? this.#newRow({ variant, list, from }) : known;
    this.#currency.set(row, this.#labels.add(document.amount.currency));
    this.#amount.set(row, document.amount.minor);
    this.#compareAt.set(row, document.compareAt?.minor ?? Number.NaN);
    this.#validTo.set(row, document.validTo ?? Number.NaN);
    this.#lowest30.set(row, document.lowest30?.minor ?? Number.NaN);
    this.#keepTiers(row, document);
  }

  /** By the document's id: `{list}:{variant}`, or `{list}:{variant}:{validFrom}`. */
  remove(id: string): void {
    for (let colon = id.indexOf(":"); colon !== -1; colon = id.indexOf(":", colon + 1)) {
      const list = this.#labels.find(id.slice(0, colon));
      if (list !== NONE) this.#removeFrom(list, id.slice(colon + 1));
    }
  }

  #removeFrom(list: number, rest: string): void {
    const dated = /^(.+):(\d+)$/.exec(rest);
    const candidates = [
      { variant: this.#variants.find(rest), from: Number.NaN },
      { variant: this.#variants.find(dated?.[1] ?? ""), from: Number(dated?.[2]) },
    ];
    for (const { variant, from } of candidates) {
      const row = variant === NONE ? NONE : this.#find({ variant, list, from });
      if (row !== NONE) this.#unchain(row, variant);
    }
  }

  /** The row of one price among the few that its variant has. */
  #find({ variant, list, from }: PriceKey): number {
    for (let row = this.#head.get(variant); row !== NONE; row = this.#next.get(row))
      if (this.#list.get(row) === list && Object.is(this.#validFrom.get(row), from)) return row;
    return NONE;
  }

  #newRow({ variant, list, from }: PriceKey): number {
    const row = this.#free === NONE ? this.#rows : this.#free;
    if (row === this.#rows) this.#rows += 1;
    else this.#free = this.#next.get(row);
    this.#list.set(row, list);
    this.#validFrom.set(row, from);
    this.#next.set(row, this.#head.get(variant));
    this.#head.set(variant, row);
    return row;
  }

  /** All prices of a variant, given by number and id, on any list, valid or not. */
  of({ variant, id }: { readonly variant: number; readonly id: VariantId }): readonly Price[] {
    const found: Price[] = [];
    for (let row = this.#head.get(variant); row !== NONE; row = this.#next.get(row)) {
      found.push(this.#at(row, id));
    }
    return found;
  }

  /** The first moment after `at` when some price begins or ends, whoever's it is; null where none will. */
  nextChange(at: number): number | null {
    const next = Math.min(soonest(this.#validFrom, at), soonest(this.#validTo, at));
    return next === Number.POSITIVE_INFINITY ? null : next;
  }

  #keepTiers(row: number, { tiers, amount: { currency } }: PriceDocument): void {
    if (tiers === undefined) {
      this.#tiers.set(row, NO_TIERS);
      return;
    }
    const text = tiers
      .filter(({ amount }) => amount.currency === currency)
      .map(({ from, amount }) => `${from}:${amount.minor}`)
      .join();
    const before = this.#tiers.get(row);
    if (text === "") this.#tiers.set(row, NO_TIERS);
    else if (before === NO_TIERS || this.#arena.text(before) !== text)
      this.#tiers.set(row, this.#arena.add(text));
  }

  #tiersAt(row: number, currency: Price["amount"]["currency"]): readonly QuantityPrice[] {
    const place = this.#tiers.get(row);
    if (place === NO_TIERS) return [];
    return this.#arena
      .text(place)
      .split(",")
      .map((tier) => {
        const [from, minor] = tier.split(":");
        return { from: Number(from), amount: money(Number(minor), currency) };
      });
  }

  #at(row: number, variant: VariantId): Price {
    const currency = idOf<"Currency">(this.#labels.text(this.#currency.get(row)));
    const compareAt = known(this.#compareAt.get(row));
    const from = known(this.#validFrom.get(row));
    const to = known(this.#validTo.get(row));
    const lowest30 = known(this.#lowest30.get(row));
    const tiers = this.#tiersAt(row, currency);
    return {
      list: idOf<"PriceList">(this.#labels.text(this.#list.get(row))),
      variant,
      amount: money(this.#amount.get(row), currency),
      compareAt: compareAt === null ? null : money(compareAt, currency),
      validFrom: from === null ? null : instant(from),
      validTo: to === null ? null : instant(to),
      ...(tiers.length === 0 ? {} : { tiers }),
      ...(lowest30 === null ? {} : { lowest30: money(lowest30, currency) }),
    };
  }

  #unchain(row: number, variant: number): void {
    const first = this.#head.get(variant);
    if (first === row) this.#head.set(variant, this.#next.get(row));
    for (let each = first; each !== NONE && each !== row; each = this.#next.get(each)) {
      if (this.#next.get(each) === row) this.#next.set(each, this.#next.get(row));
    }
    // Nobody waits for the moments of a price that is gone.
    this.#validFrom.set(row, Number.NaN);
    this.#validTo.set(row, Number.NaN);
    this.#next.set(row, this.#free);
    this.#free = row;
  }
}

/** The smallest value after `at`; infinity where there is none. */
function soonest(column: Column, at: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (const page of column.pages) {
    if (page === null) continue;
    for (const value of page) if (value > at && value < next) next = value;
  }
  return next;
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
