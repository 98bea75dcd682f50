import type { PromotionId, TaxClassId } from "../../ids.ts";
import type { TaxRate } from "../../tax/tax.ts";
import type { PromotionNeeds } from "../../ticket/ticket.ts";
import type { DependentDiscount, Purchase, PurchasedLine } from "../purchase.ts";
import { needsKey } from "./needs.ts";

/** A class and the rates of its lines, by their places among `rates`. */
export interface TaxGroup {
  readonly taxClass: TaxClassId;
  readonly rates: readonly number[];
}

export interface Promotion {
  readonly id: PromotionId;
  readonly name: string;
}

/** Why money was off: the promotion by its place among `promotions`, and what it needs. */
export interface Reason {
  readonly promotion: number;
  readonly needs: PromotionNeeds;
}

/** What several lines of a purchase say alike, each once, in the order in which it first comes. */
export interface Tables {
  readonly rates: readonly TaxRate[];
  readonly groups: readonly TaxGroup[];
  readonly promotions: readonly Promotion[];
  readonly reasons: readonly Reason[];
  groupOf(line: PurchasedLine): number;
  reasonOf(discount: DependentDiscount): number;
}

export function tablesOf({ lines }: Pick<Purchase, "lines">): Tables {
  const rates = new Table<TaxRate>(({ id, name, ppm }) => [id, name, ppm]);
  const groups = new Table<TaxGroup>(({ taxClass, rates: of }) => [taxClass, ...of]);
  const promotions = new Table<Promotion>(({ id, name }) => [id, name]);
  const reasons = new Table<Reason>(({ promotion, needs }) => [promotion, ...needsKey(needs)]);
  const groupOf = ({ taxClass, taxes }: PurchasedLine): number =>
    groups.place({ taxClass, rates: taxes.map(({ rate }) => rates.place(rate)) });
  const reasonOf = ({ promotion: id, name, needs }: DependentDiscount): number =>
    reasons.place({ promotion: promotions.place({ id, name }), needs });
  for (const line of lines) {
    groupOf(line);
    line.discounts.forEach(reasonOf);
  }
  return {
    rates: rates.rows,
    groups: groups.rows,
    promotions: promotions.rows,
    reasons: reasons.rows,
    groupOf,
    reasonOf,
  };
}

/** Rows that differ, and where each stands. */
class Table<Row> {
  readonly rows: Row[] = [];
  readonly #places = new Map<string, number>();
  readonly #keyOf: (row: Row) => readonly (string | number)[];

  constructor(keyOf: (row: Row) => readonly (string | number)[]) {
    this.#keyOf = keyOf;
  }

  /** Where the row stands, at the end when it is new. */
  place(row: Row): number {
    const key = JSON.stringify(this.#keyOf(row));
    const known = this.#places.get(key) ?? this.rows.push(row) - 1;
    this.#places.set(key, known);
    return known;
  }
}
