import { idOf, instant, type VariantId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Price } from "#domain/product/product.ts";
import type { PriceDocument } from "#protocol/documents/price.ts";
import { integers, numbers } from "./column.ts";
import { Names } from "./names.ts";
import type { TextArena } from "./text-arena.ts";

const NONE = -1;

/** Every price the replica holds, chained by variant, in columns. */
export class PriceColumns {
  /** What tells prices apart: list, variant and beginning, as numbers; a third of the document ids' length. */
  readonly #keys: Names;
  /** Numbers of the variants by their ids. */
  readonly #variants: Names;
  readonly #labels: Names;
  readonly #list = integers();
  readonly #currency = integers();
  readonly #amount = numbers();
  readonly #compareAt = numbers(Number.NaN);
  readonly #validFrom = numbers(Number.NaN);
  readonly #validTo = numbers(Number.NaN);
  readonly #variant = integers(NONE);
  readonly #next = integers(NONE);
  /** Variant -> its first price. */
  readonly #head = integers(NONE);

  constructor(arena: TextArena, variants: Names) {
    this.#keys = new Names(arena);
    this.#variants = variants;
    this.#labels = new Names(arena);
  }

  put(document: PriceDocument): void {
    const variant = this.#variants.add(document.variant);
    const list = this.#labels.add(document.list);
    const row = this.#keys.add(keyOf({ list, variant, from: document.validFrom }));
    this.#list.set(row, list);
    this.#currency.set(row, this.#labels.add(document.amount.currency));
    this.#amount.set(row, document.amount.minor);
    this.#compareAt.set(row, document.compareAt?.minor ?? Number.NaN);
    this.#validFrom.set(row, document.validFrom ?? Number.NaN);
    this.#validTo.set(row, document.validTo ?? Number.NaN);
    if (this.#variant.get(row) === variant) return;
    this.#unchain(row);
    this.#variant.set(row, variant);
    this.#next.set(row, this.#head.get(variant));
    this.#head.set(variant, row);
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
      { variant: this.#variants.find(rest), from: null },
      { variant: this.#variants.find(dated?.[1] ?? ""), from: Number(dated?.[2]) },
    ];
    for (const { variant, from } of candidates) {
      const row = variant === NONE ? NONE : this.#keys.find(keyOf({ list, variant, from }));
      if (row !== NONE) this.#unchain(row);
    }
  }

  /** All prices of a variant, given by number and id, on any list, valid or not. */
  of({ variant, id }: { readonly variant: number; readonly id: VariantId }): readonly Price[] {
    const found: Price[] = [];
    for (let row = this.#head.get(variant); row !== NONE; row = this.#next.get(row)) {
      found.push(this.#at(row, id));
    }
    return found;
  }

  #at(row: number, variant: VariantId): Price {
    const currency = idOf<"Currency">(this.#labels.text(this.#currency.get(row)));
    const compareAt = known(this.#compareAt.get(row));
    const from = known(this.#validFrom.get(row));
    const to = known(this.#validTo.get(row));
    return {
      list: idOf<"PriceList">(this.#labels.text(this.#list.get(row))),
      variant,
      amount: money(this.#amount.get(row), currency),
      compareAt: compareAt === null ? null : money(compareAt, currency),
      validFrom: from === null ? null : instant(from),
      validTo: to === null ? null : instant(to),
    };
  }

  #unchain(row: number): void {
    const variant = this.#variant.get(row);
    if (variant === NONE) return;
    const first = this.#head.get(variant);
    if (first === row) this.#head.set(variant, this.#next.get(row));
    for (let each = first; each !== NONE && each !== row; each = this.#next.get(each)) {
      if (this.#next.get(each) === row) this.#next.set(each, this.#next.get(row));
    }
    this.#variant.set(row, NONE);
  }
}

function keyOf({
  list,
  variant,
  from,
}: {
  readonly list: number;
  readonly variant: number;
  readonly from: number | null;
}): string {
  return from === null ? `${list}:${variant}` : `${list}:${variant}:${from}`;
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
