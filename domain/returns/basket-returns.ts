import type { Instant, LineId, StaffId } from "../ids.ts";
import type { Currency } from "../money/money.ts";
import { isBeingPaid } from "../payments/card-request.ts";
import { ok, type Result, refused } from "../result.ts";
import { type Basket, MAX_LINES_PER_TICKET, MAX_QUANTITY_PER_LINE } from "../ticket/basket.ts";
import { typedText } from "../ticket/typed-text.ts";
import type { ReturnObstacle } from "./judge.ts";
import { isSamePurchase, type PurchasedLine, type PurchaseLineRef } from "./purchase.ts";
import { piecesLeft } from "./refund.ts";
import type { PromotionsOnReturn } from "./repricing.ts";
import { isRefundedTwice, type Standing } from "./returned.ts";
import { type BasketReturn, type ReturnedGoods, type Returning, standingOf } from "./returning.ts";

/** Purchases that one basket takes goods back of. */
export const MAX_PURCHASES_PER_BASKET = 20;

/** Why what comes back with a basket stays as it is. */
export type BasketReturnRefusal =
  | "orderLine"
  | "paymentStarted"
  | "wrongCurrency"
  | "nothingReturnable"
  | "refundedTwice"
  | "noSuchPurchase"
  | "noSuchLine"
  | "noReturn"
  | "tooMany"
  | "tooManyLines"
  | "quantityOutOfRange"
  | "reasonMissing";

type Changed = Result<Basket, BasketReturnRefusal>;
type UnreceiptedReturn = Extract<BasketReturn, { readonly kind: "unreceipted" }>;

/** A basket that collects an order or becomes one takes nothing back: it is one order's. */
export function returnRefusal({
  collecting,
  ordering,
  tenders,
  cardRequest,
}: Basket): "orderLine" | "paymentStarted" | null {
  if (collecting !== undefined || ordering !== undefined) return "orderLine";
  return tenders.length > 0 || cardRequest !== undefined ? "paymentStarted" : null;
}

/** The most lines that the basket's ticket can have: kept goods may be charged anew as lines of their own. */
export function mostTicketLines({ lines, returning }: Pick<Basket, "lines" | "returning">): number {
  if (returning === undefined) return lines.length;
  const charged =
    returning.promotions === "keep"
      ? 0
      : returning.standings.flatMap(({ purchase }) =>
          purchase.lines.filter(({ discounts }) => discounts.some(({ needs }) => needs.kind !== "pieces")),
        ).length;
  return lines.length + returning.lines.length + charged;
}

/** Puts a purchase beside a basket, or what is known of it now in the place of what was. `currency` is the till's. */
export function openReturnIn({
  basket,
  standing,
  promotions,
  currency,
  gift,
  at,
}: {
  readonly basket: Basket;
  readonly standing: Standing;
  /** By a gift receipt, or by the buyer's own; absent: by neither, and it stays what it was. */
  readonly gift?: boolean | undefined;
  readonly promotions: PromotionsOnReturn;
  readonly currency: Currency;
  readonly at: Instant;
}): Changed {
  const refusal = returnRefusal(basket);
  if (refusal !== null) return refused(refusal);
  const { purchase } = standing;
  if (purchase.currency !== currency || basket.lines.some(({ unitPrice }) => unitPrice.currency !== currency))
    return refused("wrongCurrency");
  const returning = basket.returning ?? beginning(promotions);
  const others = returning.standings.filter((each) => !isSamePurchase(each.purchase.ref, purchase.ref));
  if (others.length === returning.standings.length) {
    if (purchase.lines.every((line) => piecesLeft(standing, line) === 0))
      return refused(isTooMuch(standing) ? "refundedTwice" : "nothingReturnable");
    if (others.length >= MAX_PURCHASES_PER_BASKET) return refused("tooManyLines");
  }
  const { gifts: before = [], ...rest } = returning;
  const otherGifts = before.filter((each) => !isSamePurchase(each, purchase.ref));
  const isGift = gift ?? otherGifts.length < before.length;
  const gifts = isGift ? [...otherGifts, purchase.ref] : otherGifts;
  const standings = inPlace(returning.standings, standing);
  return changed(basket, { ...rest, standings, ...(gifts.length === 0 ? {} : { gifts }) }, at);
}

