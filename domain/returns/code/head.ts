import { type ChannelId, idOf, instant, type StoreId } from "../../ids.ts";
import { type Currency, money } from "../../money/money.ts";
import { TILL_CHANNEL } from "../../orders/till-channel.ts";
import { dayNumberOf, dayOfNumber } from "../../store/business-day.ts";
import { formatReceiptNumber, parseReceiptNumber } from "../../ticket/receipt-number.ts";
import type { PaidWith, Purchase, PurchaseRef } from "../purchase.ts";
import { type ByteReader, type ByteWriter, MalformedCode } from "./bytes.ts";
import { APPROVAL_CODE_CHARS, KEY_ID_BYTES } from "./limits.ts";
import { readText, writeText } from "./text.ts";

/** Which purchase it was: all that a gift's code says. */
export type PurchaseIdentity = Pick<Purchase, "ref" | "number" | "channel" | "store" | "at" | "day">;

/** What every other code says of a purchase, with its lines or without. */
export type PurchaseHead = PurchaseIdentity & Pick<Purchase, "currency" | "taxMode" | "settled" | "paidWith">;

/** Days are counted from 2020-01-01, so that those of now take two bytes. */
const FIRST_DAY = 18_262;
const SECONDS_PER_DAY = 86_400;
const MS_PER_SECOND = 1_000;

const ORDER = 1;
const SUMMARY = 2;
const RECEIPT_NUMBER = 4;
const CHANNEL = 8;
const STORE = 16;
const EXCLUSIVE = 32;
const NAMELESS = 64;
const GIFT = 128;

const CASH = 0;
const CARD = 1;
const CREDIT = 2;
const ONLINE = 3;
const ONLINE_THIS_ORDER = 4;
const POINTS = 5;

/** The id of the key of the till that sold, in bytes; null where that till signs itself, and for orders. */
export type Origin = Uint8Array | null;

export interface ContentKind {
  /** The lines are not in it. */
  readonly summary: boolean;
  /** The promotions' names are not in it. */
  readonly nameless: boolean;
}

export function writeHead(
  writer: ByteWriter,
  head: PurchaseHead,
  { summary, nameless, origin }: ContentKind & { readonly origin: Origin },
): void {
  const flags =
    (summary ? SUMMARY : 0) | (head.taxMode === "exclusive" ? EXCLUSIVE : 0) | (nameless ? NAMELESS : 0);
  writeIdentity(writer, head, { flags, origin });
  for (const letter of head.currency) writer.byte(letter.charCodeAt(0));
  writer.signed(Math.max(0, head.settled.minor));
  writer.number(head.paidWith.length);
  for (const tender of head.paidWith) writeTender(writer, tender, head.ref);
}

/** A summary that says which purchase it was and nothing of what was paid. */
export function writeGift(
  writer: ByteWriter,
  identity: PurchaseIdentity,
  { origin }: { readonly origin: Origin },
): void {
  writeIdentity(writer, identity, { flags: SUMMARY | GIFT, origin });
}

function writeIdentity(
  writer: ByteWriter,
  { ref, number, channel, store, at, day }: PurchaseIdentity,
  { flags, origin }: { readonly flags: number; readonly origin: Origin },
): void {
  const receipt = receiptNumberIn(number);
  writer.byte(
    flags |
      (ref.kind === "order" ? ORDER : 0) |
      (receipt === null ? 0 : RECEIPT_NUMBER) |
      (channel === TILL_CHANNEL ? 0 : CHANNEL) |
      (store === null ? 0 : STORE),
  );
  if (origin !== null) writer.raw(origin);
  writeText(writer, ref.id);
  if (receipt === null) writeText(writer, number);
  else {
    writeText(writer, receipt.storeCode);
    writer.number(receipt.register);
    writer.number(receipt.counter);
  }
  if (channel !== TILL_CHANNEL) writeText(writer, channel);
  if (store !== null) writeText(writer, store);
  writer.signed(dayNumberOf(day) - FIRST_DAY);
  writer.signed(Math.floor(at / MS_PER_SECOND) - dayNumberOf(day) * SECONDS_PER_DAY);
}

export type ReadHead = { readonly origin: Origin } & (
  | { readonly gift: true; readonly identity: PurchaseIdentity }
  | { readonly gift: false; readonly head: PurchaseHead; readonly kind: ContentKind }
);

