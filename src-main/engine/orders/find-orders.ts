import type { StoreOrder } from "#domain/orders/order.ts";
import { isPickupCode, normalisePickupCode, readPickupQr } from "#domain/orders/pickup-code.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import { fold } from "#domain/text/fold.ts";
import { sha256Hex } from "../journal/journal.ts";

const MIN_PHONE_DIGITS = 4;
const MIN_WHOLE_NUMBER = 6;

/** How well an order fits what was typed; 0 when it does not. */
function fitOf(order: StoreOrder, asked: Asked): number {
  const number = fold(order.number);
  const { pickup } = order.fulfilment;
  if (asked.number !== null) return number === asked.number ? 9 : 0;
  if (
    asked.code !== null &&
    pickup !== null &&
    isPickupCode({ code: asked.code, verifier: pickup, sha256Hex })
  )
    return 9;
  if (number === asked.text) return 8;
  if (number.endsWith(asked.text)) return 6;
  if (number.includes(asked.text)) return 5;
  const name = fold(order.contact.name);
  if (asked.words.every((word) => name.split(/\s+/).some((each) => each.startsWith(word)))) return 4;
  if (asked.words.every((word) => name.includes(word))) return 3;
  return isPhone(order.contact.phone ?? "", asked.digits) ? 2 : 0;
}

/** 030 1234567, +49 30 1234567 and its last digits are one number. */
function isPhone(known: string, asked: string): boolean {
  if (asked.length < MIN_PHONE_DIGITS) return false;
  const phone = known.replaceAll(/\D/g, "").replace(/^0+/, "");
  return phone.endsWith(asked) || (phone.length >= MIN_WHOLE_NUMBER && asked.endsWith(phone));
}

interface Asked {
  readonly text: string;
  readonly words: readonly string[];
  readonly digits: string;
  readonly code: string | null;
  /** Of a pickup QR. */
  readonly number: string | null;
}

/** Orders by pickup code or QR, order number, name or phone: best first, and among equals what is still to do, the newest first. */
export function findOrders(orders: readonly StoreOrder[], typed: string): readonly StoreOrder[] {
  const qr = readPickupQr(typed.trim());
  const text = fold(typed).trim();
  if (text === "") return [];
  const asked: Asked = {
    text,
    words: text.split(/\s+/),
    digits: nationalDigits(typed),
    code: normalisePickupCode(typed),
    number: qr === null ? null : fold(qr.number),
  };
  return orders
    .map((order) => ({ order, fit: fitOf(order, asked) }))
    .filter(({ fit }) => fit > 0)
    .toSorted(
      (a, b) =>
        b.fit - a.fit || openFirst(a.order) - openFirst(b.order) || b.order.placedAt - a.order.placedAt,
    )
    .map(({ order }) => order);
}

/** Digits without the leading zero; none where something else than a telephone number was typed. */
function nationalDigits(typed: string): string {
  return /^[\d\s+()/-]+$/.test(typed) ? typed.replaceAll(/\D/g, "").replace(/^0+/, "") : "";
}

function openFirst({ fulfilment: { state } }: StoreOrder): number {
  return isOpen(state) ? 0 : 1;
}