/**
 * Chooses pieces of a purchase's line, or changes what was chosen, with their deposit and levy: those were charged for having the goods. `newId` is for lines that
 * nothing was chosen of.
 */
export function chooseReturnIn({
  basket,
  of,
  goods,
  newId,
  at,
}: {
  /** Its standings as they are now. */
  readonly basket: Basket;
  readonly of: PurchaseLineRef;
  readonly goods: Omit<ReturnedGoods, "id">;
  readonly newId: () => LineId;
  readonly at: Instant;
}): Changed {
  const refusal = returnRefusal(basket);
  if (refusal !== null) return refused(refusal);
  const { returning } = basket;
  const standing = returning === undefined ? null : standingOf(returning, of.purchase);
  if (returning === undefined || standing === null) return refused("noSuchPurchase");
  const bought = standing.purchase.lines.find(({ position }) => position === of.position);
  if (bought === undefined) return refused("noSuchLine");
  if (!isQuantity(goods.quantity)) return refused("quantityOutOfRange");
  if (goods.quantity > piecesLeft(standing, bought)) return refused("tooMany");
  const withLinked = linkedBack(standing, of.position).map((line) => ({
    position: line.position,
    quantity: Math.min(goods.quantity, piecesLeft(standing, line)),
  }));
  const after = [{ position: of.position, quantity: goods.quantity }, ...withLinked]
    .filter(({ quantity }) => quantity > 0)
    .reduce(
      (before, { position, quantity }) =>
        chosenOf(before, { ...goods, quantity }, { of: { ...of, position }, newId }),
      returning,
    );
  return changed(basket, after, at);
}

/** The lines of a purchase that come back with those at a position: deposit and levy, but no bag that was used. */
function linkedBack({ purchase }: Standing, position: number): readonly PurchasedLine[] {
  return purchase.lines.filter(({ linked }) => linked?.to === position && linked.kind !== "bag");
}

function isOf(line: BasketReturn, { purchase, position }: PurchaseLineRef): boolean {
  return (
    line.kind === "receipted" && line.of.position === position && isSamePurchase(line.of.purchase, purchase)
  );
}

function chosenOf(
  returning: Returning,
  goods: Omit<ReturnedGoods, "id">,
  { of, newId }: { readonly of: PurchaseLineRef; readonly newId: () => LineId },
): Returning {
  const before = returning.lines.find((line) => isOf(line, of));
  const chosen: BasketReturn = { ...goods, kind: "receipted", id: before?.id ?? newId(), of };
  if (before === undefined) return { ...returning, lines: [...returning.lines, chosen], override: null };
  const isLess = goods.quantity <= before.quantity && goods.condition === before.condition;
  const lines = returning.lines.map((line) => (line.id === before.id ? chosen : line));
  return { ...returning, lines, override: isLess ? returning.override : null };
}

/** Goods that come back without a receipt. */
export function returnWithoutReceiptIn({
  basket,
  line,
  promotions,
  at,
}: {
  readonly basket: Basket;
  readonly line: Omit<UnreceiptedReturn, "kind">;
  readonly promotions: PromotionsOnReturn;
  readonly at: Instant;
}): Changed {
  const refusal = returnRefusal(basket);
  if (refusal !== null) return refused(refusal);
  if (!isQuantity(line.quantity)) return refused("quantityOutOfRange");
  const { currency } = line.unitPrice;
  if (basket.lines.some(({ unitPrice }) => unitPrice.currency !== currency)) return refused("wrongCurrency");
  const returning = basket.returning ?? beginning(promotions);
  return withMore(basket, returning, { ...line, kind: "unreceipted" }, at);
}

