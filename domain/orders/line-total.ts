import { allocateMoney } from "../money/allocate.ts";
import { sumMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import type { OrderLine } from "./order.ts";

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
