import type { DeviceId, Instant, StaffId, StoreId } from "../ids.ts";
import { addMoney, subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import type { RefundTo } from "../ticket/ticket.ts";
import type { Purchase, PurchaseRef } from "./purchase.ts";
import { withTax } from "./with-tax.ts";

/**
 * What was taken back of one line. `total` is what was given back for it, tax in it, and `taxes` the tax of that in the order of the purchase's rates; both
 * less what was charged anew because a promotion no longer held.
 */
export interface ReturnedLine {
  readonly position: number;
  readonly pieces: number;
  readonly total: Money;
  readonly taxes: readonly Money[];
}

/** Money that was given back, and to which payment: by its approval code or its order where it is one of several. */
export interface GivenBack {
  readonly kind: RefundTo["kind"];
  readonly amount: Money;
  /** The approval code of the card payment that it reverses, or the order; null in cash and as credit, or where nobody said. */
  readonly payment: string | null;
}

/** One time that something of a purchase came back: at a till (`id` is the ticket's) or by mail. */
export interface ReturnAct {
  readonly id: string;
  readonly at: Instant;
  readonly store: StoreId | null;
  readonly device: DeviceId | null;
  readonly staff: StaffId | null;
  readonly lines: readonly ReturnedLine[];
  /** The money that left the shop for it, cash rounding in it. */
  readonly settled: Money;
  /** How it left; what other goods were taken for in exchange did not. Absent: not known. */
  readonly to?: readonly GivenBack[];
}

/** What became of a purchase since: every return of it that is known, each once. */
export interface Returned {
  readonly purchase: PurchaseRef;
  readonly acts: readonly ReturnAct[];
  /** More came back than was bought or paid: whoever looks at it is told. */
  readonly flagged: boolean;
}

/** A purchase and what came back of it: all that a return is judged by. */
export interface Standing {
  readonly purchase: Purchase;
  readonly returned: Returned;
}

export function nothingReturned(purchase: PurchaseRef): Returned {
  return { purchase, acts: [], flagged: false };
}

/** The same act twice counts once. */
export function withReturn(returned: Returned, act: ReturnAct): Returned {
  if (returned.acts.some(({ id }) => id === act.id)) return returned;
  return { ...returned, acts: [...returned.acts, act] };
}

/** What two sources know of the same purchase, together; whether it is flagged is the first one's word. */
export function withActsOf(returned: Returned, { acts }: Pick<Returned, "acts">): Returned {
  return acts.reduce(withReturn, returned);
}

/** What came back of a line so far, over all acts. */
export function returnedOfLine({ purchase, returned }: Standing, position: number): ReturnedLine {
  const line = purchase.lines.find((each) => each.position === position);
  const { currency } = purchase;
  const known = actsIn(returned, currency).flatMap(({ lines }) =>
    lines.filter((each) => each.position === position),
  );
  return {
    position,
    pieces: known.reduce((sum, { pieces }) => sum + pieces, 0),
    total: sumMoney(
      known.map(({ total }) => total),
      currency,
    ),
    taxes: (line?.taxes ?? []).map((_, index) =>
      sumMoney(
        known.map(({ taxes }) => taxes[index] ?? zeroMoney(currency)),
        currency,
      ),
    ),
  };
}

/** What of the money for a purchase is still the shop's; below zero where more was given back than was paid. */
export function settledLeft({ purchase, returned }: Standing): Money {
  return actsIn(returned, purchase.currency).reduce(
    (left, { settled }) => subtractMoney(left, settled),
    purchase.settled,
  );
}

/** Those in the purchase's currency: whatever else somebody said came back of it, its money cannot be set against it. */
function actsIn({ acts }: Returned, currency: Money["currency"]): readonly ReturnAct[] {
  return acts.filter(({ settled }) => settled.currency === currency);
}

/** What was paid for the lines of a purchase and is still the shop's, tax in it, as if there were coins for every cent. */
export function exactLeft(standing: Standing): Money {
  const { lines, taxMode, currency } = standing.purchase;
  return lines.reduce((left, line) => {
    const paid = withTax(line, taxMode);
    return addMoney(left, subtractMoney(paid, returnedOfLine(standing, line.position).total));
  }, zeroMoney(currency));
}

/** More pieces of a line came back than were bought, or more money was given back than was paid: somebody was refunded twice. */
export function isRefundedTwice(standing: Standing): boolean {
  return (
    settledLeft(standing).minor < 0 ||
    standing.purchase.lines.some(
      ({ position, quantity }) => returnedOfLine(standing, position).pieces > quantity,
    )
  );
}

/** The money that was given back for a purchase, over all acts. */
export function settledBack(returned: Returned, currency: Money["currency"]): Money {
  return actsIn(returned, currency).reduce((sum, { settled }) => addMoney(sum, settled), zeroMoney(currency));
}
