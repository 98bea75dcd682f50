import { receiptText } from "#domain/receipt/plain-text.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { CodeOfTicket } from "../receipts/codes.ts";
import { invoiceOf, type ReceiptDocument, receiptOf } from "../receipts/documents.ts";
import { fileNameOf, writtenHtml, writtenPdf } from "../receipts/written.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { OutgoingMail } from "./port.ts";
import type { MailRecord } from "./records.ts";
import { MAIL_WORDS } from "./words.ts";

/** Why a mail cannot be written at all, in words for HQ. */
export type ComposeRefusal = string;

/**
 * What a mail brings, as it is now. Refused for good when its sale is of another store than the till that asked: a till sends its own store's receipts to
 * people and no other's.
 */
export async function documentOf(
  tx: ReadTransaction,
  { document, ticket, store, language, copy: isCopy }: MailRecord,
  codeOf: CodeOfTicket,
): Promise<Result<ReceiptDocument, ComposeRefusal>> {
  const found =
    document.kind === "receipt"
      ? await receiptOf(tx, { ticket, isCopy, language, codeOf })
      : await invoiceOf(tx, { invoice: document.invoice, isCopy, language });
  if (found === null) return refused("the store of this sale is not known here any more");
  if (found.ticket.id !== ticket) return refused("the invoice is over another sale");
  if (found.ticket.store !== store) return refused("the sale was made in another store");
  return ok(found);
}

/** A mail as it leaves. The same record and document give the same mail. */
export async function composed(mail: MailRecord, document: ReceiptDocument): Promise<OutgoingMail> {
  const words = MAIL_WORDS[document.language.code];
  const lead = words.lead(document.retailer);
  return {
    id: mail.id,
    fromName: document.retailer,
    to: mail.email,
    subject: words.subject(document.title, document.retailer),
    text: `${lead}\n\n${receiptText(document.rows)}\n`,
    html: writtenHtml(document),
    attachment: { name: fileNameOf(document), pdf: await writtenPdf(document) },
  };
}
