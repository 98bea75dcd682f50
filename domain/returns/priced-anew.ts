import type { PromotionId } from "../ids.ts";
import { divideRounding } from "../money/divide.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import { roundTogether } from "../money/round-together.ts";
import { offGift } from "../promotions/gift.ts";
import { offGroups } from "../promotions/groups.ts";
import { type Off, offTogether } from "../promotions/off.ts";
import { type Pieces, worthOf } from "../promotions/pieces.ts";
import { offSets } from "../promotions/sets.ts";
import { offSteps } from "../promotions/steps.ts";
import { computeTax } from "../tax/compute.ts";
import type { GiftRole, PromotionNeeds } from "../ticket/ticket.ts";
import type { DependentDiscount, Purchase, PurchasedLine } from "./purchase.ts";
import { withTax } from "./with-tax.ts";

/** Pieces of each line that the customer keeps, by its place. */
export type Kept = ReadonlyMap<number, number>;

/** A line of which promotions are granted again: the pieces that are kept, and what those granted so far leave of their price. */
interface Open {
  readonly line: PurchasedLine;
  readonly pieces: number;
  cost: number;
  /** The same for all its pieces as they were bought, by what was granted then. */
  costThen: number;
  isAnew: boolean;
}

/** Kept pieces of a line, and the promotion that they had. */
interface Member extends Pieces {
  readonly open: Open;
  readonly discount: DependentDiscount;
}

/**
 * What the kept pieces of lines cost when their promotions are granted again on what is kept, one after the other as at the sale, tax in it, by the lines' places.
 * What else was off (a discount on the whole basket) is off in proportion. Lines of which nothing is kept are not in it, nor those whose promotions are as they
 * were: nothing of one came back, or it still has what it asks for.
 */
export function pricedAnew(purchase: Purchase, kept: Kept): ReadonlyMap<number, Money> {
  const { lines, currency } = purchase;
  const reduced = lines.filter(({ discounts }) => discounts.length > 0);
  const open = reduced.map((line): Open => {
    const pieces = kept.get(line.position) ?? 0;
    const { minor } = line.unitPrice;
    return { line, pieces, cost: minor * pieces, costThen: minor * line.quantity, isAnew: false };
  });
  for (const promotion of inOrderGranted(reduced)) grantAgain(membersOf(open, promotion), currency);
  const anew = open.filter(({ isAnew, pieces }) => isAnew && pieces > 0);
  const laterOn = laterDiscounts(reduced);
  const costs = roundTogether(
    anew.map(({ line, cost }) => {
      const { paid, asked } = laterOn(line);
      return { numerator: BigInt(cost) * paid, denominator: asked };
    }),
  );
  return new Map(
    anew.map(({ line }, index) => [
      line.position,
      taxed(line, money(Number(costs[index] ?? 0n), currency), purchase),
    ]),
  );
}

/** Each line has its promotions in the order in which they were granted: one before the other on one line was so on all. */
function inOrderGranted(lines: readonly PurchasedLine[]): readonly PromotionId[] {
  const left = lines.map(({ discounts }) => discounts.map(({ promotion }) => promotion));
  const order: PromotionId[] = [];
  for (;;) {
    const heads = [...new Set(left.flatMap(([head]) => (head === undefined ? [] : [head])))];
    // Of a purchase that says otherwise, any does.
    const next = heads.find((head) => left.every((each) => each.indexOf(head) <= 0)) ?? heads[0];
    if (next === undefined) return order;
    order.push(next);
    for (const each of left) {
      for (let at = each.indexOf(next); at >= 0; at = each.indexOf(next)) each.splice(at, 1);
    }
  }
}

function membersOf(lines: readonly Open[], promotion: PromotionId): readonly Member[] {
  return lines.flatMap((open) => {
    const { line, pieces, cost } = open;
    const discount = line.discounts.find((each) => each.promotion === promotion);
    return discount === undefined
      ? []
      : [{ open, discount, pieces, worth: line.unitPrice.minor * pieces, cost }];
  });
}

/** Takes off the kept pieces what the promotion takes off them now, or what it took off them before where it has what it asks for. */
function grantAgain(members: readonly Member[], currency: Currency): void {
  const granted = grantedAgain(members, currency);
  members.forEach((member, index) => {
    const { open, discount } = member;
    open.cost -= granted === null ? asBefore(member) : (granted[index] ?? 0);
    open.costThen -= discount.amount.minor;
    if (granted !== null && open.pieces > 0) open.isAnew = true;
  });
}

