import type { FulfilmentId, Instant, LineId } from "../ids.ts";
import { addMoney, compareMoney, subtractMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import { ok, type Result, refused } from "../result.ts";
import type { ActContext } from "./act.ts";
import { givenUpOf, handedOf } from "./giving-up.ts";
import {
  MAX_CHANGES_PER_ORDER,
  type Order,
  type OrderChange,
  type OrderContact,
  type OrderField,
  type PostalAddress,
} from "./order.ts";
import { type Unwanted, withDelivery, withoutUnwanted } from "./shop-edit.ts";
import { TILL_CHANNEL } from "./till-channel.ts";
import { isOpen } from "./transitions.ts";

/** What HQ wants of an order instead; what it does not speak of is null. */
export interface HqEdit {
  readonly contact: Pick<OrderContact, "name" | "email" | "phone"> | null;
  readonly address: PostalAddress | null;
  readonly note: string | null;
  /** Pieces that are wanted in all, handed over or not: fewer than were ordered. */
  readonly pieces: readonly { readonly line: LineId; readonly quantity: number }[];
  /** How long parcels that are ready are kept for the customer. */
  readonly collectBy: readonly { readonly fulfilment: FulfilmentId; readonly at: Instant }[];
  readonly reason: string;
}

export type EditRefusal =
  | "nothingChanges"
  | "isOver"
  | "unknownLine"
  | "moreThanOrdered"
  | "alreadyHanded"
  | "alreadySent"
  | "notReady"
  | "inThePast"
  | "tooManyChanges";

/**
 * An order as HQ changed it, with a note of who, why and which parts of it. Unlike a shop's word, which has happened already, an edit that does not
 * fit where the order stands is refused whole.
 */
export function editedByHq(
  order: Order,
  { edit, context }: { readonly edit: HqEdit; readonly context: ActContext },
): Result<Order, EditRefusal> {
  const refusal = editRefusal(order, edit, context);
  if (refusal !== null) return refused(refusal);
  const { contact, address, note, reason } = edit;
  const told: Order = {
    ...withDelivery(order, address === null ? null : { kind: "ship", address }),
    contact: contact === null ? order.contact : { ...order.contact, ...contact },
    note: note ?? order.note,
  };
  const lessened = withoutUnwanted(told, { unwanted: unwantedOf(order, edit), reason, context });
  const kept: Order = {
    ...lessened,
    fulfilments: lessened.fulfilments.map((part) => {
      const wanted = edit.collectBy.find(({ fulfilment }) => fulfilment === part.id);
      return wanted === undefined ? part : { ...part, collectBy: wanted.at };
    }),
  };
  const fields = fieldsOf(order, kept);
  if (fields.length === 0) return refused("nothingChanges");
  return ok(noted(kept, { at: context.at, by: context.by, reason, what: { kind: "edited", fields } }));
}

function editRefusal(order: Order, edit: HqEdit, { at }: ActContext): EditRefusal | null {
  if ((order.changes ?? []).length >= MAX_CHANGES_PER_ORDER) return "tooManyChanges";
  if (order.cancelledAt !== null) return "isOver";
  for (const { line, quantity } of edit.pieces) {
    const ordered = order.lines.find(({ id }) => id === line);
    if (ordered === undefined) return "unknownLine";
    if (quantity > ordered.quantity - givenUpOf(order, line)) return "moreThanOrdered";
    if (quantity < handedOf(order, line)) return "alreadyHanded";
  }
  const goesOut = order.delivery.kind === "ship";
  const isSent = order.fulfilments.some(({ state }) => state === "shipped");
  if (edit.address !== null && (!goesOut || isSent)) return "alreadySent";
  for (const { fulfilment, at: until } of edit.collectBy) {
    const part = order.fulfilments.find(({ id }) => id === fulfilment);
    if (part === undefined || !isOpen(part.state) || part.collectBy === null) return "notReady";
    if (until <= at) return "inThePast";
  }
  return null;
}

function unwantedOf(order: Order, { pieces }: HqEdit): readonly Unwanted[] {
  return pieces.flatMap(({ line, quantity }) => {
    const ordered = order.lines.find(({ id }) => id === line)?.quantity ?? 0;
    const tooMany = ordered - givenUpOf(order, line) - quantity;
    return tooMany > 0 ? [{ line, quantity: tooMany }] : [];
  });
}

function fieldsOf(before: Order, after: Order): readonly OrderField[] {
  const isOther = (pick: (order: Order) => unknown) =>
    JSON.stringify(pick(before)) !== JSON.stringify(pick(after));
  const changed: readonly (readonly [OrderField, boolean])[] = [
    ["contact", isOther(({ contact }) => contact)],
    ["address", isOther(({ delivery }) => delivery)],
    ["note", isOther(({ note }) => note)],
    ["pieces", isOther(({ givenUp }) => givenUp)],
    [
      "collectBy",
      isOther(({ fulfilments }) =>
        fulfilments.map(({ collectBy, state }) => (isOpen(state) ? collectBy : null)),
      ),
    ],
  ];
  return changed.filter(([, isChanged]) => isChanged).map(([field]) => field);
}

export type RefundRefusal =
  | "nothingToGiveBack"
  | "moreThanPaid"
  | "wrongCurrency"
  | "paidInStore"
  | "tooManyChanges"
  | "otherUnderId";

/**
 * An order of which HQ gives money back besides goods: a gesture, a price that was wrong. Its shop gives it back to how it was paid and learns of it
 * by `order.refunded`. What was paid in a store is given back there, by its receipt. What has an id is given back once: asked again, the order is as it
 * was. Refused where something else has that id.
 */
export function refundedByHq(
  order: Order,
  {
    id,
    amount,
    reason,
    context: { at, by },
  }: {
    readonly id?: string | undefined;
    readonly amount: Money;
    readonly reason: string;
    readonly context: Pick<ActContext, "at" | "by">;
  },
): Result<Order, RefundRefusal> {
  const { payment, channel } = order;
  const done = id === undefined ? undefined : order.changes?.find((change) => change.id === id);
  if (done !== undefined) return isSameRefund(done, { amount, reason }) ? ok(order) : refused("otherUnderId");
  if ((order.changes ?? []).length >= MAX_CHANGES_PER_ORDER) return refused("tooManyChanges");
  if (amount.currency !== order.currency) return refused("wrongCurrency");
  if (channel === TILL_CHANNEL || payment.state === "toPayAtPickup") return refused("paidInStore");
  if (amount.minor <= 0) return refused("nothingToGiveBack");
  if (compareMoney(amount, refundableOf(order)) > 0) return refused("moreThanPaid");
  const given = addMoney(payment.refunded, amount);
  const isAll = payment.state === "paid" && compareMoney(given, payment.paid) >= 0;
  const after: Order = {
    ...order,
    payment: { ...payment, refunded: given, state: isAll ? "refunded" : payment.state },
  };
  const told = { at, by, reason, what: { kind: "refunded", amount } } as const;
  return ok(noted(after, id === undefined ? told : { id, ...told }));
}

function isSameRefund(
  { what, reason: told }: OrderChange,
  { amount, reason }: { readonly amount: Money; readonly reason: string },
): boolean {
  if (what.kind !== "refunded" || told !== reason) return false;
  return what.amount.minor === amount.minor && what.amount.currency === amount.currency;
}

/** The most that can still be given back of an order: what was paid for it online and was not given back. */
export function refundableOf({ payment, channel }: Pick<Order, "payment" | "channel">): Money {
  const left = subtractMoney(payment.paid, payment.refunded);
  const isShops = channel !== TILL_CHANNEL && payment.state !== "toPayAtPickup";
  return { ...left, minor: isShops ? Math.max(0, left.minor) : 0 };
}

function noted(order: Order, change: OrderChange): Order {
  return { ...order, changes: [...(order.changes ?? []), change] };
}
