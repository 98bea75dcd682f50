import type { InvoiceId, TicketId } from "#domain/ids.ts";
import { invoiceNumber, nthInvoice } from "#domain/invoice/invoice.ts";
import { invoiceRows } from "#domain/invoice/invoice-rows.ts";
import { INVOICE_WORDS } from "#domain/invoice/words.ts";
import type { Language } from "#domain/receipt/language.ts";
import type { ReceiptOrder } from "#domain/receipt/order-rows.ts";
import { receiptLanguage, receiptRows } from "#domain/receipt/receipt-rows.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { orderLineOf, type Ticket } from "#domain/ticket/ticket.ts";
import { staffName } from "../orders/staff-name.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { CodeOfTicket } from "./codes.ts";

/** A receipt or an invoice, ready to be written as a page or a file. */
export interface ReceiptDocument {
  readonly kind: "receipt" | "invoice";
  readonly ticket: Ticket;
  /** E.g. `Receipt BER1-03-000123`, in the document's language. */
  readonly title: string;
  readonly rows: readonly ReceiptRow[];
  readonly language: Language;
  readonly retailer: string;
}

interface Wish {
  readonly isCopy: boolean;
  /** BCP 47; null: the customer's where their profile says it, else the store's. */
  readonly language: string | null;
}

/** The receipt of a sale, with the code that a till takes it back by; null when no such sale has come. */
export async function receiptOf(
  tx: ReadTransaction,
  {
    ticket: id,
    isCopy,
    language: asked,
    codeOf,
  }: Wish & { readonly ticket: TicketId; readonly codeOf: CodeOfTicket },
): Promise<ReceiptDocument | null> {
  const record = await tx.ticket(id);
  if (record === null) return null;
  const { ticket } = record;
  const settings = await tx.store(ticket.store);
  const wished = asked ?? (await customersLanguage(tx, ticket));
  const language = receiptLanguage(settings, wished);
  const rows = receiptRows({
    ticket,
    settings,
    kind: isCopy ? "copy" : "receipt",
    staffName: await staffName(tx, ticket.staff),
    order: await orderOf(tx, ticket),
    language: wished,
    code: await codeOf(tx, ticket),
  });
  return {
    kind: "receipt",
    ticket,
    title: `${language.words.receipt} ${ticket.number}`,
    rows,
    language,
    retailer: settings?.retailer ?? "",
  };
}

/** An invoice; null when it or its sale has not come, or its store is gone. */
export async function invoiceOf(
  tx: ReadTransaction,
  { invoice: id, isCopy, language: asked }: Wish & { readonly invoice: InvoiceId },
): Promise<ReceiptDocument | null> {
  const invoice = await tx.invoice(id);
  const record = invoice === null ? null : await tx.ticket(invoice.ticket);
  const settings = record === null ? null : await tx.store(record.ticket.store);
  if (invoice === null || record === null || settings === null) return null;
  const { ticket } = record;
  const wished = asked ?? (await customersLanguage(tx, ticket));
  const language = receiptLanguage(settings, wished);
  const { recipient, issuedAt } = invoice;
  const nth = nthInvoice(id, await tx.invoicesOf(ticket.id));
  return {
    kind: "invoice",
    ticket,
    title: `${INVOICE_WORDS[language.code].title} ${invoiceNumber(ticket.number, nth)}`,
    rows: invoiceRows({ ticket, settings, recipient, issuedAt, nth, isCopy, language: wished }),
    language,
    retailer: settings.retailer,
  };
}

async function customersLanguage(tx: ReadTransaction, { customer }: Ticket): Promise<string | null> {
  return customer === null ? null : ((await tx.customer(customer))?.language ?? null);
}

/** The order that the sale paid or handed out. */
async function orderOf(tx: ReadTransaction, { lines }: Ticket): Promise<ReceiptOrder | null> {
  const named = lines.map(orderLineOf).find((line) => line !== null);
  const order = named == null ? null : await tx.order(named.order);
  return order === null ? null : { kind: "handedOver", number: order.number };
}
