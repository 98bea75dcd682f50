import { z } from "zod";
import { addMoney, compareMoney, isZero, subtractMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import { decimalText } from "#domain/money/format.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";
import { handedOf } from "#domain/orders/giving-up.ts";
import type { Order } from "#domain/orders/order.ts";
import { refundedByShop } from "#domain/orders/order-return.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import { ok, type Result } from "#domain/result.ts";
import type { NotTold } from "../answers.ts";
import { decimalSchema } from "../decimal.ts";
import type { OrderNews, Told } from "../port.ts";
import { type ReturnElsewhere, returnsElsewhere } from "../return-words.ts";
import { isElsewhere } from "./amounts.ts";
import type { Call } from "./rest.ts";

/** News after which nothing is to be done there. */
const NO_NEWS: readonly OrderNews["type"][] = [
  "order.placed",
  "order.accepted",
  "order.rerouted",
  "order.reminder",
];
/** Statuses from which WooCommerce never goes on: what is given back then was decided there. */
const OVER = ["cancelled", "refunded", "trash"];
/** Ways to pay that no gateway gives money back by: WooCommerce refuses to have it done, and only books it. */
const WITHOUT_GATEWAY = ["cod", "bacs", "cheque", ""];

const done = z.looseObject({ id: z.number() });
const notesSchema = z.array(z.looseObject({ note: z.string() }));

function orderSchema(currency: Currency) {
  const amount = decimalSchema(currency);
  return z.looseObject({
    status: z.string(),
    total: amount,
    payment_method: z.string().default(""),
    refunds: z.array(z.looseObject({ total: amount, reason: z.string().nullish() })).default([]),
  });
}
type OrderThere = z.output<ReturnType<typeof orderSchema>>;

interface Note {
  readonly note: string;
  /** To be mailed to the customer. */
  readonly customer_note: boolean;
}

/**
 * Makes the order there what it is here: looks it up, then does only what is missing. Money goes back first; then notes, then the status. What
 * WooCommerce refuses does not keep the rest from being done, and is told in the end; what may work later stops it at once.
 */
export async function tellWooOrder(call: Call, news: OrderNews): Promise<Told> {
  if (NO_NEWS.includes(news.type)) return { kind: "told" };
  const { order } = news;
  const path = `orders/${encodeURIComponent(order.externalId)}`;
  const there = await call({ method: "GET", path, answer: orderSchema(order.currency) });
  if (!there.ok) return there.reason;
  let refusal: NotTold | null = null;
  const due = refundDue(order, there.value);
  const isAllBack =
    order.payment.refunded.minor > 0 && compareMoney(order.payment.refunded, there.value.total) >= 0;
  const elsewhere = OVER.includes(there.value.status) ? [] : elsewhereDue(news, there.value);
  const steps = [
    ...elsewhere.map((each) => () => bookElsewhere(call, { path, each })),
    ...(isZero(due) ? [] : [() => giveBack(call, { path, due, there: there.value })]),
    ...(OVER.includes(there.value.status) ? [] : [() => writeNotes(call, { path, notes: notesOf(news) })]),
    () =>
      setStatus(call, {
        path,
        status: statusDue(order, there.value, { isAllBack: isAllBack && refusal === null }),
      }),
  ];
  for (const step of steps) {
    const went = await step();
    if (went.ok) continue;
    if (went.reason.kind === "later") return went.reason;
    refusal ??= went.reason;
  }
  return refusal ?? { kind: "told" };
}

type Went = Result<unknown, NotTold>;

/** By the shop itself: what was given back over a counter is booked there too. */
function refundedThere({ refunds, total }: OrderThere): Money {
  return money(
    refunds
      .filter((refund) => !isElsewhere(refund))
      .reduce((sum, refund) => sum + Math.abs(refund.total.minor), 0),
    total.currency,
  );
}

/** What a store gave back and WooCommerce does not know of yet. */
function elsewhereDue(news: OrderNews, { refunds }: OrderThere): readonly ReturnElsewhere[] {
  const booked = refunds.map(({ reason }) => asWritten(reason ?? ""));
  return returnsElsewhere(news).filter(({ mark }) => !booked.some((reason) => reason.startsWith(mark)));
}

/** Booked and not given back: the customer has the money. */
function bookElsewhere(
  call: Call,
  { path, each }: { readonly path: string; readonly each: ReturnElsewhere },
): Promise<Went> {
  const body = {
    amount: decimalText(each.amount),
    reason: each.words,
    api_refund: false,
    api_restock: false,
  };
  return call({ method: "POST", path: `${path}/refunds`, body, answer: done });
}

/** WordPress keeps text as HTML. */
function asWritten(text: string): string {
  return text.replaceAll(/&(amp|#0?38);/g, "&").trim();
}

/** What is to be given back beyond what was given back there; an order that was cancelled there is left alone. */
function refundDue(order: Order, there: OrderThere): Money {
  const givenBack = refundedThere(there);
  const toGiveBack = refundedByShop(order);
  const isDue = !OVER.includes(there.status) && compareMoney(toGiveBack, givenBack) > 0;
  return isDue ? subtractMoney(toGiveBack, givenBack) : zeroMoney(order.currency);
}

/** By the payment's own gateway, where it has one; stock is told for itself. What was transferred to the shop is a person's to transfer back: noted. */
async function giveBack(
  call: Call,
  { path, due, there }: { readonly path: string; readonly due: Money; readonly there: OrderThere },
): Promise<Went> {
  const { payment_method: method } = there;
  const api_refund = !WITHOUT_GATEWAY.includes(method);
  if (!api_refund && method !== "cod") {
    // With the sum of all of them, since notes are known by their words, and the next one may be of the same amount.
    const inAll = decimalText(addMoney(refundedThere(there), due));
    const note = `To be paid back by hand: ${decimalText(due)} ${due.currency} (refunded in all: ${inAll})`;
    const noted = await writeNotes(call, { path, notes: [{ note, customer_note: false }] });
    if (!noted.ok) return noted;
  }
  const body = { amount: decimalText(due), reason: "Onetill", api_refund, api_restock: false };
  return call({ method: "POST", path: `${path}/refunds`, body, answer: done });
}

/** Tracking numbers are mailed to the customer, in words of no language; that an order lies ready is noted for the shop's own people. */
function notesOf({ order, stores }: OrderNews): readonly Note[] {
  return order.fulfilments.flatMap(({ kind, state, store, parcels }): readonly Note[] => {
    if (kind === "ship")
      return parcels.map(({ carrier, tracking }) => ({
        note: `${carrier} ${tracking}`.trim(),
        customer_note: true,
      }));
    if (state !== "ready") return [];
    const name = stores.find((each) => each.store === store)?.name ?? "the store";
    return [{ note: `Ready to be collected: ${name}`, customer_note: false }];
  });
}

/** Writes the notes that are not there yet: the notes themselves say what was written. */
async function writeNotes(
  call: Call,
  { path, notes }: { readonly path: string; readonly notes: readonly Note[] },
): Promise<Went> {
  if (notes.length === 0) return ok(null);
  const there = await call({ method: "GET", path: `${path}/notes`, answer: notesSchema });
  if (!there.ok) return there;
  const written = new Set(there.value.map(({ note }) => asWritten(note)));
  for (const body of notes) {
    if (written.has(body.note)) continue;
    const went = await call({ method: "POST", path: `${path}/notes`, body, answer: done });
    if (!went.ok) return went;
    written.add(body.note);
  }
  return ok(null);
}

/** Null where its status is right already. An order that was given back whole becomes `refunded` there by itself. */
function statusDue(
  order: Order,
  there: OrderThere,
  { isAllBack }: { readonly isAllBack: boolean },
): string | null {
  if ([...OVER, "completed"].includes(there.status)) return null;
  const isHanded = handedOf(order) > 0;
  if (order.cancelledAt !== null && !isHanded) return isAllBack ? null : "cancelled";
  return isHanded && order.fulfilments.every(({ state }) => !isOpen(state)) ? "completed" : null;
}

async function setStatus(
  call: Call,
  { path, status }: { readonly path: string; readonly status: string | null },
): Promise<Went> {
  return status === null ? ok(null) : call({ method: "PUT", path, body: { status }, answer: done });
}