/** The pieces' share of what was off; where they cost more now, since what was off before it is not any more, a share of that is off. */
function asBefore({ open, discount, pieces }: Member): number {
  const { minor } = discount.amount;
  const isShare = !(discount.needs.kind === "pieces" && discount.needs.off === "amount");
  if (open.isAnew && isShare && open.costThen > 0)
    return Number(divideRounding(BigInt(minor) * BigInt(open.cost), BigInt(open.costThen)));
  const share = Number(divideRounding(BigInt(minor) * BigInt(pieces), BigInt(open.line.quantity)));
  return Math.min(share, Math.max(0, open.cost));
}

/** What a promotion takes off the kept pieces of each of its lines; null where each piece keeps what it had. */
function grantedAgain(members: readonly Member[], currency: Currency): readonly number[] | null {
  const [first] = members;
  if (first === undefined || members.every(({ open }) => open.pieces === open.line.quantity)) return null;
  const { needs } = first.discount;
  if (!isIn(currency, needs)) return null;
  const kept = members.filter(({ pieces }) => pieces > 0);
  const sharedOver = (off: Off | null): readonly number[] => {
    const shares = off?.shares() ?? [];
    const byMember = new Map(kept.map((member, index) => [member, shares[index] ?? 0]));
    return members.map((member) => byMember.get(member) ?? 0);
  };
  switch (needs.kind) {
    case "pieces":
      return null;
    case "value":
      return worthOf(kept) >= needs.least.minor ? null : sharedOver(null);
    case "steps":
      return sharedOver(offSteps(kept, needs.steps));
    case "groups":
      return sharedOver(offGroups(kept, needs));
    case "bundle": {
      const parts = partsOfSets(kept);
      const isWhole = parts.length >= needs.components;
      const off = isWhole ? offSets(parts, { ...needs, price: needs.price.minor }) : null;
      return sharedOver(off === null ? null : offTogether(off, kept));
    }
    case "gift":
      return sharedOver(offGift(kept, roleOf, needs));
  }
}

function isIn(currency: Currency, needs: PromotionNeeds): boolean {
  switch (needs.kind) {
    case "value":
      return needs.least.currency === currency;
    case "bundle":
      return needs.price.currency === currency;
    default:
      return true;
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

function roleOf({ discount: { needs } }: Member): GiftRole {
  return needs.kind === "gift" ? needs.role : "goods";
}

interface Share {
  readonly paid: bigint;
  readonly asked: bigint;
}

/**
 * What was paid of what promotions had left: less where the whole basket was discounted after them. It was by the same share on all lines, which their sum shows
 * better than a line with its odd cents. But of a line that bears no tax those of its class alone show it: who is exempt pays each class without its own tax.
 * Where promotions left nothing of them it is as on all, and where they left nothing at all it does not show and counts as none.
 */
function laterDiscounts(reduced: readonly PurchasedLine[]): (of: PurchasedLine) => Share {
  const onAll = shareOf(reduced);
  const untaxed = reduced.filter(isUntaxed);
  const ofClass = new Map(
    [...new Set(untaxed.map(({ taxClass }) => taxClass))].map((each) => [
      each,
      shareOf(untaxed.filter(({ taxClass }) => taxClass === each)),
    ]),
  );
  return (of) => {
    const own = isUntaxed(of) ? ofClass.get(of.taxClass) : undefined;
    return [own, onAll].find((share) => share !== undefined && share.asked > 0n) ?? { paid: 1n, asked: 1n };
  };
}

function isUntaxed({ taxes }: PurchasedLine): boolean {
  return taxes.length === 0;
}

function shareOf(lines: readonly PurchasedLine[]): Share {
  return {
    paid: lines.reduce((sum, { total }) => sum + BigInt(total.minor), 0n),
    asked: lines.reduce(
      (sum, { unitPrice, quantity, discounts }) =>
        discounts.reduce(
          (left, { amount }) => left - BigInt(amount.minor),
          sum + BigInt(unitPrice.minor) * BigInt(quantity),
        ),
      0n,
    ),
  };
}

function taxed({ taxes }: PurchasedLine, total: Money, { taxMode }: Purchase): Money {
  const rates = taxes.map(({ rate }) => rate);
  const { lines } = computeTax({ taxables: [{ amount: total, rates }], mode: taxMode, rounding: "line" });
  return withTax({ total, taxes: lines[0] ?? [] }, taxMode);
}
