import type { BasketId, Instant, LineId, StaffId, TenderId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import { isBeingPaid } from "../payments/card-request.ts";
import { atQuantityPrices, singlePrice } from "../pricing/quantity-price.ts";
import { ok, type Result, refused } from "../result.ts";
import { isSameMarks } from "../scan/goods-facts.ts";
import {
  type Basket,
  type BasketLine,
  type Discount,
  isTooLarge,
  MAX_DISCOUNT_REASON_CHARS,
  MAX_LINES_PER_TICKET,
  MAX_QUANTITY_PER_LINE,
} from "./basket.ts";
import { goesWith, isChargedAlike, linkedTo } from "./linked-lines.ts";
import { isEmptyBasket } from "./payment.ts";
import { typedText } from "./typed-text.ts";

/** Why a basket stays as it is. */
export type BasketRefusal =
  | "paymentStarted"
  | "noSuchLine"
  | "tooManyLines"
  | "quantityOutOfRange"
  | "amountTooLarge"
  | "discountNotPositive"
  | "discountTooLarge"
  | "wrongCurrency"
  | "emptyBasket"
  | "orderLine"
  | "giftCardLine"
  | "linkedLine"
  | "weighedLine"
  | "priceNotPositive"
  | "noSuchTender";

type Changed = Result<Basket, BasketRefusal>;

/** What is rung up: a line without its quantity and discount. */
export type RungItem = Omit<BasketLine, "quantity" | "discount">;

export function openBasket({
  id,
  staff,
  at,
}: {
  readonly id: BasketId;
  readonly staff: StaffId;
  readonly at: Instant;
}): Basket {
  return {
    id,
    status: "open",
    label: "",
    staff,
    customer: null,
    openedAt: at,
    updatedAt: at,
    lines: [],
    discount: null,
    tenders: [],
  };
}

/** A basket whose payment has begun is edited only after its tenders are taken back: what is due must not move under them. */
function editable(basket: Basket, change: () => Changed): Changed {
  return isBeingPaid(basket) ? refused("paymentStarted") : change();
}

function isQuantity(quantity: number): boolean {
  return Number.isSafeInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY_PER_LINE;
}

function withLines(basket: Basket, changed: readonly BasketLine[], at: Instant): Changed {
  const lines = atQuantityPrices(changed);
  if (isTooLarge(lines)) return refused("amountTooLarge");
  return ok({ ...basket, lines, discount: lines.length === 0 ? null : basket.discount, updatedAt: at });
}

/** The line that a colleague may change; what was ordered, and what is charged with another line, is not changed by itself. */
function ownLine(
  basket: Basket,
  line: LineId,
): Result<BasketLine, "noSuchLine" | "orderLine" | "linkedLine"> {
  const found = basket.lines.find((each) => each.id === line);
  if (found === undefined) return refused("noSuchLine");
  // An order is paid as it was placed; what the customer does not want after all is not handed over.
  if (found.order !== undefined) return refused("orderLine");
  return found.linked === undefined ? ok(found) : refused("linkedLine");
}

/**
 * Rings an item up. The same variant at the same price without a discount goes onto its line. `linked` is what is charged with each piece: lines of their own right
 * below it.
 */
export function addItem({
  basket,
  item,
  linked = [],
  quantity,
  at,
}: {
  readonly basket: Basket;
  readonly item: RungItem;
  readonly linked?: readonly RungItem[];
  readonly quantity: number;
  readonly at: Instant;
}): Changed {
  return editable(basket, () => {
    if (!isQuantity(quantity)) return refused("quantityOutOfRange");
    if (item.weighed !== undefined && quantity !== 1) return refused("weighedLine");
    const same = basket.lines.find(
      (line) => joins(line, item) && isChargedAlike(linkedTo(basket.lines, line.id), linked),
    );
    if (same !== undefined)
      return changeQuantity({ basket, line: same.id, quantity: same.quantity + quantity, at });
    if (basket.lines.length + linked.length >= MAX_LINES_PER_TICKET) return refused("tooManyLines");
    const rung = [item, ...linked].map((each) => ({ ...each, quantity, discount: null }));
    return withLines(basket, [...basket.lines, ...rung], at);
  });
}

function joins(line: BasketLine, item: RungItem): boolean {
  return (
    line.variant === item.variant &&
    line.discount === null &&
    [line, item].every(countsUp) &&
    line.openPrice === item.openPrice &&
    singlePrice(line).currency === singlePrice(item).currency &&
    singlePrice(line).minor === singlePrice(item).minor &&
    hasSameTiers(line, item) &&
    isSameMarks(line.marks, item.marks) &&
    line.taxClass === item.taxClass
  );
}

/** Whether more pieces may go onto a line: a package with a weight or price of its own, an ordered line, a charge and a gift card each stay one. */
function countsUp({ order, weighed, labelPrice, linked, giftCard, override, soldBy }: RungItem): boolean {
  return [order, weighed, labelPrice, linked, giftCard, override, soldBy].every((each) => each === undefined);
}

function hasSameTiers({ tiers: some }: RungItem, { tiers: others }: RungItem): boolean {
  const steps = (tiers: RungItem["tiers"]) =>
    (tiers?.tiers ?? []).map(({ from, amount }) => `${from}:${amount.minor}:${amount.currency}`).join();
  return steps(some) === steps(others);
}

/** What is charged with the line has its pieces. */
export function changeQuantity({
  basket,
  line,
  quantity,
  at,
}: {
  readonly basket: Basket;
  readonly line: LineId;
  readonly quantity: number;
  readonly at: Instant;
}): Changed {
  return editable(basket, () => {
    if (!isQuantity(quantity)) return refused("quantityOutOfRange");
    const own = ownLine(basket, line);
    if (!own.ok) return own;
    if (own.value.weighed !== undefined && quantity !== 1) return refused("weighedLine");
    // One code is one card: another piece would be another card.
    if (own.value.giftCard !== undefined && quantity > 1) return refused("giftCardLine");
    const lines = basket.lines.map((each) => (goesWith(each, line) ? { ...each, quantity } : each));
    return withLines(basket, lines, at);
  });
}

/** With what is charged with it. */
export function removeLine({
  basket,
  line,
  at,
}: {
  readonly basket: Basket;
  readonly line: LineId;
  readonly at: Instant;
}): Changed {
  return editable(basket, () => {
    const own = ownLine(basket, line);
    if (!own.ok) return own;
    return withLines(
      basket,
      basket.lines.filter((each) => !goesWith(each, line)),
      at,
    );
  });
}

/** Takes a removal back: the line returns to its place, as it was, with what was charged with it. A line that is there already stays once. */
export function restoreLine({
  basket,
  line,
  linked = [],
  index,
  at,
}: {
  readonly basket: Basket;
  readonly line: BasketLine;
  readonly linked?: readonly BasketLine[];
  readonly index: number;
  readonly at: Instant;
}): Changed {
  return editable(basket, () => {
    if (basket.lines.some((each) => each.id === line.id)) return ok(basket);
    if (basket.lines.length + linked.length >= MAX_LINES_PER_TICKET) return refused("tooManyLines");
    return withLines(basket, basket.lines.toSpliced(Math.max(index, 0), 0, line, ...linked), at);
  });
}

function discountRefusal(discount: Discount): BasketRefusal | null {
  const size = discount.kind === "percent" ? discount.ppm : discount.amount.minor;
  if (!Number.isSafeInteger(size) || size <= 0) return "discountNotPositive";
  if (discount.kind === "percent" && size > 1_000_000) return "discountTooLarge";
  return discount.reason.length > MAX_DISCOUNT_REASON_CHARS ? "discountTooLarge" : null;
}

function noted(discount: Discount | null): Discount | null {
  return discount === null ? null : { ...discount, reason: typedText(discount.reason) };
}

/** Null takes the discount away. An amount above the line's value is refused: it would be given away twice. */
export function discountLine({
  basket,
  line,
  discount,
  at,
}: {
  readonly basket: Basket;
  readonly line: LineId;
  readonly discount: Discount | null;
  readonly at: Instant;
}): Changed {
  return editable(basket, () => {
    const found = basket.lines.find((each) => each.id === line);
    if (found === undefined) return refused("noSuchLine");
    if (found.giftCard !== undefined) return refused("giftCardLine");
    const refusal = discount === null ? null : discountRefusal(discount);
    if (refusal !== null) return refused(refusal);
    if (discount?.kind === "amount") {
      if (discount.amount.currency !== found.unitPrice.currency) return refused("wrongCurrency");
      if (discount.amount.minor > found.unitPrice.minor * found.quantity) return refused("discountTooLarge");
    }
    const own = ownLine(basket, line);
    if (!own.ok) return own;
    return withLines(
      basket,
      basket.lines.map((each) => (each.id === line ? { ...each, discount: noted(discount) } : each)),
      at,
    );
  });
}

/** Another price than the list's, for a reason; null: the list's again, for one piece. What was typed before does not count as the list's. */
export function overridePrice({
  basket,
  line,
  price,
  reason,
  at,
}: {
  readonly basket: Basket;
  readonly line: LineId;
  readonly price: Money | null;
  readonly reason: string;
  readonly at: Instant;
}): Changed {
  return editable(basket, () => {
    const own = ownLine(basket, line);
    if (!own.ok) return own;
    if (own.value.giftCard !== undefined) return refused("giftCardLine");
    if (own.value.weighed !== undefined) return refused("weighedLine");
    const { override, tiers: _tiers, ...plain } = own.value;
    const listPrice = override?.listPrice ?? singlePrice(own.value);
    if (price !== null && price.currency !== listPrice.currency) return refused("wrongCurrency");
    if (price !== null && price.minor <= 0) return refused("priceNotPositive");
    const noted = { listPrice, reason: typedText(reason) };
    const priced =
      price === null ? { ...plain, unitPrice: listPrice } : { ...plain, unitPrice: price, override: noted };
    return withLines(
      basket,
      basket.lines.map((each) => (each.id === line ? priced : each)),
      at,
    );
  });
}

/** Says who sold a line, and what is charged with it; null: whoever rings it up. */
export function attributeLine({
  basket,
  line,
  soldBy,
  at,
}: {
  readonly basket: Basket;
  readonly line: LineId;
  readonly soldBy: StaffId | null;
  readonly at: Instant;
}): Changed {
  const known = basket.lines.find(({ id }) => id === line);
  if (known === undefined) return refused("noSuchLine");
  const lines = basket.lines.map((each) => (goesWith(each, line) ? withSeller(each, soldBy) : each));
  return ok({ ...basket, lines, updatedAt: at });
}

/** Says who sold all that is in a basket so far. */
export function attributeBasket({
  basket,
  soldBy,
  at,
}: {
  readonly basket: Basket;
  readonly soldBy: StaffId | null;
  readonly at: Instant;
}): Changed {
  return ok({ ...basket, lines: basket.lines.map((each) => withSeller(each, soldBy)), updatedAt: at });
}

function withSeller({ soldBy: _before, ...line }: BasketLine, soldBy: StaffId | null): BasketLine {
  return soldBy === null ? line : { ...line, soldBy };
}

/** A discount over the whole basket; null takes it away. */
export function discountBasket({
  basket,
  discount,
  at,
}: {
  readonly basket: Basket;
  readonly discount: Discount | null;
  readonly at: Instant;
}): Changed {
  return editable(basket, () => {
    const first = basket.lines[0];
    if (first === undefined) return refused("emptyBasket");
    if (basket.lines.some((line) => line.order !== undefined)) return refused("orderLine");
    const refusal = discount === null ? null : discountRefusal(discount);
    if (refusal !== null) return refused(refusal);
    if (discount?.kind === "amount" && discount.amount.currency !== first.unitPrice.currency)
      return refused("wrongCurrency");
    return ok({ ...basket, discount: noted(discount), updatedAt: at });
  });
}

/** Sets a basket aside under a name. One with tenders waits in front until it is paid or the tenders are taken back. */
export function parkBasket({
  basket,
  label,
  at,
}: {
  readonly basket: Basket;
  readonly label: string;
  readonly at: Instant;
}): Changed {
  return editable(basket, () =>
    isEmptyBasket(basket)
      ? refused("emptyBasket")
      : ok({ ...basket, status: "parked", label, updatedAt: at }),
  );
}

export function recallBasket({
  basket,
  staff,
  at,
}: {
  readonly basket: Basket;
  readonly staff: StaffId;
  readonly at: Instant;
}): Basket {
  return { ...basket, status: "open", staff, updatedAt: at };
}

/** Takes a tender back, e.g. when the customer pays otherwise after all. */
export function removeTender({
  basket,
  tender,
  at,
}: {
  readonly basket: Basket;
  readonly tender: TenderId;
  readonly at: Instant;
}): Changed {
  if (!basket.tenders.some((each) => each.id === tender)) return refused("noSuchTender");
  return ok({ ...basket, tenders: basket.tenders.filter((each) => each.id !== tender), updatedAt: at });
}
