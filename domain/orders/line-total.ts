import { allocateMoney } from "../money/allocate.ts";
import { addMoney, sumMoney } from "../money/arithmetic.ts";
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
 * another extra, and belongs to the lines in proportion to their totals, every cent kept. `lines` are all lines of the order. Where goods and shipping come
 * to the total or to more, the lines are as they are.
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
  const extra = money(Math.max(0, minor - goods.minor), currency);
  if (extra.minor === 0 || lines.length === 0) return lines;
  const shares = allocateMoney({ total: extra, weights: lines.map(({ total }) => total.minor) });
  return lines.map((line, index) => ({ ...line, total: addMoney(line.total, shares[index] ?? extra) }));
}
