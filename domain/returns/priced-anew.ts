import { divideRounding } from "../money/divide.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import { roundTogether } from "../money/round-together.ts";
import { offGroups, offSets, type PricedPieces, sharedByPrice, worthOf } from "../promotions/money-off.ts";
import { computeTax } from "../tax/compute.ts";
import type { DependentDiscount, Purchase, PurchasedLine } from "./purchase.ts";
import { withTax } from "./with-tax.ts";

/** Pieces of each line that the customer keeps, by its place. */
export type Kept = ReadonlyMap<number, number>;

/** Kept pieces of a line, and the promotion that they had. */
interface Member extends PricedPieces {
  readonly line: PurchasedLine;
  readonly discount: DependentDiscount;
}

/**
 * What the kept pieces of lines cost when their promotions are granted again on what is kept, tax in it, by the lines' places. What else was off (a discount on
 * the whole basket) is off in proportion. Lines of which nothing is kept are not in it, nor those whose promotions are as they were: nothing of one came back, or
 * it still has the value that it asks for.
 */
export function pricedAnew(purchase: Purchase, kept: Kept): ReadonlyMap<number, Money> {
  const reduced = purchase.lines.filter(({ discounts }) => discounts.length > 0);
  const promotions = new Set(reduced.flatMap(({ discounts }) => discounts.map(({ promotion }) => promotion)));
  const off = new Map<PurchasedLine, number>();
  const isAnew = new Set<PurchasedLine>();
  for (const promotion of promotions) {
    const members = reduced.flatMap((line) => memberOf(line, promotion, kept));
    const granted = grantedAgain(members, purchase.currency);
    members.forEach(({ line, discount, pieces }, index) => {
      const asBefore = divideRounding(BigInt(discount.amount.minor) * BigInt(pieces), BigInt(line.quantity));
      const now = granted === null ? Number(asBefore) : (granted[index]?.minor ?? 0);
      off.set(line, (off.get(line) ?? 0) + now);
      if (granted !== null && pieces > 0) isAnew.add(line);
    });
  }
  const { paid, asked } = laterDiscount(reduced);
  const lines = [...isAnew];
  const costs = roundTogether(
    lines.map((line) => ({
      numerator: BigInt(worthKept(line, kept) - (off.get(line) ?? 0)) * paid,
      denominator: asked,
    })),
  );
  return new Map(
    lines.map((line, index) => [
      line.position,
      taxed(line, money(Number(costs[index] ?? 0n), purchase.currency), purchase),
    ]),
  );
}

function memberOf(line: PurchasedLine, promotion: DependentDiscount["promotion"], kept: Kept): Member[] {
  const discount = line.discounts.find((each) => each.promotion === promotion);
  if (discount === undefined) return [];
  return [{ line, discount, unitPrice: line.unitPrice, pieces: kept.get(line.position) ?? 0 }];
}

/** What a promotion takes off the kept pieces of each of its lines; null where each piece keeps what it had. */
function grantedAgain(members: readonly Member[], currency: Currency): readonly Money[] | null {
  const [first] = members;
  if (first === undefined || members.every(({ line, pieces }) => pieces === line.quantity)) return null;
  const { needs } = first.discount;
  const shared = (off: Money | null) => sharedByPrice(off ?? money(0, currency), members);
  switch (needs.kind) {
    case "value":
      if (needs.least.currency !== currency) return null;
      return worthOf(members, currency).minor >= needs.least.minor ? null : shared(null);
    case "groups":
      return shared(offGroups(members, { ...needs, currency }));
    case "bundle": {
      if (needs.price.currency !== currency) return null;
      const parts = partsOfSets(members);
      return shared(parts.length < needs.components ? null : offSets(parts, needs.price));
    }
  }
}

/** Each line stays the part of the set that it was at the sale, also where goods are of several; a part that has none left is not among them. */
function partsOfSets(members: readonly Member[]) {
  const parts = new Map<number, { each: number; of: Member[] }>();
  for (const member of members) {
    const { needs } = member.discount;
    if (needs.kind !== "bundle") continue;
    const part = parts.get(needs.component);
    if (part === undefined) parts.set(needs.component, { each: needs.each, of: [member] });
    else part.of.push(member);
  }
  return [...parts.values()];
}

function worthKept({ unitPrice, position }: PurchasedLine, kept: Kept): number {
  return unitPrice.minor * (kept.get(position) ?? 0);
}

/**
 * What was paid of what promotions had left: less where the whole basket was discounted after them. It was by the same share on all lines, which their sum shows
 * better than a line with its odd cents. Where promotions left nothing, it does not show and counts as none.
 */
function laterDiscount(reduced: readonly PurchasedLine[]): { readonly paid: bigint; readonly asked: bigint } {
  const paid = reduced.reduce((sum, { total }) => sum + BigInt(total.minor), 0n);
  const asked = reduced.reduce(
    (sum, { unitPrice, quantity, discounts }) =>
      discounts.reduce(
        (left, { amount }) => left - BigInt(amount.minor),
        sum + BigInt(unitPrice.minor) * BigInt(quantity),
      ),
    0n,
  );
  return asked > 0n ? { paid, asked } : { paid: 1n, asked: 1n };
}

function taxed({ taxes }: PurchasedLine, total: Money, { taxMode }: Purchase): Money {
  const rates = taxes.map(({ rate }) => rate);
  const { lines } = computeTax({ taxables: [{ amount: total, rates }], mode: taxMode, rounding: "line" });
  return withTax({ total, taxes: lines[0] ?? [] }, taxMode);
}
