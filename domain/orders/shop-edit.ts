import type { Instant, LineId } from "../ids.ts";
import { addMoney, compareMoney, lesserMoney, sumMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import { type ActContext, actOn } from "./act.ts";
import { givenUpOf, giveUp, handedOf, isAllGivenUp, overpaidOf } from "./giving-up.ts";
import type {
  DeliveryWish,
  Fulfilment,
  Order,
  OrderContact,
  OrderLine,
  OrderPayment,
  PaymentState,
} from "./order.ts";
import { refundedElsewhere, refundedForReturns, returnedPiecesOf } from "./order-return.ts";
import { placedOf, withFulfilment } from "./routing.ts";
import { type FulfilmentState, isOpen } from "./transitions.ts";

/** What a shop says has become of an order it placed. What it does not speak of is null. */
export interface ShopEdit {
  readonly contact:
    | (Pick<OrderContact, "name" | "email" | "phone"> & Partial<Pick<OrderContact, "customer">>)
    | null;
  readonly delivery: DeliveryWish | null;
  readonly payment: { readonly kind: "paid" | "authorised" | "atPickup"; readonly paid: Money } | null;
  /** Every line that the shop has, with the pieces as ordered or as they are now: what is missing is not wanted any more. */
  readonly lines: readonly Pick<OrderLine, "id" | "sku" | "quantity">[] | null;
  /** Pieces that are wanted in all, handed over or not, where fewer than were ordered. */
  readonly stillWanted: readonly { readonly line: LineId; readonly quantity: number }[];
  /** By the shop itself, in all so far. */
  readonly refunded: Money;
  readonly cancelled: { readonly reason: string } | null;
}

/** What an order cannot follow by itself: people settle it. */
export interface ShopEditDoubts {
  /** Not wanted any more, but with the customer already. */
  readonly handed: readonly Pieces[];
  /** Bought after the order was placed. */
  readonly added: readonly Pieces[];
  /** Another way to the customer than the one that was begun; null: the same. */
  readonly delivery: DeliveryWish | null;
}

export interface Pieces {
  readonly sku: OrderLine["sku"];
  readonly quantity: number;
}

export interface EditedOrder {
  readonly order: Order;
  readonly doubts: ShopEditDoubts;
}

/** How little a store has done so far: pieces are taken from the first of these first. */
const LEAST_DONE_FIRST: readonly FulfilmentState[] = ["allocated", "accepted", "picking", "short", "ready"];
const NO_DOUBTS: ShopEditDoubts = { handed: [], added: [], delivery: null };

/**
 * An order after a snapshot that its shop made of it at `updatedAt`; `newest` is when the newest one taken in was made. An older one changes nothing. Of
 * one made in the same moment (platforms count in seconds) only what can but grow is taken: pieces given up, refunds, payment, cancelling. So the order
 * ends the same in whatever order snapshots come, and however often.
 */
export function takeSnapshot({
  order,
  newest,
  updatedAt,
  edit,
  context,
}: {
  readonly order: Order;
  readonly newest: Instant | null;
  readonly updatedAt: Instant;
  readonly edit: ShopEdit;
  readonly context: ActContext;
}): EditedOrder {
  if (newest !== null && updatedAt < newest) return { order, doubts: NO_DOUBTS };
  const isTie = updatedAt === newest;
  return editedByShop({ order, edit: isTie ? { ...edit, contact: null, delivery: null } : edit, context });
}

/**
 * An order as its shop wants it now. Pieces that are not wanted are given up, first those that no store has, then those of the store that has done least;
 * pieces that were handed over stay. What was refunded or paid never becomes less, and never more is refunded than was paid. Doing it again changes
 * nothing.
 */
export function editedByShop({
  order,
  edit,
  context,
}: {
  readonly order: Order;
  readonly edit: ShopEdit;
  readonly context: ActContext;
}): EditedOrder {
  const addressed = withDelivery(withContact(order, edit.contact), edit.delivery);
  const reason = edit.cancelled?.reason ?? "Not wanted any more";
  const over = withoutUnwanted(addressed, { unwanted: unwantedPieces(order, edit), reason, context });
  const isCancelled = edit.cancelled !== null && order.cancelledAt === null && !isAllHanded(order);
  const cancelled = isCancelled ? { ...over, cancelledAt: context.at } : over;
  const edited = { ...cancelled, payment: paymentAfterEdit(order.payment, cancelled, edit) };
  const isSame = JSON.stringify(edited) === JSON.stringify(order);
  return { order: isSame ? order : edited, doubts: doubtsOf(order, edit) };
}

/** An order without pieces that nobody wants any more; a part that nothing is left to do of is over. What was paid for them counts as given back. */
export function withoutUnwanted(
  order: Order,
  {
    unwanted,
    reason,
    context,
  }: {
    readonly unwanted: readonly Unwanted[];
    readonly reason: string;
    readonly context: ActContext;
  },
): Order {
  const lessened = unwanted.reduce((so, each) => withoutPieces(so, each), order);
  return lessened.fulfilments.reduce(
    (so, fulfilment) => withFulfilment(so, endedWhereNothingIsDue(fulfilment, reason, context)),
    lessened,
  );
}

function withContact(order: Order, contact: ShopEdit["contact"]): Order {
  return contact === null ? order : { ...order, contact: { ...order.contact, ...contact } };
}

/** Only another address, and only while nothing was sent to the one before. */
export function withDelivery(order: Order, delivery: DeliveryWish | null): Order {
  const isSent = order.fulfilments.some(({ state }) => state === "shipped");
  if (delivery === null || isSent || isSameDelivery(order.delivery, delivery)) return order;
  return delivery.kind === "ship" && order.delivery.kind === "ship" ? { ...order, delivery } : order;
}

/** Also where the shop does not say (any more) where to: it is then as it was. */
function isSameDelivery(before: DeliveryWish, wished: DeliveryWish): boolean {
  if (before.kind === "pickup") return wished.kind === "pickup" && wished.store === before.store;
  if (wished.kind === "pickup") return false;
  const from = before.address;
  const to = wished.address;
  if (to === null) return true;
  return (
    from !== null &&
    from.name === to.name &&
    from.postcode === to.postcode &&
    from.city === to.city &&
    from.country === to.country &&
    from.lines.join("\n") === to.lines.join("\n")
  );
}

export interface Unwanted {
  readonly line: LineId;
  readonly quantity: number;
}

/** What is still to be given up; what stores gave up for other reasons counts as given up already. */
function unwantedPieces(order: Order, edit: ShopEdit): readonly Unwanted[] {
  return order.lines.flatMap(({ id, quantity }) => {
    const left = quantity - givenUpOf(order, id);
    const tooMany = left - Math.max(wantedOf(edit, { id, quantity }), handedOf(order, id));
    return tooMany > 0 ? [{ line: id, quantity: tooMany }] : [];
  });
}

/** As it is named; else as the platform's own lines have it, which may have lessened a line in place or left it out. */
function wantedOf(edit: ShopEdit, line: Pick<OrderLine, "id" | "quantity">): number {
  if (edit.cancelled !== null) return 0;
  const named = edit.stillWanted.find((each) => each.line === line.id);
  if (named !== undefined || edit.lines === null) return named?.quantity ?? line.quantity;
  return Math.min(line.quantity, edit.lines.find(({ id }) => id === line.id)?.quantity ?? 0);
}

function withoutPieces(order: Order, { line, quantity }: Unwanted): Order {
  const ordered = order.lines.find(({ id }) => id === line)?.quantity ?? 0;
  const withoutStore = Math.max(0, ordered - givenUpOf(order, line) - placedOf(order, line));
  let left = Math.max(0, quantity - withoutStore);
  let after = order;
  for (const fulfilment of leastDoneFirst(order.fulfilments)) {
    const due = fulfilment.lines.find((each) => each.line === line);
    const taken = due === undefined ? 0 : Math.min(left, due.quantity - due.missing - due.handed);
    if (taken <= 0) continue;
    left -= taken;
    const lines = fulfilment.lines.map((each) =>
      each.line === line ? { ...each, missing: each.missing + taken } : each,
    );
    after = withFulfilment(after, { ...fulfilment, lines });
  }
  return giveUp(after, [{ line, quantity }]);
}

function leastDoneFirst(fulfilments: readonly Fulfilment[]): readonly Fulfilment[] {
  const rank = ({ state }: Fulfilment) => LEAST_DONE_FIRST.indexOf(state);
  return fulfilments.filter(({ state }) => isOpen(state)).toSorted((a, b) => rank(a) - rank(b));
}

/** A part that nothing is left to do of is over: as collected where the customer has some of it, else as cancelled, so that what was picked is put back. */
function endedWhereNothingIsDue(fulfilment: Fulfilment, reason: string, context: ActContext): Fulfilment {
  const { state, lines } = fulfilment;
  const isDue = lines.some(({ quantity, missing, handed }) => quantity - missing > handed);
  if (!isOpen(state) || isDue) return fulfilment;
  if (lines.some(({ handed }) => handed > 0)) return { ...fulfilment, state: "collected" };
  return actOn(fulfilment, { type: "cancelled", reason }, context);
}

function isAllHanded(order: Order): boolean {
  return order.lines.every(({ id, quantity }) => handedOf(order, id) >= quantity);
}

/** Worked out from where the order stands and never by adding up, so that it does not matter by how many steps it came there. */
function paymentAfterEdit(before: OrderPayment, after: Order, edit: ShopEdit): OrderPayment {
  // What was paid beyond this order is for pieces bought after it was placed: people settle those.
  const taken = edit.payment === null ? before.paid : lesserMoney(edit.payment.paid, before.total);
  const paid = greaterMoney(before.paid, taken);
  const isAllBack = isAllGivenUp(after);
  const overpaid = overpaidOf({ ...after, payment: { ...before, paid } });
  // The shop knows nothing of what was given back over a counter.
  const told = addMoney(edit.refunded, refundedElsewhere(after));
  const owed = addMoney(addMoney(overpaid, refundedForReturns(after)), givenByHq(after));
  const refunded = lesserMoney(greaterMoney(told, owed), paid);
  const given = greaterMoney(before.refunded, refunded);
  const wasPaid = before.state === "paid" || before.state === "refunded" || edit.payment?.kind === "paid";
  const isPaid = wasPaid || (isAllBack && paid.minor > 0);
  const isRefunded = isAllBack || (paid.minor > 0 && compareMoney(given, paid) >= 0);
  const state: PaymentState = isPaid ? (isRefunded ? "refunded" : "paid") : after.payment.state;
  return { ...before, state, paid, refunded: given };
}

/** What HQ gave back besides goods: what the shop owes for pieces comes on top of it. */
function givenByHq({ changes = [], currency }: Order): Money {
  return sumMoney(
    changes.flatMap(({ what }) => (what.kind === "refunded" ? [what.amount] : [])),
    currency,
  );
}

function greaterMoney(a: Money, b: Money): Money {
  return compareMoney(a, b) >= 0 ? a : b;
}

function doubtsOf(order: Order, edit: ShopEdit): ShopEditDoubts {
  return {
    handed: order.lines.flatMap((line) => pieces(line, keptOf(order, line.id) - wantedOf(edit, line))),
    added: edit.cancelled === null ? addedPieces(order, edit) : [],
    delivery: edit.cancelled === null ? otherDelivery(order, edit.delivery) : null,
  };
}

/** What the customer has and did not bring back. */
function keptOf(order: Order, line: LineId): number {
  return handedOf(order, line) - returnedPiecesOf(order, line);
}

function addedPieces(order: Order, edit: ShopEdit): readonly Pieces[] {
  const ordered = new Map(order.lines.map(({ id, quantity }) => [id, quantity]));
  return (edit.lines ?? []).flatMap((line) =>
    pieces(line, wantedOf(edit, line) - (ordered.get(line.id) ?? 0)),
  );
}

function pieces({ sku }: Pick<OrderLine, "sku">, quantity: number): readonly Pieces[] {
  return quantity > 0 ? [{ sku, quantity }] : [];
}

function otherDelivery(order: Order, wished: DeliveryWish | null): DeliveryWish | null {
  if (wished === null || isSameDelivery(withDelivery(order, wished).delivery, wished)) return null;
  return wished;
}

/** The edit that a refund, told of without the order it is of, comes to: with those that were told of before, each counted once. */
export function editOfRefunds(
  order: Order,
  refunds: readonly {
    readonly amount: Money;
    readonly lines: readonly { readonly line: LineId; readonly quantity: number }[];
  }[],
): ShopEdit {
  const off = (line: LineId) =>
    refunds
      .flatMap(({ lines }) => lines)
      .filter((each) => each.line === line)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  const stillWanted = order.lines
    .filter(({ id }) => off(id) > 0)
    .map(({ id, quantity }) => ({ line: id, quantity: Math.max(0, quantity - off(id)) }));
  const amounts = refunds.map(({ amount }) => amount).filter(({ currency }) => currency === order.currency);
  const refunded = sumMoney(amounts, order.currency);
  return { ...SAYS_NOTHING, stillWanted, refunded, cancelled: null };
}

/** The edit that a word of cancelling, without the order, comes to. */
export function editOfCancelling(order: Order, reason: string): ShopEdit {
  return { ...SAYS_NOTHING, stillWanted: [], refunded: money(0, order.currency), cancelled: { reason } };
}

/** An edit's word on what a message does not speak of. */
export const SAYS_NOTHING = { contact: null, delivery: null, payment: null, lines: null } as const;
