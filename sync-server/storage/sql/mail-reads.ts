import type { StoreAsk } from "#domain/access/roles.ts";
import {
  type Instant,
  type InvoiceId,
  idOf,
  instant,
  type MailId,
  type ReceiptNumber,
  type TicketId,
} from "#domain/ids.ts";
import {
  type ListedMail,
  MAIL_STATES,
  type MailReads,
  type MailRecord,
  type MailState,
} from "../../mail/records.ts";
import type { InvoiceReads, InvoiceRecord } from "../../receipts/records.ts";
import { askedStores } from "./asked-stores.ts";
import type { Row } from "./database.ts";
import { SqlProfileReads } from "./profile-reads.ts";
import { stored } from "./stored.ts";

const INVOICE = "id, ticket, issued_at, recipient FROM invoices";
const MAIL =
  "m.id, m.ticket, m.store, m.invoice, m.email, m.language, m.copy, m.asked_at, m.state, m.tries, m.next_try_at, m.sent_at, m.last_failure";
const IS_READY =
  "EXISTS (SELECT 1 FROM ticket_places t WHERE t.id = m.ticket) AND (m.invoice IS NULL OR EXISTS (SELECT 1 FROM invoices i WHERE i.id = m.invoice))";
const LISTED = `${MAIL}, (SELECT t.number FROM ticket_places t WHERE t.id = m.ticket) AS number, ${IS_READY} AS ready FROM mails m`;

const OF_STORES = "(?2 IS NULL OR m.store IN (SELECT value FROM json_each(?2)))";

/** Invoices, and the mails that customers asked for. */
export class SqlMailReads extends SqlProfileReads implements InvoiceReads, MailReads {
  async invoice(id: InvoiceId): Promise<InvoiceRecord | null> {
    const row = await this.database.get(`SELECT ${INVOICE} WHERE id = ?`, id);
    return row === undefined ? null : toInvoice(row);
  }

  async invoicesOf(ticket: TicketId): Promise<readonly InvoiceRecord[]> {
    return (await this.database.all(`SELECT ${INVOICE} WHERE ticket = ? ORDER BY rowid`, ticket)).map(
      toInvoice,
    );
  }

  async mail(id: MailId): Promise<ListedMail | null> {
    const row = await this.database.get(`SELECT ${LISTED} WHERE m.id = ?`, id);
    return row === undefined ? null : toListed(row);
  }

  async mails({
    state,
    store = null,
    limit,
  }: Parameters<MailReads["mails"]>[0]): Promise<readonly ListedMail[]> {
    const where = `(?1 IS NULL OR m.state = ?1) AND ${OF_STORES}`;
    return (
      await this.database.all(
        `SELECT ${LISTED} WHERE ${where} ORDER BY m.asked_at DESC, m.id DESC LIMIT ?3`,
        state,
        askedStores(store),
        limit,
      )
    ).map(toListed);
  }

  async mailsDue({
    at,
    limit,
  }: {
    readonly at: Instant;
    readonly limit: number;
  }): Promise<readonly MailRecord[]> {
    return (
      await this.database.all(
        `SELECT ${MAIL} FROM mails m WHERE m.state = 'waiting' AND m.next_try_at <= ? AND ${IS_READY} ORDER BY m.next_try_at, m.id LIMIT ?`,
        at,
        limit,
      )
    ).map(toMail);
  }

  async isMailed({ ticket, document }: Pick<MailRecord, "ticket" | "document">): Promise<boolean> {
    const invoice = document.kind === "invoice" ? document.invoice : null;
    const row = await this.database.get(
      "SELECT 1 FROM mails WHERE ticket = ? AND invoice IS NOT DISTINCT FROM ? AND state <> 'dead' LIMIT 1",
      ticket,
      invoice,
    );
    return row !== undefined;
  }

  async mailCounts(store: StoreAsk = null): Promise<{ readonly waiting: number; readonly dead: number }> {
    const asked = askedStores(store);
    const rows = await this.database.all(
      "SELECT state, count(*) AS mails FROM mails WHERE state IN ('waiting', 'dead') AND (?1 IS NULL OR store IN (SELECT value FROM json_each(?1))) GROUP BY state",
      asked,
    );
    const count = (state: MailState): number => Number(rows.find((row) => row.state === state)?.mails ?? 0);
    return { waiting: count("waiting"), dead: count("dead") };
  }
}

function toInvoice(row: Row): InvoiceRecord {
  return {
    id: idOf<"Invoice">(String(row.id)),
    ticket: idOf<"Ticket">(String(row.ticket)),
    recipient: stored<InvoiceRecord["recipient"]>(row.recipient),
    issuedAt: instant(Number(row.issued_at)),
  };
}

function toListed(row: Row): ListedMail {
  const number: ReceiptNumber | null = row.number === null ? null : idOf<"ReceiptNumber">(String(row.number));
  return { ...toMail(row), number, isReady: row.ready === 1 };
}

function toMail(row: Row): MailRecord {
  return {
    id: idOf<"Mail">(String(row.id)),
    ticket: idOf<"Ticket">(String(row.ticket)),
    store: idOf<"Store">(String(row.store)),
    document:
      row.invoice === null
        ? { kind: "receipt" }
        : { kind: "invoice", invoice: idOf<"Invoice">(String(row.invoice)) },
    email: String(row.email),
    language: row.language === null ? null : String(row.language),
    copy: row.copy === 1,
    askedAt: instant(Number(row.asked_at)),
    state: MAIL_STATES.find((state) => state === row.state) ?? "dead",
    tries: Number(row.tries),
    nextTryAt: row.next_try_at === null ? null : instant(Number(row.next_try_at)),
    sentAt: row.sent_at === null ? null : instant(Number(row.sent_at)),
    lastFailure: row.last_failure === null ? null : String(row.last_failure),
  };
}
