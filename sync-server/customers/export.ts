import type { CustomerId, Instant } from "#domain/ids.ts";
import { creditBalance } from "#domain/value/credit.ts";
import type { CustomerExport } from "#protocol/hq/customers.ts";
import type { InvoiceRecord } from "../receipts/records.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { type Belongings, belongingsOf, ticketsOf } from "./belongings.ts";

const MAX_EDITS = 10_000;

/** Everything that is kept of a person, for them to have (Regulation (EU) 2016/679, articles 15 and 20); null where there is nobody. */
export async function exportCustomer(
  tx: ReadTransaction,
  { id, at }: { readonly id: CustomerId; readonly at: Instant },
): Promise<CustomerExport | null> {
  const profile = await tx.customer(id);
  if (profile === null) return null;
  const ids = await tx.customerIds(profile.id);
  const { orders, cases, credits, giftCards, points } = await belongingsOf(tx, { ids, at });
  const tickets = await ticketsOf(tx, profile.id);
  const invoices: InvoiceRecord[] = [];
  for (const ticket of tickets) invoices.push(...(await tx.invoicesOf(ticket.id)));
  return {
    madeAt: at,
    profile,
    edits: [...(await tx.customerEdits(ids, MAX_EDITS))],
    merges: [...(await tx.customerMerges(ids))],
    stores: [...((await tx.storesOfCustomers([ids]))[0] ?? [])],
    tickets,
    invoices,
    orders,
    cases,
    credits: exportedValue(credits),
    giftCards: exportedValue(giftCards),
    points: [...points],
    promotions: [...((await tx.promotionUses([ids]))[0] ?? [])],
    coupons: [...(await tx.couponUsesIn([...tickets, ...orders].map((bought) => bought.id)))],
    mails: [...(await tx.mailsToCustomer(ids))],
  };
}

function exportedValue(of: Belongings["credits"]): CustomerExport["credits"] {
  return of.map(({ id, sums }) => ({ id, balance: creditBalance(sums), issuedAt: sums.issuedAt }));
}
