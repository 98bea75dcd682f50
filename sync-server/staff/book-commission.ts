import type { PurchaseLineRef } from "#domain/returns/purchase.ts";
import { type CommissionSeller, commissionLinesOf } from "#domain/staff/commission.ts";
import { orderLineOf, type Ticket } from "#domain/ticket/ticket.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";

/** Notes what a ticket does for commission. What comes back of an order is taken off whoever was paid for it at a till. */
export async function bookCommission({ tx }: Publication, ticket: Ticket): Promise<void> {
  const lines = [];
  for (const line of commissionLinesOf(ticket))
    lines.push({ ...line, seller: await atTheTill(tx, line.seller) });
  await tx.addCommission(ticket, lines);
}

async function atTheTill(tx: ReadTransaction, seller: CommissionSeller): Promise<CommissionSeller> {
  return seller?.kind === "soldAt" ? { kind: "soldAt", line: await lineAtTheTill(tx, seller.line) } : seller;
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
