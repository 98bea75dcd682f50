import { allocateMoney } from "../money/allocate.ts";
import { addMoney, subtractMoney, sumMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import type { OrderLine, OrderPayment } from "./order.ts";

/** What the first `pieces` pieces of a line cost: the line's total shared over its pieces with every cent kept, the dearer ones last. */
export function totalOfPieces(line: Pick<OrderLine, "total" | "quantity">, pieces: number): Money {
  const shares = allocateMoney({
    total: line.total,
    weights: Array.from({ length: line.quantity }, () => 1),
  });
  return sumMoney(
    shares.toReversed().slice(0, Math.min(Math.max(pieces, 0), line.quantity)),
    line.total.currency,
  );
}

/**
 * An order's lines with all that the customer pays for them: what the order costs beyond goods and shipping is tax (where prices are without it), a tip or
 * another extra, and belongs to the lines in proportion to their totals, every cent kept; so does what it costs less, by a coupon that the shop takes off the
 * total alone. `lines` are all lines of the order; none falls below nothing: what is off beyond them is off the shipping.
 */
export function chargedLines({
  lines,
  shipping,
  payment,
}: {
  readonly lines: readonly OrderLine[];
  readonly shipping: Money;
  readonly payment: Pick<OrderPayment, "total">;
}): readonly OrderLine[] {
  const { minor, currency } = payment.total;
  const goods = sumMoney([shipping, ...lines.map(({ total }) => total)], currency);
  const extra = minor - goods.minor;
  if (extra === 0 || lines.length === 0) return lines;
  const off = Math.min(-extra, goods.minor - shipping.minor);
  const shares = allocateMoney({
    total: money(Math.max(extra, off), currency),
    weights: lines.map(({ total }) => total.minor),
  });
  const change = extra > 0 ? addMoney : subtractMoney;
  return lines.map((line, index) => ({ ...line, total: change(line.total, shares[index] ?? line.total) }));
}
