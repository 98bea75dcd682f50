import type { ChannelId, Instant, OrderId, StoreId } from "../ids.ts";
import { addMoney, compareMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import type { Currency, Money } from "../money/money.ts";
import { ok, type Result, refused } from "../result.ts";
import {
  type DeliveryWish,
  MAX_LINES_PER_ORDER,
  MAX_PIECES_PER_ORDER_LINE,
  type Order,
  type OrderContact,
  type OrderLine,
} from "./order.ts";

/** An order as somebody wants it, its lines looked up in the catalogue already. */
export interface WantedOrder {
  readonly channel: ChannelId;
  readonly externalId: string;
  readonly number: string;
  readonly currency: Currency;
  readonly contact: OrderContact;
  readonly namesCustomer?: true;
  readonly lines: readonly OrderLine[];
  readonly shipping: Money;
  readonly paid: Money;
  /** What the shop says the order costs. */
  readonly total: Money;
  /** `atPickup`: nothing or a part is paid, the rest in the store. `authorised`: the shop captures it when the goods are ready. */
  readonly payment: "paid" | "authorised" | "atPickup";
  readonly delivery: DeliveryWish;
  readonly maySplit: boolean;
  readonly note: string;
  readonly placedBy: Order["placedBy"];
}

export type PlacingRefusal =
  | "noLines"
  | "tooManyLines"
  | "quantityOutOfRange"
  | "wrongCurrency"
  | "negativeAmount"
  | "amountTooLarge"
  | "duplicateLine"
  | "shippingNotPayableAtPickup"
  | "notPayableOnDelivery";

/** What is odd about an order that was taken all the same: the customer has been promised it. */
export type PlacingDoubt = "unknownProduct" | "addressMissing" | "paidAmountDiffers";

/** Whether such an order can be paid: in money that some store keeps, and where it is paid as it is collected in that of this very store's drawer. */
export function isPayable(
  { currency, payment, delivery }: Pick<WantedOrder, "currency" | "payment" | "delivery">,
  stores: readonly { readonly store: StoreId; readonly currency: Currency }[],
): boolean {
  const keeps = stores.filter((store) => store.currency === currency);
  const isAtCounter = payment === "atPickup" && delivery.kind === "pickup";
  return isAtCounter ? keeps.some(({ store }) => store === delivery.store) : keeps.length > 0;
}

/** Whether sums of all that these amounts come to are exact: what is beyond that is no price. */
export function isCountable(
  lines: readonly {
    readonly quantity: number;
    readonly unitPrice: Money;
    readonly discounts?: readonly { readonly amount: Money }[];
    readonly total?: Money | undefined;
  }[],
  others: readonly (Money | undefined)[],
): boolean {
  const minor = (amount: Money | undefined): number => Math.abs(amount?.minor ?? 0);
  const ofLines = lines.reduce(
    (sum, { quantity, unitPrice, discounts = [], total }) =>
      discounts.reduce(
        (so, { amount }) => so + minor(amount),
        sum + quantity * minor(unitPrice) + minor(total),
      ),
    0,
  );
  return others.reduce((sum, amount) => sum + minor(amount), ofLines) <= Number.MAX_SAFE_INTEGER;
}

/** Makes an order of a wish. What cannot be an order is refused by name; what is merely odd is taken, and said. */
export function placeOrder({
  wanted,
  id,
  at,
}: {
  readonly wanted: WantedOrder;
  readonly id: OrderId;
  readonly at: Instant;
}): Result<{ readonly order: Order; readonly doubts: readonly PlacingDoubt[] }, PlacingRefusal> {
  const refusal = refusalOf(wanted);
  if (refusal !== null) return refused(refusal);
  const { currency, paid, total, payment, ...rest } = wanted;
  const order: Order = {
    ...rest,
    id,
    currency,
    placedAt: at,
    payment: {
      state: payment === "atPickup" ? "toPayAtPickup" : payment,
      total,
      paid,
      refunded: zeroMoney(currency),
    },
    // What is paid as it is collected is collected at one counter: it is paid there in one go.
    maySplit: wanted.maySplit && payment !== "atPickup",
    fulfilments: [],
    declinedBy: [],
    givenUp: [],
    cancelledAt: null,
  };
  return ok({ order, doubts: doubtsOf(wanted) });
}

function refusalOf(wanted: WantedOrder): PlacingRefusal | null {
  const { lines, currency, shipping, paid, total, payment, delivery } = wanted;
  if (lines.length === 0) return "noLines";
  if (lines.length > MAX_LINES_PER_ORDER) return "tooManyLines";
  if (lines.some(({ quantity }) => quantity < 1 || quantity > MAX_PIECES_PER_ORDER_LINE))
    return "quantityOutOfRange";
  const amounts = [shipping, paid, total, ...lines.flatMap((line) => [line.unitPrice, line.total])];
  if (amounts.some((amount) => amount.currency !== currency)) return "wrongCurrency";
  if (amounts.some(({ minor }) => minor < 0)) return "negativeAmount";
  if (new Set(lines.map((line) => line.id)).size < lines.length) return "duplicateLine";
  if (payment === "atPickup" && delivery.kind === "ship") return "notPayableOnDelivery";
  if (payment === "atPickup" && shipping.minor > 0) return "shippingNotPayableAtPickup";
  return null;
}

function doubtsOf({
  lines,
  delivery,
  payment,
  paid,
  total,
  shipping,
  currency,
}: WantedOrder): readonly PlacingDoubt[] {
  const goods = addMoney(
    sumMoney(
      lines.map((line) => line.total),
      currency,
    ),
    shipping,
  );
  const isOff = compareMoney(goods, total) > 0 || (payment === "paid" && compareMoney(paid, total) !== 0);
  return [
    ...(lines.some(({ variant }) => variant === null) ? (["unknownProduct"] as const) : []),
    ...(delivery.kind === "ship" && delivery.address === null ? (["addressMissing"] as const) : []),
    // Above the goods' sum there may be tax; below it something is missing.
    ...(isOff ? (["paidAmountDiffers"] as const) : []),
  ];
}
