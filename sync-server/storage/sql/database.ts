import type { SecretBox } from "../secrets/secret-box.ts";

/** What a statement is given: text, whole numbers (also moments and booleans as 0 and 1), bytes, or nothing. */
export type SqlInput = string | number | bigint | Uint8Array | null;
/** Texts or whole numbers, as one value: for PostgreSQL alone, which takes a list for a whole column. */
export type SqlList = readonly (string | number | null)[];
/** What a statement is given where it may be a list. */
export type SqlGiven = SqlInput | SqlList;
/** Whether it is a list. */
export function isList(value: SqlGiven): value is SqlList {
  return Array.isArray(value);
}
/** What a column holds. Whole numbers come as `number`, JSON as the text that was put. */
export type SqlOutput = string | number | bigint | Uint8Array | null;

export type Row = Readonly<Record<string, SqlOutput>>;

/**
 * A connection that stands in a transaction. The statements are the same for every engine, in the words both know; what an engine has no word for, it is
 * taught when it is opened (see the README).
 */
export interface Database {
  /** For the few statements that no common words exist for. */
  readonly engine: "sqlite" | "postgres";
  /** Whether its tables lie spread over machines, each with stores of its own: one that is asked for rows of several stores is not a single machine's to answer. */
  readonly isSpread: boolean;
  /** What opens and seals the secrets in it. */
  readonly secrets: SecretBox;
  /** How many rows it changed. */
  run(sql: string, ...values: readonly SqlInput[]): Promise<number>;
  /**
   * A write that nobody asks anything of: it is done before whatever is asked next, and where it fails, that fails of it, or `settled`. An engine that is far away is not
   * waited for.
   */
  send(sql: string, ...values: readonly SqlGiven[]): void;
  /** Resolves when all that was sent is done; rejects with what failed first. */
  settled(): Promise<void>;
  get(sql: string, ...values: readonly SqlInput[]): Promise<Row | undefined>;
  all(sql: string, ...values: readonly SqlGiven[]): Promise<readonly Row[]>;
  /** A point within the transaction that `undoToSavepoint` goes back to; one within another is undone or kept first. */
  savepoint(): Promise<void>;
  keepSavepoint(): Promise<void>;
  undoToSavepoint(): Promise<void>;
  /** Whether the transaction still holds after an error: not after a full disk, a lock or a lost connection, by which what was asked is not to blame. */
  mayGoOnAfter(error: unknown): boolean;
}
