import type { DeviceId, Instant, ReceiptNumber, StaffId, StoreId, TicketId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** What puts value on a code: given out for a return, bought as a gift card or onto one, or put back after it had been taken off in error. */
export const GIVING_MOVES = ["issued", "sold", "loaded", "restored"] as const;
/** What takes value off: paid with, given back in money, run out of time, or taken off by HQ. */
export const TAKING_MOVES = ["spent", "paidOut", "expired", "voided"] as const;
export const MOVE_KINDS = [...GIVING_MOVES, ...TAKING_MOVES] as const;
export type MoveKind = (typeof MOVE_KINDS)[number];

/** Whether a move puts value on; else it takes value off. */
export function isGiving(kind: MoveKind): kind is (typeof GIVING_MOVES)[number] {
  return GIVING_MOVES.some((each) => each === kind);
}

/** Store credit or a gift card that a ticket gave out, loaded or took from: what happened, before anybody books it. `amount` is above zero. */
export interface CreditMove {
  /** Of ticket and tender or line: the same act has it wherever and however often it is told. */
  readonly id: string;
  readonly kind: MoveKind;
  /** As it stands on the slip. */
  readonly code: string;
  readonly amount: Money;
  readonly at: Instant;
  /** Null, as `number`: without a sale, as when a card is paid out. */
  readonly ticket: TicketId | null;
  readonly number: ReceiptNumber | null;
  readonly store: StoreId;
  readonly device: DeviceId;
  readonly staff: StaffId | null;
  /** The order of a web shop that it was for, or why a manager or HQ did it. Absent: a ticket says it all. */
  readonly note?: string;
}

/** A move as it can be booked: of a return by mail there is no till. */
export interface BookableMove extends Omit<CreditMove, "store" | "device"> {
  readonly store: StoreId | null;
  readonly device: DeviceId | null;
}

/** What a ticket does to store credits and gift cards: what is bought goes on, what is paid with comes off. */
export function creditMovesOf(ticket: Ticket): readonly CreditMove[] {
  const { id, number, store, device, staff, completedAt: at } = ticket;
  const bought = ticket.lines.flatMap((line): CreditMove[] => {
    if (line.kind !== "sale" || line.giftCard === undefined || line.total.minor <= 0) return [];
    const { code, act } = line.giftCard;
    const told = { id: `${id}:${line.id}`, at, ticket: id, number, store, device, staff };
    return [{ ...told, kind: act, code, amount: line.total }];
  });
  const paid = ticket.tenders.flatMap((tender): CreditMove[] => {
    const told = { id: `${id}:${tender.id}`, at, ticket: id, number, store, device, staff };
    if (tender.kind === "credit")
      return [{ ...told, kind: "spent", code: tender.code, amount: tender.amount }];
    if (tender.kind === "refund" && tender.to.kind === "credit")
      return [{ ...told, kind: "issued", code: tender.to.code, amount: tender.amount }];
    return [];
  });
  return [...bought, ...paid];
}
