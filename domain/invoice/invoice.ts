import type { InvoiceId, ReceiptNumber, TicketId } from "../ids.ts";
import { ok, type Result, refused } from "../result.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { type InvoiceRecipient, MAX_VAT_ID_CHARS } from "./recipient.ts";

/** An invoice as a till issued it: over a sale, for one recipient. `invoiceNumber` says its number. */
export interface Invoice {
  readonly id: InvoiceId;
  readonly ticket: TicketId;
  readonly recipient: InvoiceRecipient;
}

/**
 * The number of the `nth` invoice (from 1) over a sale: the receipt's, and with a count behind it for each further one, since a number is there once
 * (Directive 2006/112/EC, article 226 no. 2).
 */
export function invoiceNumber(receipt: ReceiptNumber, nth: number): string {
  return nth === 1 ? receipt : `${receipt}-${nth}`;
}

/** Which one over its sale an invoice is, from 1; `issued` has them in the order in which they were issued, with or without this one. */
export function nthInvoice(id: InvoiceId, issued: readonly Pick<Invoice, "id">[]): number {
  const index = issued.findIndex((each) => each.id === id);
  return (index === -1 ? issued.length : index) + 1;
}

/** Why no invoice can be made out. A correction of one (goods came back) is no invoice. */
export type InvoiceRefusal = "nothingSold" | "recipientIncomplete" | "vatIdNotValid";

/** Country letters, digits, and the two signs that Ireland's has: none is longer or has others in it. */
const VAT_ID = /^[0-9A-Z+*]*$/;

/** Whether a sale can be invoiced to a (tidied) recipient: Directive 2006/112/EC asks for the full name and address of both sides (article 226 no. 5). */
export function checkInvoice({
  ticket,
  recipient,
}: {
  readonly ticket: Pick<Ticket, "lines">;
  readonly recipient: InvoiceRecipient;
}): Result<InvoiceRecipient, InvoiceRefusal> {
  if (!ticket.lines.some(({ kind }) => kind === "sale")) return refused("nothingSold");
  if (recipient.name === "" || recipient.address.length === 0) return refused("recipientIncomplete");
  const isVatId = VAT_ID.test(recipient.vatId) && recipient.vatId.length <= MAX_VAT_ID_CHARS;
  return isVatId ? ok(recipient) : refused("vatIdNotValid");
}
