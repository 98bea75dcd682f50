import type { Instant } from "#domain/ids.ts";

/** What waits to leave the house, or to be acted on. */
export interface WorkWaiting {
  readonly mails: number;
  readonly reportMails: number;
  readonly webhooks: number;
  readonly connectors: number;
  readonly connectorMessages: number;
}

/** How far behind a till is that nobody has revoked. */
export interface TillLag {
  /** As its receipts are numbered: `BER1-03`. */
  readonly till: string;
  readonly lastSeenAt: Instant | null;
  /** Entries that it has not sent, by its own word. */
  readonly unsent: number;
  /** Changes that it has not pulled, of the feed of which it lacks most, by its own word. */
  readonly behind: number;
}

export interface MetricReads {
  workWaiting(): Promise<WorkWaiting>;
  tillLags(): Promise<readonly TillLag[]>;
}
