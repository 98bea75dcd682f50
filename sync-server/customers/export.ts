import type { CustomerId, Instant } from "#domain/ids.ts";
import { creditBalance } from "#domain/value/credit.ts";
import type { CustomerExport } from "#protocol/hq/customers.ts";
import type { InvoiceRecord } from "../receipts/records.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { belongingsOf } from "./belongings.ts";

const MAX_EDITS = 10_000;

/** Everything that is kept of a person, for them to have (Regulation (EU) 2016/679, articles 15 and 20); null where there is nobody. */
export async function exportCustomer(
  tx: ReadTransaction,
  { id, at }: { readonly id: CustomerId; readonly at: Instant },
): Promise<CustomerExport | null> {
  const profile = await tx.customer(id);
  if (profile === null) return null;
  const ids = await tx.customerIds(profile.id);
  const { tickets, orders, cases, credits } = await belongingsOf(tx, { ids, at });
  const invoices: InvoiceRecord[] = [];
  for (const ticket of tickets) invoices.push(...(await tx.invoicesOf(ticket.id)));
  return {
    madeAt: at,
    profile,
    edits: [...(await tx.customerEdits(ids, MAX_EDITS))],
    merges: [...(await tx.customerMerges(ids))],
    stores: [...(await tx.storesOfCustomer(ids))],
    tickets,
    invoices,
    orders,
    cases,
    credits: credits.map(({ id: credit, sums }) => ({
      id: credit,
      balance: creditBalance(sums),
      issuedAt: sums.issuedAt,
    })),
    mails: [...(await tx.mailsToCustomer(ids))],
  };
}
