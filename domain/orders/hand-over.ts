import type { DeviceId, Instant } from "../ids.ts";
import { compareMoney, subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import type { Currency, Money } from "../money/money.ts";
import { ok, type Result, refused } from "../result.ts";
import type { LeaseOverride } from "./act.ts";
import { chargedLines, totalOfPieces } from "./line-total.ts";
import type { Order, OrderLease, StoreOrder } from "./order.ts";

/** Why an order may not be handed out here and now. */
export type HandOverRefusal =
  | "notReady"
  | "cancelled"
  | "expired"
  | "alreadyCollected"
  | "leaseHeldByAnother"
  | "leaseUnknown";

/** Whether this till holds the exclusive right to hand the order out. `now` is the till's clock corrected by what it knows of the server's. */
export function holdsLease({
  lease,
  device,
  now,
}: {
  readonly lease: OrderLease | null;
  readonly device: DeviceId;
  readonly now: Instant;
}): boolean {
  return lease !== null && lease.holder === device && now < lease.expiresAt;
}

/**
 * DESIGN.md section 1: with the lease yes; without it only by a manager's override, which is journaled. What is over already is never handed
 * out again, override or not.
 */
export function mayHandOver({
  order,
  device,
  now,
  override,
}: {
  readonly order: StoreOrder;
  readonly device: DeviceId;
  readonly now: Instant;
  readonly override: LeaseOverride | null;
}): Result<null, HandOverRefusal> {
  const refusal = stateRefusal(order);
  if (refusal !== null) return refused(refusal);
  if (override !== null || holdsLease({ lease: order.lease, device, now })) return ok(null);
  const isHeld = order.lease !== null && now < order.lease.expiresAt;
  return refused(isHeld ? "leaseHeldByAnother" : "leaseUnknown");
}

function stateRefusal({ fulfilment }: StoreOrder): HandOverRefusal | null {
  switch (fulfilment.state) {
    case "ready":
      return null;
    case "cancelled":
    case "declined":
      return "cancelled";
    case "expired":
      return "expired";
    case "collected":
    case "shipped":
      return "alreadyCollected";
    case "allocated":
    case "accepted":
    case "picking":
    case "short":
      return "notReady";
  }
}

/** Whether a store can do an order, whoever names it: not once it was closed for good, nor where what is still to be paid cannot go into its drawer. */
export function canBeDoneIn(
  { payment }: Pick<Order, "payment">,
  { currency, closedAt }: { readonly currency: Currency; readonly closedAt?: Instant },
): boolean {
  const isPayable = payment.state !== "toPayAtPickup" || payment.total.currency === currency;
  return isPayable && closedAt === undefined;
}

/**
 * What is to be paid before the goods change hands; pieces that went missing, or that another store has, are not, nor the tax on them where the shop's
 * prices are without it. An authorised payment is the shop's to capture: nothing is due here.
 */
export function dueAtPickup({ payment, shipping, lines, fulfilment }: StoreOrder): Money {
  const { currency } = payment.total;
  if (payment.state !== "toPayAtPickup") return zeroMoney(currency);
  const notOwed = chargedLines({ lines, shipping, payment }).map((line) => {
    const due = fulfilment.lines.find((each) => each.line === line.id);
    const here = due === undefined ? 0 : due.quantity - due.missing;
    return subtractMoney(line.total, totalOfPieces(line, here));
  });
  const open = subtractMoney(subtractMoney(payment.total, sumMoney(notOwed, currency)), payment.paid);
  return compareMoney(open, zeroMoney(currency)) > 0 ? open : zeroMoney(currency);
}
