import type { DeviceId, Instant, ReceiptNumber, StaffId, StoreId, TicketId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** Store credit that a ticket gave out or took: what happened, before anybody books it. `amount` is above zero. */
export interface CreditMove {
  /** Of ticket and tender: the same act has it wherever and however often it is told. */
  readonly id: string;
  readonly kind: "issued" | "spent";
  /** As it stands on the slip. */
  readonly code: string;
  readonly amount: Money;
  readonly at: Instant;
  readonly ticket: TicketId;
  readonly number: ReceiptNumber;
  readonly store: StoreId;
  readonly device: DeviceId;
  readonly staff: StaffId;
}

/** A move as it can be booked: of a return by mail there is no ticket, no till and no colleague of a store. */
export interface BookableMove extends Omit<CreditMove, "ticket" | "number" | "store" | "device" | "staff"> {
  readonly ticket: TicketId | null;
  readonly number: ReceiptNumber | null;
  readonly store: StoreId | null;
  readonly device: DeviceId | null;
  readonly staff: StaffId | null;
}

/** What a ticket does to store credits. */
export function creditMovesOf(ticket: Ticket): readonly CreditMove[] {
  const { id, number, store, device, staff, completedAt: at } = ticket;
  return ticket.tenders.flatMap((tender): CreditMove[] => {
    const told = { id: `${id}:${tender.id}`, at, ticket: id, number, store, device, staff };
    if (tender.kind === "credit")
      return [{ ...told, kind: "spent", code: tender.code, amount: tender.amount }];
    if (tender.kind === "refund" && tender.to.kind === "credit")
      return [{ ...told, kind: "issued", code: tender.to.code, amount: tender.amount }];
    return [];
  });
}
