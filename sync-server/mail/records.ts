import type { StoreAsk } from "#domain/access/roles.ts";
import type { Instant, MailId, ReceiptNumber, StoreId, TicketId } from "#domain/ids.ts";
import type { MailDocument } from "#protocol/sync/receipt-mails.ts";

export const MAIL_STATES = ["waiting", "sent", "dead"] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** A mail that a customer asked for. */
export interface MailRecord {
  /** Made by the till; the mail's Message-ID comes of it, so that a mail sent twice is known for one. */
  readonly id: MailId;
  readonly ticket: TicketId;
  /** Whose till asked. */
  readonly store: StoreId;
  readonly document: MailDocument;
  readonly email: string;
  /** BCP 47; null: the store's. */
  readonly language: string | null;
  readonly copy: boolean;
  readonly askedAt: Instant;
  readonly state: MailState;
  readonly tries: number;
  /** Null when nothing is to be tried any more. */
  readonly nextTryAt: Instant | null;
  readonly sentAt: Instant | null;
  readonly lastFailure: string | null;
}

export interface ListedMail extends MailRecord {
  /** Of its receipt; null until the sale has come. */
  readonly number: ReceiptNumber | null;
  /** Whether everything that it brings has come. */
  readonly isReady: boolean;
}

export interface MailReads {
  mail(id: MailId): Promise<ListedMail | null>;
  /** Newest first. `store`: whose tills asked for them; left out: of all. */
  mails(ask: {
    readonly state: MailState | null;
    readonly store?: StoreAsk;
    readonly limit: number;
  }): Promise<readonly ListedMail[]>;
  /** Those whose time has come and whose sale (and invoice) is here, the longest due first. */
  mailsDue(ask: { readonly at: Instant; readonly limit: number }): Promise<readonly MailRecord[]>;
  /** Whether this was mailed before, or is about to be. What was given up counts for nothing. */
  isMailed(what: Pick<MailRecord, "ticket" | "document">): Promise<boolean>;
  mailCounts(store?: StoreAsk): Promise<{ readonly waiting: number; readonly dead: number }>;
}

export interface MailWrites {
  /** False when there is one of this id already. */
  addMail(mail: MailRecord): Promise<boolean>;
  putMail(mail: MailRecord): Promise<void>;
  /** Whatever waits since before then is dead, also what waits for its sale. */
  giveUpMails(which: { readonly askedBefore: Instant; readonly failure: string }): Promise<void>;
  /** Forgets mails that were sent, or asked for and given up, before then, and with them the address. */
  purgeMails(before: Instant): Promise<void>;
}
