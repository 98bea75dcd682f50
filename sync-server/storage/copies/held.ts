import type { WriteTransaction } from "../port.ts";
import type { Database } from "../sql/database.ts";
import type { RowSource, RowTarget } from "./contents.ts";

/** Something that keeps a database from being copied, checked or put back; the message says what happened and what to do. */
export class NotCopied extends Error {}

/** A shop's database as it stands at one moment. */
export interface ShopDatabase {
  readonly rows: RowSource;
  readonly database: Database;
  readonly tx: WriteTransaction;
}

/** A shop's database that nobody else can write to while it is held. It stands in a transaction. */
export interface HeldShop extends ShopDatabase {
  /** What was written into it is durable. */
  commit(): Promise<void>;
  /** Lets go of it; what was not committed is gone. */
  close(): Promise<void>;
}

/** A database that is being filled, and that nobody sees before it is published. */
export interface NewShop extends ShopDatabase {
  readonly target: RowTarget;
  /** All rows are there. */
  filled(): Promise<void>;
  /** From now on it is the shop's; answers where what was there before lies, null: nothing was. */
  publish(): Promise<string | null>;
  /** Lets go of it; what was not published is gone. */
  close(): Promise<void>;
}
