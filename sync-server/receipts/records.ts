import type { Instant, InvoiceId, TicketId } from "#domain/ids.ts";
import type { Invoice } from "#domain/invoice/invoice.ts";

/** An invoice that a till issued. */
export interface InvoiceRecord extends Invoice {
  /** By the till's clock, as it stands on the paper. */
  readonly issuedAt: Instant;
}

export interface InvoiceReads {
  invoice(id: InvoiceId): Promise<InvoiceRecord | null>;
  /** Those over one sale, the first issued first. */
  invoicesOf(ticket: TicketId): Promise<readonly InvoiceRecord[]>;
}

export interface InvoiceWrites {
  /** The same invoice is kept once. */
  addInvoice(invoice: InvoiceRecord): Promise<void>;
}
