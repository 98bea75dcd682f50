import type { Exception, ExceptionKind } from "#domain/exceptions/exceptions.ts";
import { type FulfilmentId, instant } from "#domain/ids.ts";
import { effectsOf, ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { momentOf } from "#domain/journal/moment.ts";
import { type TillAct, takesGoodsAway } from "#domain/orders/act.ts";
import { judge } from "#domain/orders/judge.ts";
import type { Fulfilment, Order } from "#domain/orders/order.ts";
import { isPaidAgain } from "#domain/orders/payment.ts";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import { raiseException } from "../exceptions/raise.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { amountsOf } from "./order-exceptions.ts";
import { partOf, perform } from "./perform.ts";
import { placeAtTill } from "./place-at-till.ts";
import { staffName } from "./staff-name.ts";

/** Books what an entry says of orders, once by its id. A fact is never refused: what it contradicts becomes an exception. */
export async function bookOrderFact(
  publication: Publication,
  {
    device,
    entry,
    newId,
  }: { readonly device: DeviceRecord; readonly entry: JournalEntry; readonly newId: () => string },
): Promise<void> {
  const { act, placed } = effectsOf(entry);
  if (act === null && placed === null) return;
  if (!(await publication.tx.noteOrderAct(entry.id, publication.at))) return;
  if (placed !== null) await placeAtTill(publication, { ...placed, device, entry, newId });
  if (act !== null) await bookAct(publication, { ...act, device, entry, newId });
}

interface Booking {
  readonly fulfilment: FulfilmentId;
  readonly act: TillAct;
  readonly device: DeviceRecord;
  readonly entry: JournalEntry;
  readonly newId: () => string;
}

async function bookAct(publication: Publication, booking: Booking): Promise<void> {
  const { fulfilment: id, act, device, entry, newId } = booking;
  const { tx } = publication;
  const order = await tx.orderOfFulfilment(id);
  const before = order === null ? undefined : partOf(order, id);
  // A till is told of its own store's orders alone: whatever it says of another's is as if it made that up.
  if (order === null || before === undefined || before.store !== device.store)
    return raiseUnknown(publication, booking);
  const store = await tx.store(before.store);
  const { keepReadyMs } = orderPolicyOf(store ?? {});
  const context = {
    at: momentOf({
      entry,
      clockOffsetMs: device.clockOffsetMs,
      receivedAt: publication.at,
      notBefore: instant(0),
    }),
    by: { kind: "staff", staff: entry.staff, device: device.id } as const,
    keepReadyMs,
  };
  const ticket = ticketOf(entry.fact);
  const contradictions = judge({ before, act });
  await raiseJudged(publication, contradictions, { order, before, booking });
  const after = await perform(publication, { order, fulfilment: id, act, context, ticket }, newId);
  // Who was handed it twice and paid twice is one matter.
  if (isPaidAgain(order.payment, ticket) && !contradictions.includes("handedOutTwice"))
    await raisePaidAgain(publication, { order: after, before, booking });
}

/** Somebody has to give back what the customer paid twice. */
async function raisePaidAgain(
  publication: Publication,
  {
    order,
    before,
    booking: { device, entry },
  }: { readonly order: Order; readonly before: Fulfilment; readonly booking: Booking },
): Promise<void> {
  await raiseException(publication, {
    id: `paidAmountDiffers:${before.id}:${device.id}`,
    kind: "paidAmountDiffers",
    store: before.store,
    subject: { order: order.id, fulfilment: before.id },
    detail: {
      ...amountsOf(order),
      register: String(device.register),
      staff: await staffName(publication.tx, entry.staff),
    },
  });
}

async function raiseJudged(
  publication: Publication,
  kinds: readonly ExceptionKind[],
  {
    order,
    before,
    booking,
  }: { readonly order: Order; readonly before: Fulfilment; readonly booking: Booking },
): Promise<void> {
  const { act, device, entry } = booking;
  for (const kind of kinds) {
    // Two tills that clash are one exception, however many pieces they clash over.
    const id = kind === "handedOutTwice" ? `${kind}:${before.id}:${device.id}` : `${kind}:${before.id}`;
    const isSettled = act.type === "picked" && act.rest !== null && act.rest !== "askHq";
    await raiseException(publication, {
      id,
      kind,
      store: before.store,
      subject: { order: order.id, fulfilment: before.id },
      detail: await detailOf(publication.tx, { order, before, booking }),
      // The store has decided already what becomes of the rest; nobody else has to.
      closing: isSettled
        ? {
            resolution: act.rest === "refundRest" ? "refund" : "reroute",
            by: await staffName(publication.tx, entry.staff),
            note: "",
            at: publication.at,
          }
        : null,
    });
  }
}

async function detailOf(
  tx: ReadTransaction,
  {
    order,
    before,
    booking,
  }: { readonly order: Order; readonly before: Fulfilment; readonly booking: Booking },
): Promise<Exception["detail"]> {
  const { act, device, entry } = booking;
  const staff = await staffName(tx, entry.staff);
  const common = { number: order.number, state: before.state, staff };
  const reason = act.type === "handedOver" && act.override !== null ? { reason: act.override.reason } : {};
  if (act.type === "picked")
    return { ...common, pieces: String(missingPieces(before, act)), register: String(device.register) };
  const first = before.trace.findLast((trace) => takesGoodsAway(trace.act))?.by;
  const earlier = first?.kind === "staff" ? await tx.device(first.device) : null;
  if (earlier === null) return { ...common, ...reason, register: String(device.register) };
  return {
    ...common,
    ...reason,
    firstRegister: String(earlier.register),
    secondRegister: String(device.register),
  };
}

function missingPieces(before: Fulfilment, act: Extract<TillAct, { readonly type: "picked" }>): number {
  const found = new Map(act.lines.map(({ line, quantity }) => [line, quantity]));
  return before.lines.reduce(
    (sum, { line, quantity, missing }) => sum + Math.max(0, quantity - missing - (found.get(line) ?? 0)),
    0,
  );
}

/** A fact about an order that this server has never heard of, for it may have been restored from a backup, or that is none of this till's store. Goods that left have left. */
async function raiseUnknown(
  publication: Publication,
  { fulfilment, act, device, entry }: Booking,
): Promise<void> {
  const kind = takesGoodsAway(act.type) ? "handedOutAfterCancellation" : "noStoreForOrder";
  const staff = await staffName(publication.tx, entry.staff);
  await raiseException(publication, {
    id: `unknownOrder:${kind}:${fulfilment}`,
    kind,
    store: device.store,
    subject: null,
    detail: { number: fulfilment, state: act.type, register: String(device.register), staff },
  });
}
