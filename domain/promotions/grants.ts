import type { LineId, PromotionId } from "../ids.ts";
import { type Currency, money } from "../money/money.ts";
import type { GrantedDiscount } from "../ticket/ticket.ts";
import { mayGrant } from "./bounds.ts";
import { bestForCustomer } from "./choose.ts";
import { isIn, linesOf, type OpenLine, type PromotableLine } from "./granted.ts";
import { byPriority as inPriority, isPromoted, type Promotion, type PromotionChoice } from "./promotion.ts";
import { Shelf } from "./shelf.ts";
import { byPriority, type Offer } from "./way.ts";

/** Promotions that stack on one ticket at most: a line of it has room for 50 discounts. */
const MAX_STACKING = 40;

/** What is off each line, in the order in which it is granted. */
type Grants = ReadonlyMap<LineId, readonly GrantedDiscount[]>;

/** What promotions look at: the lines that take part, those that hold, and which of several are granted. */
export interface Promoting {
  readonly lines: readonly PromotableLine[];
  readonly promotions: readonly Promotion[];
  readonly choice: PromotionChoice;
  readonly currency: Currency;
}

/**
 * What promotions grant on lines (docs/promotions.md): by priority, or so that the customer pays least. It does not matter in which order the lines were rung up,
 * nor in which the promotions are given. A promotion with an amount in another currency grants nothing.
 */
export function grantsOf({ lines, promotions, choice, currency }: Promoting): Grants {
  const open = lines.toSorted(byDearness).map(opened);
  const shelf = new Shelf(open);
  const offers = promotions
    .filter((promotion) => isIn(currency, promotion))
    .toSorted(inPriority)
    .map((promotion): Offer => ({ promotion, lines: linesOf(promotion, shelf) }))
    .filter(mayGrant)
    .filter(isWithinStacking());
  if (offers.length === 0) return new Map();
  const way = choice === "priority" ? byPriority(offers) : bestForCustomer(offers, open);
  const grants = new Map<LineId, GrantedDiscount[]>();
  for (const { promotion, shares } of way.grants) {
    for (const { of, minor, needs } of shares) {
      const granted: GrantedDiscount = {
        source: "promotion",
        reason: promotion.name,
        amount: money(minor, currency),
        promotion: promotion.id,
        needs,
      };
      const so = grants.get(of.line.id);
      if (so === undefined) grants.set(of.line.id, [granted]);
      else so.push(granted);
    }
  }
  return grants;
}

/**
 * The promotion by which no shipping is charged for these goods, the first by priority; null: none. `granted`: those that are granted on the lines. Where one of
 * them is granted alone, shipping is charged.
 */
export function freeShippingOf(
  { lines, promotions, currency }: Promoting,
  granted: ReadonlySet<PromotionId>,
): Promotion | null {
  const isAlone = promotions.some(({ id, combines }) => combines === "alone" && granted.has(id));
  if (isAlone) return null;
  const found = promotions.toSorted(inPriority).find((promotion) => {
    const { rule, combines } = promotion;
    if (rule.kind !== "freeShipping" || !isIn(currency, promotion)) return false;
    if (combines === "alone" && granted.size > 0) return false;
    const goods = lines.filter((line) => isPromoted(rule.goods, line));
    const worth = goods.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.minor * quantity, 0);
    return goods.length > 0 && worth >= rule.least.minor;
  });
  return found ?? null;
}

/** Of those that stack the first `MAX_STACKING`, asked in order of priority. */
function isWithinStacking(): (offer: Offer) => boolean {
  let stacking = 0;
  return ({ promotion: { combines } }) => {
    if (combines !== "stacks") return true;
    stacking += 1;
    return stacking <= MAX_STACKING;
  };
}

/** The dearest piece first, then by variant, so that odd cents do not depend on the order of scanning. */
function byDearness(a: PromotableLine, b: PromotableLine): number {
  return (
    b.unitPrice.minor - a.unitPrice.minor ||
    (a.variant < b.variant ? -1 : a.variant > b.variant ? 1 : 0) ||
    b.quantity - a.quantity ||
    (a.id < b.id ? -1 : 1)
  );
}

function opened(line: PromotableLine, place: number): OpenLine {
  const worth = line.unitPrice.minor * line.quantity;
  return { place, line, pieces: line.quantity, worth, cost: worth };
}
