import type { StoreReach } from "#domain/access/roles.ts";
import type { Assignee, Exception, Resolution } from "#domain/exceptions/exceptions.ts";
import type { StoreId } from "#domain/ids.ts";
import type { Result } from "#domain/result.ts";
import type { ExceptionFigures } from "./port.ts";

/** Why an exception was not closed; nothing was changed then. `notNow`: the order has gone on since, the resolution makes no sense any more. */
export type ResolvingRefusal =
  | "noSuchException"
  | "alreadyResolved"
  | "notForThis"
  | "notNow"
  | "noStoreHasIt"
  | "stillNotBooked";

/** What went wrong, and what people do about it. */
export interface Exceptions {
  /** Newest first; of those whom somebody reaches where that is said, else all. */
  list(ask: {
    readonly open: boolean;
    readonly limit: number;
    readonly store?: StoreReach;
  }): Promise<readonly Exception[]>;
  /** Does what was decided and closes the exception with who and why, in one transaction; one that is to be counted for stays open until the store has. `store`: where it is to go, where that was named. */
  resolve(act: {
    readonly id: string;
    readonly resolution: Resolution;
    readonly by: string;
    readonly note: string;
    readonly store: StoreId | null;
  }): Promise<Result<Exception, ResolvingRefusal>>;
  /** Ids of those that a store was asked to count for and has not. */
  counting(): Promise<ReadonlySet<string>>;
  /** Tries anew all that could not be booked, as after a newer version was installed. */
  bookAgain(): Promise<void>;
  /** Gives an open exception to somebody, or (null) back to nobody. */
  assign(id: string, to: Assignee | null): Promise<Result<Exception, "noSuchException" | "alreadyResolved">>;
  /** How many there are, and how long it took to close them. */
  figures(): Promise<ExceptionFigures>;
}
