import type { UserId } from "#domain/access/users.ts";
import type { Instant } from "#domain/ids.ts";

/**
 * A mail that brings somebody a link to choose a password by. The link is not in it: each try makes one of its own as the mail leaves, so that
 * nothing that opens anything ever waits in the database.
 */
export interface LinkMailRecord {
  readonly user: UserId;
  /** Of this wish; another one takes its place. */
  readonly id: string;
  /** Where the console is for whoever asked, `https://hq.example`. */
  readonly consoleAt: string;
  readonly askedAt: Instant;
  readonly state: "waiting" | "sent" | "dead";
  readonly tries: number;
  /** Null when nothing is to be tried any more. */
  readonly nextTryAt: Instant | null;
  readonly sentAt: Instant | null;
  readonly lastFailure: string | null;
}

export interface LinkMailReads {
  /** The newest of a user. */
  linkMail(user: UserId): Promise<LinkMailRecord | null>;
  /** Those whose time has come, the longest due first. */
  linkMailsDue(ask: { readonly at: Instant; readonly limit: number }): Promise<readonly LinkMailRecord[]>;
}

export interface LinkMailWrites {
  /** In place of an earlier one of its user. */
  putLinkMail(mail: LinkMailRecord): Promise<void>;
  removeLinkMail(user: UserId): Promise<void>;
  /** Forgets those that were asked for before then. */
  purgeLinkMails(before: Instant): Promise<void>;
}
