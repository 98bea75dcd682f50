import type { InvoiceId, TicketId } from "../ids.ts";
import { ok, type Result, refused } from "../result.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { type InvoiceRecipient, MAX_VAT_ID_CHARS } from "./recipient.ts";

/** An invoice as a till issued it: over a sale, for one recipient. Its number is the receipt's. */
export interface Invoice {
  readonly id: InvoiceId;
  readonly ticket: TicketId;
  readonly recipient: InvoiceRecipient;
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
