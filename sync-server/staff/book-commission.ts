import type { PurchaseLineRef } from "#domain/returns/purchase.ts";
import { type CommissionSeller, commissionLinesOf } from "#domain/staff/commission.ts";
import { orderLineOf, type Ticket } from "#domain/ticket/ticket.ts";
import type { ReadTransaction, WriteTransaction } from "../storage/port.ts";

type SoldAt = Extract<CommissionSeller, { readonly kind: "soldAt" }>;

/** Notes what tickets do for commission. What comes back of an order is taken off whoever was paid for it at a till. */
export async function bookCommission(tx: WriteTransaction, tickets: readonly Ticket[]): Promise<void> {
  const noted = [];
  for (const ticket of tickets) {
    const lines = [];
    for (const line of commissionLinesOf(ticket))
      lines.push(
        line.seller?.kind === "soldAt" ? { ...line, seller: await atTheTill(tx, line.seller) } : line,
      );
    noted.push({ ticket, lines });
  }
  await tx.addCommission(noted);
}

async function atTheTill(tx: ReadTransaction, seller: SoldAt): Promise<SoldAt> {
  return { kind: "soldAt", line: await lineAtTheTill(tx, seller.line) };
}

/** The line of a ticket that paid an order's line, in its place; itself where none did. */
export async function lineAtTheTill(tx: ReadTransaction, line: PurchaseLineRef): Promise<PurchaseLineRef> {
  const { purchase, position } = line;
  if (purchase.kind !== "order") return line;
  const ordered = (await tx.order(purchase.id))?.lines[position];
  if (ordered === undefined) return line;
  for (const paying of await tx.ticketsPaying(purchase.id)) {
    const at = paying.lines.findIndex((each) => {
      const paid = orderLineOf(each);
      return paid?.order === purchase.id && paid.line === ordered.id;
    });
    if (at !== -1) return { purchase: { kind: "ticket", id: paying.id }, position: at };
  }
  return line;
}
