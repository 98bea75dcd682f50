import type { Instant } from "#domain/ids.ts";

/** One change that somebody asked HQ for, as the audit log keeps it. */
export interface TrailRecord {
  /** Ascending in the order in which they were asked. */
  readonly cursor: number;
  readonly at: Instant;
  readonly by: { readonly kind: "user" | "key" | "till"; readonly id: string; readonly name: string };
  /** Method and path of the call, `PUT /hq/v1/prices`. */
  readonly call: string;
  readonly subject: { readonly kind: string; readonly id: string };
  /** What was asked, without what is secret. */
  readonly asked: unknown;
  /** What it was before and after; null: nothing, or not kept. */
  readonly before: unknown;
  readonly after: unknown;
  /** `begun`: the server ended meanwhile, and nobody knows whether it was done. */
  readonly outcome: "begun" | "done" | "refused";
  /** In the words that whoever asked was told; empty where it was done. */
  readonly refusal: string;
}

export interface TrailReads {
  /** The newest first, below `before` where given. */
  trail(ask: {
    readonly before: number | null;
    readonly limit: number;
    readonly subject?: { readonly kind: string; readonly id: string | null };
    readonly by?: string;
    readonly from?: Instant;
    readonly until?: Instant;
  }): Promise<readonly TrailRecord[]>;
  /** Whom the log knows, each by the name they had last, and the kinds of things in it; `limit` of each. */
  trailChoices(limit: number): Promise<{
    readonly people: readonly { readonly id: string; readonly name: string }[];
    readonly subjects: readonly string[];
  }>;
}

export interface TrailWrites {
  /** Notes what is about to be done, and answers its place in the log. */
  beginTrail(
    begun: Pick<TrailRecord, "at" | "by" | "call" | "subject" | "asked" | "before">,
  ): Promise<number>;
  /** Notes what came of it. */
  endTrail(
    cursor: number,
    ended: Pick<TrailRecord, "after" | "refusal"> & {
      readonly outcome: "done" | "refused";
      /** The id of what was made by it; null: nothing was. */
      readonly made: string | null;
    },
  ): Promise<void>;
}