/** Goods that stay with the customer after all, and their deposit with them. Their purchase stays beside the basket. */
export function dropReturnIn({
  basket,
  line,
  at,
}: {
  readonly basket: Basket;
  readonly line: LineId;
  readonly at: Instant;
}): Changed {
  const refusal = returnRefusal(basket);
  if (refusal !== null) return refused(refusal);
  const { returning } = basket;
  const dropped = returning?.lines.find(({ id }) => id === line);
  if (returning === undefined || dropped === undefined) return refused("noSuchLine");
  const { of } = dropped.kind === "receipted" ? dropped : { of: null };
  const standing = of === null ? null : standingOf(returning, of.purchase);
  const linked = of === null || standing === null ? [] : linkedBack(standing, of.position);
  const isKept = (each: BasketReturn): boolean =>
    each.id === line ||
    linked.some(({ position }) => of !== null && isOf(each, { purchase: of.purchase, position }));
  return changed(basket, { ...returning, lines: returning.lines.filter((each) => !isKept(each)) }, at);
}

/** Nothing comes back after all; what is rung up stays. */
export function stopReturnIn({ basket, at }: { readonly basket: Basket; readonly at: Instant }): Changed {
  const { returning, ...plain } = basket;
  if (returning === undefined) return ok(basket);
  return isBeingPaid(basket) ? refused("paymentStarted") : ok({ ...plain, updatedAt: at });
}

/** A manager's word for what comes back as it is now: what is chosen on top of it later needs another. */
export function approveReturnIn({
  basket,
  manager,
  reason,
  obstacles,
  at,
}: {
  readonly basket: Basket;
  readonly manager: StaffId;
  readonly reason: string;
  /** What the manager sees. */
  readonly obstacles: readonly Pick<ReturnObstacle, "why">[];
  readonly at: Instant;
}): Changed {
  const { returning } = basket;
  if (returning === undefined || returning.lines.length === 0) return refused("noReturn");
  const noted = typedText(reason.trim());
  if (noted === "") return refused("reasonMissing");
  const covers = [...new Set(obstacles.map(({ why }) => why))];
  return changed(basket, { ...returning, override: { manager, reason: noted, covers } }, at);
}

/** What a colleague saw of an identity document. */
export function noteIdentityIn({
  basket,
  identity,
  at,
}: {
  readonly basket: Basket;
  readonly identity: string;
  readonly at: Instant;
}): Changed {
  const { returning } = basket;
  if (returning === undefined || returning.lines.length === 0) return refused("noReturn");
  return changed(basket, { ...returning, identity: typedText(identity.trim()) }, at);
}

function isTooMuch(standing: Standing): boolean {
  return standing.returned.flagged || isRefundedTwice(standing);
}

function beginning(promotions: PromotionsOnReturn): Returning {
  return { standings: [], lines: [], promotions, override: null, identity: null };
}

function withMore(basket: Basket, returning: Returning, line: BasketReturn, at: Instant): Changed {
  return changed(basket, { ...returning, lines: [...returning.lines, line], override: null }, at);
}

function changed(basket: Basket, returning: Returning, updatedAt: Instant): Changed {
  const after = { ...basket, returning, updatedAt };
  return mostTicketLines(after) > MAX_LINES_PER_TICKET ? refused("tooManyLines") : ok(after);
}

function inPlace(standings: readonly Standing[], standing: Standing): readonly Standing[] {
  const isIt = (each: Standing): boolean => isSamePurchase(each.purchase.ref, standing.purchase.ref);
  return standings.some(isIt)
    ? standings.map((each) => (isIt(each) ? standing : each))
    : [...standings, standing];
}

function isQuantity(quantity: number): boolean {
  return Number.isSafeInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY_PER_LINE;
}
