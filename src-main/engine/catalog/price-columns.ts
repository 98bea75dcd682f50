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
  readonly #ids: Names;
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

  constructor(arena: TextArena) {
    this.#ids = new Names(arena);
    this.#labels = new Names(arena);
  }

  /** `variant` is the number of the document's variant. */
  put(document: PriceDocument, variant: number): void {
    const row = this.#ids.add(document.id);
    this.#list.set(row, this.#labels.add(document.list));
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

  remove(id: string): void {
    const row = this.#ids.find(id);
    if (row !== NONE) this.#unchain(row);
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

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
