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

/** The line of a ticket that paid an order's line, in its place; itself where none did. */
async function atTheTill(tx: ReadTransaction, seller: CommissionSeller): Promise<CommissionSeller> {
  if (seller?.kind !== "soldAt" || seller.line.purchase.kind !== "order") return seller;
  const { purchase, position } = seller.line;
  const ordered = (await tx.order(purchase.id))?.lines[position];
  if (ordered === undefined) return seller;
  for (const paying of await tx.ticketsPaying(purchase.id)) {
    const at = paying.lines.findIndex((line) => {
      const paid = orderLineOf(line);
      return paid?.order === purchase.id && paid.line === ordered.id;
    });
    if (at === -1) continue;
    return { kind: "soldAt", line: { purchase: { kind: "ticket", id: paying.id }, position: at } };
  }
  return seller;
}
