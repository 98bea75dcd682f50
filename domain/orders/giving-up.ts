import type { LineId } from "../ids.ts";
import { addMoney, compareMoney, lesserMoney, subtractMoney, sumMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import { chargedLines, totalOfPieces } from "./line-total.ts";
import type { Order, OrderPayment } from "./order.ts";

/** Pieces of a line that nobody will deliver. */
export function givenUpOf(order: Order, line: LineId): number {
  return order.givenUp.filter((each) => each.line === line).reduce((sum, each) => sum + each.quantity, 0);
}

/** Pieces that the customer has, or that were sent: of a line, or of the whole order. */
export function handedOf(order: Pick<Order, "fulfilments">, line?: LineId): number {
  return order.fulfilments
    .flatMap(({ lines }) => lines)
    .filter((each) => line === undefined || each.line === line)
    .reduce((sum, { handed }) => sum + handed, 0);
}

/** Pieces that nobody will deliver: they cost nothing any more, and what was paid for them is to be given back. The same order where there are none. */
export function giveUp(order: Order, pieces: Order["givenUp"]): Order {
  const after = pieces.reduce((so, each) => withGivenUp(so, each), order);
  if (after === order) return order;
  // Worked out from where the order stands before and after, so that it does not matter by how many steps it comes there.
  const more = subtractMoney(overpaidOf(after), overpaidOf(order));
  const { payment } = order;
  const refunded = refundedBy(payment, addMoney(payment.refunded, more));
  return withAllBack(withNothingToPay({ ...after, payment: refunded }));
}

/** What was to be paid as it is collected is paid once nothing of it is left to be collected. */
function withNothingToPay(order: Order): Order {
  const { payment, lines } = order;
  const isLeft = lines.some(({ id, quantity }) => quantity - givenUpOf(order, id) > handedOf(order, id));
  if (payment.state !== "toPayAtPickup" || isLeft || handedOf(order) === 0) return order;
  return { ...order, payment: { ...payment, state: "paid" } };
}

function withGivenUp(order: Order, { line, quantity }: Order["givenUp"][number]): Order {
  const ordered = order.lines.find((each) => each.id === line)?.quantity ?? 0;
  const given = Math.min(quantity, ordered - givenUpOf(order, line));
  return given <= 0 ? order : { ...order, givenUp: [...order.givenUp, { line, quantity: given }] };
}

/** What was paid above what the order costs as it stands: the most that its payment can be too much. */
export function overpaidOf(order: Order): Money {
  const { paid, total } = order.payment;
  if (isAllGivenUp(order)) return paid;
  const due = Math.max(0, total.minor - worthGivenUp(order).minor);
  return money(Math.max(0, paid.minor - due), paid.currency);
}

/** Nothing of the order is left and the customer has nothing of it: nobody delivered anything, so shipping is not owed either. */
export function isAllGivenUp(order: Order): boolean {
  return order.lines.every(
    ({ id, quantity }) => givenUpOf(order, id) >= quantity && handedOf(order, id) === 0,
  );
}

/** What was paid for the pieces that nobody will deliver, their share of tax and other extras in it: each line's worth less that of what is left of it. */
function worthGivenUp(order: Order): Money {
  const worths = chargedLines(order).map((line) =>
    subtractMoney(line.total, totalOfPieces(line, line.quantity - givenUpOf(order, line.id))),
  );
  return sumMoney(worths, order.currency);
}

/** All that was paid comes back where nothing of the order is left; else it stays as it is. */
export function withAllBack(order: Order): Order {
  const { payment } = order;
  const wasPaid = payment.state === "paid" || payment.paid.minor > 0;
  if (!wasPaid || !isAllGivenUp(order)) return order;
  return { ...order, payment: { ...refundedBy(payment, payment.paid), state: "refunded" } };
}

/** What was given back never becomes less, nor more than was paid: the shop may have given some of it back for other reasons. */
function refundedBy(payment: OrderPayment, refunded: Money): OrderPayment {
  const atMost = lesserMoney(refunded, payment.paid);
  return compareMoney(atMost, payment.refunded) > 0 ? { ...payment, refunded: atMost } : payment;
}
