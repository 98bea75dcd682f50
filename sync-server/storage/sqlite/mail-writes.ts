import type { Instant } from "#domain/ids.ts";
import type { MailRecord, MailWrites } from "../../mail/records.ts";
import type { InvoiceRecord, InvoiceWrites } from "../../receipts/records.ts";
import { SqliteConnectorWrites } from "./connector-writes.ts";

/** Keeps invoices, and the mails that customers asked for. */
export class SqliteMailWrites extends SqliteConnectorWrites implements InvoiceWrites, MailWrites {
  async addInvoice({ id, ticket, recipient, issuedAt }: InvoiceRecord): Promise<void> {
    this.database.run(
      "INSERT INTO invoices (id, ticket, issued_at, recipient) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
      id,
      ticket,
      issuedAt,
      JSON.stringify(recipient),
    );
  }

  async addMail(mail: MailRecord): Promise<boolean> {
    const added = this.database.run(
      `INSERT INTO mails (id, ticket, store, invoice, email, language, copy, asked_at, state, tries, next_try_at, sent_at, last_failure)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      mail.id,
      mail.ticket,
      mail.store,
      mail.document.kind === "invoice" ? mail.document.invoice : null,
      mail.email,
      mail.language,
      mail.copy ? 1 : 0,
      mail.askedAt,
      mail.state,
      mail.tries,
      mail.nextTryAt,
      mail.sentAt,
      mail.lastFailure,
    );
    return added === 1;
  }

  async putMail({ id, state, tries, nextTryAt, sentAt, lastFailure }: MailRecord): Promise<void> {
    this.database.run(
      "UPDATE mails SET state = ?, tries = ?, next_try_at = ?, sent_at = ?, last_failure = ? WHERE id = ?",
      state,
      tries,
      nextTryAt,
      sentAt,
      lastFailure,
      id,
    );
  }

  async purgeMails(before: Instant): Promise<void> {
    this.database.run("DELETE FROM mails WHERE state = 'sent' AND sent_at < ?", before);
  }
}
