import type { BasketId, Instant, LineId, StaffId, TenderId } from "../ids.ts";
import { ok, type Result, refused } from "../result.ts";
import {
  type Basket,
  type BasketLine,
  type Discount,
  MAX_AMOUNT_MINOR,
  MAX_DISCOUNT_REASON_CHARS,
  MAX_LINES_PER_TICKET,
  MAX_QUANTITY_PER_LINE,
} from "./basket.ts";
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
  return basket.tenders.length > 0 ? refused("paymentStarted") : change();
}

function isQuantity(quantity: number): boolean {
  return Number.isSafeInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY_PER_LINE;
}

function withLines(basket: Basket, lines: readonly BasketLine[], at: Instant): Changed {
  const gross = lines.reduce((sum, line) => sum + line.unitPrice.minor * line.quantity, 0);
  if (gross > MAX_AMOUNT_MINOR) return refused("amountTooLarge");
  return ok({ ...basket, lines, discount: lines.length === 0 ? null : basket.discount, updatedAt: at });
}

function withLine(
  basket: Basket,
  line: LineId,
  at: Instant,
  change: (line: BasketLine) => BasketLine,
): Changed {
  const found = basket.lines.find((each) => each.id === line);
  if (found === undefined) return refused("noSuchLine");
  // An order is paid as it was placed; what the customer does not want after all is not handed over.
  if (found.order !== undefined) return refused("orderLine");
  return withLines(
    basket,
    basket.lines.map((each) => (each.id === line ? change(each) : each)),
    at,
  );
}

/** Rings an item up. The same variant at the same price without a discount goes onto its line. */
export function addItem({
  basket,
  item,
  quantity,
  at,
}: {
  readonly basket: Basket;
  readonly item: RungItem;
  readonly quantity: number;
  readonly at: Instant;
}): Changed {
  return editable(basket, () => {
    if (!isQuantity(quantity)) return refused("quantityOutOfRange");
    const same = basket.lines.find((line) => joins(line, item));
    if (same !== undefined)
      return changeQuantity({ basket, line: same.id, quantity: same.quantity + quantity, at });
    if (basket.lines.length >= MAX_LINES_PER_TICKET) return refused("tooManyLines");
    return withLines(basket, [...basket.lines, { ...item, quantity, discount: null }], at);
  });
}

function joins(line: BasketLine, item: RungItem): boolean {
  return (
    line.variant === item.variant &&
    line.order === undefined &&
    line.giftCard === undefined &&
    item.giftCard === undefined &&
    line.discount === null &&
    line.unitPrice.currency === item.unitPrice.currency &&
    line.unitPrice.minor === item.unitPrice.minor &&
    line.taxClass === item.taxClass
  );
}

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
    // One code is one card: another piece would be another card.
    if (quantity > 1 && isGiftCard(basket, line)) return refused("giftCardLine");
    return withLine(basket, line, at, (each) => ({ ...each, quantity }));
  });
}

function isGiftCard({ lines }: Basket, line: LineId): boolean {
  return lines.some(({ id, giftCard }) => id === line && giftCard !== undefined);
}

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
    const found = basket.lines.find((each) => each.id === line);
    if (found === undefined) return refused("noSuchLine");
    if (found.order !== undefined) return refused("orderLine");
    return withLines(
      basket,
      basket.lines.filter((each) => each.id !== line),
      at,
    );
  });
}

/** Takes a removal back: the line returns to its place, as it was. A line that is there already stays once. */
export function restoreLine({
  basket,
  line,
  index,
  at,
}: {
  readonly basket: Basket;
  readonly line: BasketLine;
  readonly index: number;
  readonly at: Instant;
}): Changed {
  return editable(basket, () => {
    if (basket.lines.some((each) => each.id === line.id)) return ok(basket);
    if (basket.lines.length >= MAX_LINES_PER_TICKET) return refused("tooManyLines");
    return withLines(basket, basket.lines.toSpliced(Math.max(index, 0), 0, line), at);
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
    return withLine(basket, line, at, (each) => ({ ...each, discount: noted(discount) }));
  });
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
