import type { ChannelId, Instant, StoreId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import {
  announcedReturn,
  arriveByDay,
  type RefusedByMail,
  type WantedByMail,
} from "#domain/returns/announce.ts";
import { givenBackBy, type MailRefund, mailRefundOf, splitRefund } from "#domain/returns/mail-refund.ts";
import {
  type ArrivedLine,
  arrivedPieces,
  type MailAct,
  type MailRefundPart,
  type MailRefundWay,
  type MailReturn,
  mailStateAfter,
  movementsOfArrival,
  movementsOfSendingBack,
} from "#domain/returns/mail-return.ts";
import { purchaseKey } from "#domain/returns/purchase.ts";
import { causeOf } from "#domain/stock/movements.ts";
import type { StockMovement } from "#domain/stock/stock.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import { CREDIT_CODE_BYTES, creditCodeOf } from "#domain/value/credit-code.ts";
import { bookCredit } from "../credits/book.ts";
import { type ReturnEventType, returnEvent } from "../events/return-events.ts";
import { holderOfLease } from "../orders/standing-lease.ts";
import { countMailReturn } from "../reports/book-order-sale.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { bookMovement } from "../sync/stock-booking.ts";
import { bookReturn } from "./book.ts";
import {
  isReached,
  type NamingRefusal,
  type PurchaseName,
  policyFor,
  purchaseNamed,
  standingOf,
  todayFor,
} from "./mail-purchase.ts";

export interface Announcement {
  readonly channel: ChannelId;
  /** Channels of which the shop that announces it may name orders; none: of all, and till sales by their bare number too. */
  readonly reach: readonly ChannelId[];
  readonly externalId: string;
  readonly purchase: PurchaseName;
  readonly wanted: readonly WantedByMail[];
  readonly note: string;
}

/** What became of an announcement. `mailReturn` null: nothing of it was taken. */
export interface Announced {
  readonly mailReturn: MailReturn | null;
  readonly refused: readonly RefusedByMail[];
  readonly isNew: boolean;
}

/** What came in a parcel. */
export interface Parcel {
  readonly by: string;
  readonly store: StoreId | null;
  readonly note: string;
  readonly lines: readonly ArrivedLine[];
}

/** `notNow`: the return has gone on; see `MAIL_TRANSITIONS`. */
type ActRefusal = "noSuchReturn" | "notNow";
export type ReceivingRefusal = ActRefusal | "unknownLine" | "moreThanBought" | "storeMissing";
/** `heldByTill`: one is taking the same purchase back right now; `nothingLeft`: all of it came back elsewhere. */
export type RefundingRefusal = ActRefusal | "heldByTill" | "nothingLeft" | "notThisWay" | "notAllOfIt";

/** Everything the server does with goods that come back by mail. Each act is one transaction with its bookings and the event that tells of it. */
export interface MailReturns {
  /** Idempotent by channel and the shop's id: asking again, whatever it says then, answers the return as it is. */
  announce(announcement: Announcement): Promise<Result<Announced, NamingRefusal>>;
  /** What came goes on sale again, or wherever it was decided; the money waits. */
  receive(id: string, parcel: Parcel): Promise<Result<MailReturn, ReceivingRefusal>>;
  /** Works out what is given back and books it as a till's return is booked: by the return's id, once. */
  refund(
    id: string,
    how: { readonly by: string; readonly way: MailRefundWay },
  ): Promise<Result<MailReturn, RefundingRefusal>>;
  /** What came leaves the stock again: it goes back to the customer. */
  reject(
    id: string,
    why: { readonly by: string; readonly reason: string },
  ): Promise<Result<MailReturn, ActRefusal>>;
  /** Ends returns of which nothing came in time. Safe to call at any time, any number of times. */
  lapse(): Promise<void>;
}

interface Parts {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Answers so many bytes that nobody can guess. */
  readonly randomBytes: (size: number) => Uint8Array;
}

export function createMailReturns(parts: Parts): MailReturns {
  const { publisher } = parts;
  return {
    announce: (announcement) =>
      publisher.publish((publication) => announce(publication, parts, announcement)),
    receive: (id, parcel) => publisher.publish((publication) => receive(publication, parts, { id, parcel })),
    refund: (id, how) => publisher.publish((publication) => refund(publication, parts, { id, ...how })),
    reject: (id, why) => publisher.publish((publication) => reject(publication, parts, { id, ...why })),
    lapse: () => lapseAll(parts),
  };
}

async function announce(
  publication: Publication,
  { newId }: Parts,
  { channel, reach, externalId, purchase: name, wanted, note }: Announcement,
): Promise<Result<Announced, NamingRefusal>> {
  const { tx, at } = publication;
  const known = await tx.mailReturnNamed({ channel, externalId });
  if (known !== null) return ok({ mailReturn: known, refused: [], isNew: false });
  const named = await purchaseNamed(tx, name);
  if (!named.ok) return named;
  if (!(await isReached(tx, { name, purchase: named.value.purchase, reach })))
    return refused("noSuchPurchase");
  const standing = await standingOf(tx, named.value.purchase);
  const { purchase } = standing;
  const today = await todayFor(publication, purchase);
  const others = await tx.mailReturnsOf(purchase.ref);
  const { lines, refused: refusals } = announcedReturn({ standing, wanted, others, today });
  if (lines.length === 0) return ok({ mailReturn: null, refused: refusals, isNew: true });
  const mailReturn: MailReturn = {
    id: newId(),
    channel,
    externalId,
    purchase,
    announcedAt: at,
    arriveBy: arriveByDay(lines, today),
    lines,
    note,
    isGift: named.value.isGift,
    state: "announced",
    arrivals: [],
    refund: null,
    rejection: null,
  };
  await keep(publication, { newId, mailReturn, type: "return.announced" });
  return ok({ mailReturn, refused: refusals, isNew: true });
}

async function receive(
  publication: Publication,
  { newId }: Parts,
  { id, parcel }: { readonly id: string; readonly parcel: Parcel },
): Promise<Result<MailReturn, ReceivingRefusal>> {
  const open = await inReachOf(publication.tx, id, "receive");
  if (!open.ok) return open;
  const before = open.value;
  const { purchase } = await standingOf(publication.tx, before.purchase);
  const after: MailReturn = {
    ...before,
    purchase,
    state: "received",
    arrivals: [...before.arrivals, { ...parcel, at: publication.at }],
  };
  for (const { position } of parcel.lines) {
    const bought = purchase.lines.find((line) => line.position === position);
    if (bought === undefined) return refused("unknownLine");
    if (arrivedPieces(after, position) > bought.quantity) return refused("moreThanBought");
  }
  if (parcel.store === null && parcel.lines.some(({ disposition }) => disposition === "stock"))
    return refused("storeMissing");
  await move(publication, movementsOfArrival(after));
  await keep(publication, { newId, mailReturn: after, type: "return.received" });
  return ok(after);
}

async function refund(
  publication: Publication,
  { newId, randomBytes }: Parts,
  { id, by, way }: { readonly id: string; readonly by: string; readonly way: MailRefundWay },
): Promise<Result<MailReturn, RefundingRefusal>> {
  const { tx, at } = publication;
  const open = await inReachOf(tx, id, "refund");
  if (!open.ok) return open;
  const before = open.value;
  const { ref } = before.purchase;
  const holder = await holderOfLease(tx, { subject: `receipt:${purchaseKey(ref)}`, at });
  if (holder !== null) return refused("heldByTill");
  const due = await refundDue(tx, before, at);
  if (due.act.lines.every(({ pieces }) => pieces === 0)) return refused("nothingLeft");
  const parts = splitRefund(due, way, () => creditCodeOf(randomBytes(CREDIT_CODE_BYTES)));
  if (!parts.ok) return parts;
  const act = { ...due.act, to: givenBackBy(parts.value, due) };
  const after: MailReturn = { ...before, state: "refunded", refund: { at, by, act, parts: parts.value } };
  await tx.putMailReturn(after);
  await bookReturn(publication, { purchase: ref, act, newId });
  await countMailReturn(tx, after);
  await giveCredit(publication, after, parts.value);
  await keep(publication, { newId, mailReturn: after, type: "return.refunded" });
  return ok(after);
}

/** Tills take the code from now on. */
async function giveCredit(
  publication: Publication,
  { id, arrivals }: MailReturn,
  parts: readonly MailRefundPart[],
): Promise<void> {
  for (const part of parts) {
    if (part.way !== "credit") continue;
    const { code, amount } = part;
    await bookCredit(publication, {
      id: `${id}:credit`,
      kind: "issued",
      code,
      amount,
      at: publication.at,
      ticket: null,
      number: null,
      store: arrivals.at(-1)?.store ?? null,
      device: null,
      staff: null,
    });
  }
}

/** What would be given back for what came, as all stands now. */
export async function refundDue(
  tx: ReadTransaction,
  mailReturn: MailReturn,
  at: Instant,
): Promise<MailRefund> {
  const standing = await standingOf(tx, mailReturn.purchase);
  const policy = await policyFor(tx, standing.purchase);
  return mailRefundOf({ mailReturn, standing, policy, at });
}

async function reject(
  publication: Publication,
  { newId }: Parts,
  { id, by, reason }: { readonly id: string; readonly by: string; readonly reason: string },
): Promise<Result<MailReturn, ActRefusal>> {
  const open = await inReachOf(publication.tx, id, "reject");
  if (!open.ok) return open;
  const rejection = { at: publication.at, by, reason };
  const after: MailReturn = { ...open.value, state: "rejected", rejection };
  await move(publication, movementsOfSendingBack(after));
  await keep(publication, { newId, mailReturn: after, type: "return.rejected" });
  return ok(after);
}

/** Ended in one transaction at most, so that tills that push need not wait for long. */
const STEP = 100;

async function lapseAll({ publisher, newId, now }: Parts): Promise<void> {
  const day = businessDayOf({ at: now(), timeZone: "UTC" });
  let after = "";
  for (;;) {
    const looked = await publisher.publish(async (publication) => {
      const overdue = await publication.tx.overdueMailReturns({ before: day, after, limit: STEP });
      for (const mailReturn of overdue) {
        const today = await todayFor(publication, mailReturn.purchase);
        const state = mailStateAfter(mailReturn.state, "lapse");
        if (state === null || mailReturn.arriveBy >= today) continue;
        await keep(publication, { newId, mailReturn: { ...mailReturn, state }, type: "return.lapsed" });
      }
      return overdue;
    });
    if (looked.length < STEP) return;
    after = looked.at(-1)?.id ?? after;
  }
}

async function inReachOf(
  tx: ReadTransaction,
  id: string,
  act: MailAct,
): Promise<Result<MailReturn, ActRefusal>> {
  const found = await tx.mailReturn(id);
  if (found === null) return refused("noSuchReturn");
  return mailStateAfter(found.state, act) === null ? refused("notNow") : ok(found);
}

async function move(publication: Publication, movements: readonly StockMovement[]): Promise<void> {
  for (const movement of movements) {
    const cause = causeOf(movement.reason);
    if (cause === null) continue;
    const isMoved = await bookMovement(publication, movement, { cause, actedAt: publication.at });
    if (isMoved) await publication.republishStock(movement);
  }
}

async function keep(
  { tx, at }: Publication,
  {
    newId,
    mailReturn,
    type,
  }: { readonly newId: () => string; readonly mailReturn: MailReturn; readonly type: ReturnEventType },
): Promise<void> {
  await tx.putMailReturn(mailReturn);
  await tx.addEvent(returnEvent({ id: newId(), type, mailReturn, at }));
}