/** `byServer`: tickets that the server signs for name their till. Throws `MalformedCode`. */
export function readHead(reader: ByteReader, { byServer }: { readonly byServer: boolean }): ReadHead {
  const flags = reader.byte();
  const says = (flag: number): boolean => (flags & flag) !== 0;
  const origin = byServer && !says(ORDER) ? reader.raw(KEY_ID_BYTES) : null;
  const identity = readIdentity(reader, flags);
  if (says(GIFT)) {
    if (!says(SUMMARY) || says(EXCLUSIVE) || says(NAMELESS)) throw new MalformedCode("no gift's flags");
    return { origin, gift: true, identity };
  }
  const currency = readCurrency(reader);
  const settled = money(reader.signed(), currency);
  const paidWith = Array.from({ length: reader.count() }, () => readTender(reader, identity.ref, currency));
  const taxMode = says(EXCLUSIVE) ? "exclusive" : "inclusive";
  return {
    origin,
    gift: false,
    head: { ...identity, currency, taxMode, settled, paidWith },
    kind: { summary: says(SUMMARY), nameless: says(NAMELESS) },
  };
}

function readIdentity(reader: ByteReader, flags: number): PurchaseIdentity {
  const ref = readRef(reader, (flags & ORDER) !== 0);
  const number = (flags & RECEIPT_NUMBER) === 0 ? readText(reader) : readReceiptNumber(reader);
  const channel: ChannelId = (flags & CHANNEL) === 0 ? TILL_CHANNEL : idOf<"Channel">(readText(reader));
  const store: StoreId | null = (flags & STORE) === 0 ? null : idOf<"Store">(readText(reader));
  const dayNumber = FIRST_DAY + reader.signed();
  const day = dayOfNumber(dayNumber);
  const at = (dayNumber * SECONDS_PER_DAY + reader.signed()) * MS_PER_SECOND;
  if (day === null || !Number.isSafeInteger(at)) throw new MalformedCode("no day");
  return { ref, number, channel, store, at: instant(at), day };
}

/** The tender as a code keeps it. */
export function codedTender(tender: PaidWith): PaidWith {
  if (tender.kind !== "card") return tender;
  return { ...tender, approvalCode: [...tender.approvalCode].slice(-APPROVAL_CODE_CHARS).join("") };
}

/** Null for an order's number, and for one that is spelt as no till spells it. */
function receiptNumberIn(number: string): ReturnType<typeof parseReceiptNumber> {
  const parts = parseReceiptNumber(number);
  return parts !== null && parts.training === undefined && formatReceiptNumber(parts) === number
    ? parts
    : null;
}

function readReceiptNumber(reader: ByteReader): string {
  const storeCode = readText(reader);
  const register = reader.number();
  return formatReceiptNumber({ storeCode, register, counter: reader.number() });
}

function readRef(reader: ByteReader, isOrder: boolean): PurchaseRef {
  const id = readText(reader);
  return isOrder ? { kind: "order", id: idOf<"Order">(id) } : { kind: "ticket", id: idOf<"Ticket">(id) };
}

function readCurrency(reader: ByteReader): Currency {
  const letters = String.fromCharCode(reader.byte(), reader.byte(), reader.byte());
  if (!/^[A-Z]{3}$/.test(letters)) throw new MalformedCode("no currency");
  return idOf<"Currency">(letters);
}

function writeTender(writer: ByteWriter, tender: PaidWith, ref: PurchaseRef): void {
  writer.byte(tenderKind(tender, ref));
  writer.signed(tender.amount.minor);
  const coded = codedTender(tender);
  if (coded.kind === "card") writeText(writer, coded.approvalCode);
  if (coded.kind === "points") {
    writer.number(coded.points);
    writeText(writer, coded.customer);
  }
  if (coded.kind === "online" && coded.order !== ref.id) writeText(writer, coded.order);
}

function tenderKind(tender: PaidWith, ref: PurchaseRef): number {
  switch (tender.kind) {
    case "cash":
      return CASH;
    case "card":
      return CARD;
    case "credit":
      return CREDIT;
    case "points":
      return POINTS;
    case "online":
      return tender.order === ref.id ? ONLINE_THIS_ORDER : ONLINE;
  }
}

function readTender(reader: ByteReader, ref: PurchaseRef, currency: Currency): PaidWith {
  const kind = reader.byte();
  const amount = money(reader.signed(), currency);
  switch (kind) {
    case CASH:
      return { kind: "cash", amount };
    case CARD:
      return { kind: "card", amount, approvalCode: readText(reader) };
    case CREDIT:
      return { kind: "credit", amount };
    case POINTS: {
      const points = reader.number();
      return { kind: "points", amount, points, customer: idOf<"Customer">(readText(reader)) };
    }
    case ONLINE:
      return { kind: "online", amount, order: idOf<"Order">(readText(reader)) };
    case ONLINE_THIS_ORDER:
      return { kind: "online", amount, order: idOf<"Order">(ref.id) };
    default:
      throw new MalformedCode("paid with something unknown");
  }
}
