import type { Instant } from "#domain/ids.ts";
import { sumMoney } from "#domain/money/arithmetic.ts";
import { arrivedPieces, type MailReturn } from "#domain/returns/mail-return.ts";
import type { ShopReturn } from "#protocol/shop/return.ts";
import type { OutgoingEvent } from "./port.ts";

/** What other programs can be told of a return by mail, and when. */
export const RETURN_EVENTS = {
  "return.announced": "Goods are to come back by mail.",
  "return.received": "Goods came, all of what was announced or a part; `arrived` says how many pieces.",
  "return.refunded": "The money is given back: `refund` says how much, and in which ways.",
  "return.rejected": "The return was rejected: `rejection` says why. What had come is sent back.",
  "return.lapsed": "Nothing came in time.",
} as const;
export type ReturnEventType = keyof typeof RETURN_EVENTS;

/** An event of a return by mail, to be added in the transaction that brings it about; it carries the return as it is then. */
export function returnEvent({
  id,
  type,
  mailReturn,
  at,
}: {
  readonly id: string;
  readonly type: ReturnEventType;
  readonly mailReturn: MailReturn;
  readonly at: Instant;
}): OutgoingEvent {
  const { ref } = mailReturn.purchase;
  const order = ref.kind === "order" ? ref.id : null;
  return { id, type, order, at, data: JSON.stringify(shopReturnOf(mailReturn)) };
}

/** A return by mail as its shop sees it. */
export function shopReturnOf(mailReturn: MailReturn): ShopReturn {
  const { id, channel, externalId, state, purchase, announcedAt, arriveBy, lines, refund, rejection } =
    mailReturn;
  return {
    id,
    channel,
    externalId,
    state,
    number: purchase.number,
    announcedAt,
    arriveBy,
    lines: lines.map(({ position, sku, name, pieces, reason }) => ({
      position,
      sku,
      name,
      quantity: pieces,
      arrived: arrivedPieces(mailReturn, position),
      reason,
    })),
    refund:
      refund === null
        ? null
        : {
            at: refund.at,
            amount: sumMoney(
              refund.parts.map(({ amount }) => amount),
              purchase.currency,
            ),
            parts: refund.parts.map((part) => ({
              way: part.way,
              amount: part.amount,
              code: part.way === "credit" ? part.code : null,
            })),
          },
    rejection: rejection?.reason ?? null,
  };
}
