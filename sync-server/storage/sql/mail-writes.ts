import type { Instant } from "#domain/ids.ts";
import type { MailRecord, MailWrites } from "../../mail/records.ts";
import type { InvoiceRecord, InvoiceWrites } from "../../receipts/records.ts";
import { SqlConnectorWrites } from "./connector-writes.ts";

/** Keeps invoices, and the mails that customers asked for. */
export class SqlMailWrites extends SqlConnectorWrites implements InvoiceWrites, MailWrites {
  async addInvoice({ id, ticket, recipient, issuedAt }: InvoiceRecord): Promise<void> {
    await this.database.run(
      "INSERT INTO invoices (id, ticket, issued_at, recipient) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
      id,
      ticket,
      issuedAt,
      JSON.stringify(recipient),
    );
  }

  async addMail(mail: MailRecord): Promise<boolean> {
    const added = await this.database.run(
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
    await this.database.run(
      "UPDATE mails SET state = ?, tries = ?, next_try_at = ?, sent_at = ?, last_failure = ? WHERE id = ?",
      state,
      tries,
      nextTryAt,
      sentAt,
      lastFailure,
      id,
    );
  }

  async giveUpMails({
    askedBefore,
    failure,
  }: {
    readonly askedBefore: Instant;
    readonly failure: string;
  }): Promise<void> {
    await this.database.run(
      "UPDATE mails SET state = 'dead', next_try_at = NULL, last_failure = ? WHERE state = 'waiting' AND asked_at < ?",
      failure,
      askedBefore,
    );
  }

  async purgeMails(before: Instant): Promise<void> {
    await this.database.run(
      "DELETE FROM mails WHERE (state = 'sent' AND sent_at < ?) OR (state = 'dead' AND asked_at < ?)",
      before,
      before,
    );
  }
}
