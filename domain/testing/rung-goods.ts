import fc from "fast-check";
import { idOf, type LineId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { QuantityPrice } from "../product/product.ts";
import type { RungItem } from "../ticket/basket-acts.ts";
import { eur, lineOf, type Rung } from "./shop.ts";

export function rungItem(rung: Rung, id = `line-${rung.name}`): RungItem {
  const { quantity: _, discount: __, ...item } = lineOf(rung);
  return { ...item, id: idOf<"Line">(id) };
}

export function withTiers(item: RungItem, ...tiers: readonly QuantityPrice[]): RungItem {
  return { ...item, tiers: { single: item.unitPrice, tiers } };
}

/** A deposit as it is charged with the line of an id. */
export function depositOn(to: LineId, price: Money, id = `deposit-${to}`): RungItem {
  return { ...rungItem({ name: "deposit", price }, id), linked: { to, kind: "deposit" } };
}

/** One of three articles: plain, cheaper in numbers, or with a deposit. */
export type RungKind = "plain" | "tiered" | "bottle";

export function goodsOf(kind: RungKind, id: string) {
  const item = rungItem({ name: kind, price: eur(300) }, id);
  if (kind === "tiered") {
    const tiers = [
      { from: 3, amount: eur(250) },
      { from: 10, amount: eur(200) },
    ];
    return { item: withTiers(item, ...tiers), linked: [] };
  }
  return { item, linked: kind === "bottle" ? [depositOn(item.id, eur(25))] : [] };
}

/** What a colleague does to a basket, by the place of the line meant. */
export const arbitraryAct = fc.oneof(
  fc.record({
    act: fc.constant("ring" as const),
    kind: fc.constantFrom<RungKind>("plain", "tiered", "bottle"),
    quantity: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({
    act: fc.constant("change" as const),
    place: fc.nat(8),
    quantity: fc.integer({ min: 1, max: 12 }),
  }),
  fc.record({ act: fc.constant("reduce" as const), place: fc.nat(8) }),
  fc.record({ act: fc.constant("remove" as const), place: fc.nat(8) }),
  fc.record({ act: fc.constant("undo" as const) }),
);
