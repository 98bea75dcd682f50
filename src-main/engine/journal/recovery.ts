import type { Instant } from "#domain/ids.ts";
import type { Missing } from "#protocol/sync/records.ts";
import type { CopyRead } from "./copy-lines.ts";
import type { Found, Mending } from "./reconcile.ts";

/** What was found wrong with the journal's two copies at the start, and put right. */
export interface Recovery {
  /** By the till's clock. */
  readonly at: Instant;
  /** `lagging`: it was whole and lacked entries. */
  readonly database: "whole" | "lagging" | "damaged" | "gone";
  /** `forked`: it told of another past than the database, and was set aside. */
  readonly copy: "whole" | "lagging" | "damaged" | "gone" | "forked";
  /** Entries that the journal has now. */
  readonly entries: number;
  /** Entries that were brought back into the database. */
  readonly restored: number;
  /** How many of them neither copy had, and the server gave. */
  readonly given: number;
  /** What may have been written behind the last of them, for nobody can tell; null: nothing was. */
  readonly unsure: Missing | null;
}

export interface FoundAtStart {
  readonly database: Found;
  readonly hadDatabase: boolean;
  /** Null: there was none. */
  readonly file: CopyRead | null;
  /** There was one before. */
  readonly hadCopy: boolean;
  /** It lacks the newest entry alone, which the server was not known to have, and what it has in its place is what a power cut leaves of it. */
  readonly isCopyCutOff: boolean;
}

/**
 * What is worth saying; null where nothing was wrong but what a crash leaves: a commit that is in the file alone, or by halves at its end, and one of a single entry that is in the
 * database alone.
 */
export function recoveryOf(
  found: FoundAtStart,
  mending: Mending,
  { at, unsure }: Pick<Recovery, "at" | "unsure">,
): Recovery | null {
  const database = databaseWas(found, mending);
  const copy = copyWas(found, mending);
  const given = mending.entries.filter(({ from }) => from === "server").length;
  if (database === "whole" && copy === "whole" && given === 0) return null;
  const entries = mending.entries.length;
  const kept = mending.entries.filter(({ from }) => from === "database").length;
  return { at, database, copy, entries, restored: entries - kept, given, unsure };
}

function databaseWas({ database, hadDatabase, file }: FoundAtStart, mending: Mending): Recovery["database"] {
  if (mending.database === "keep") return "whole";
  const lacking = mending.entries.length - database.marks.length;
  const isCrash = database.marks.length > 0 && lacking === file?.lines.at(-1)?.of;
  if (mending.database === "append" && isCrash) return "whole";
  if (mending.database === "append" && hadDatabase && database.marks.length > 0) return "lagging";
  // A file that is empty is as good as none.
  return hadDatabase && (!database.isSound || database.marks.length > 0) ? "damaged" : "gone";
}

function copyWas({ file, hadCopy, isCopyCutOff }: FoundAtStart, mending: Mending): Recovery["copy"] {
  if (file === null) return hadCopy ? "gone" : "whole";
  if (mending.isForked) return "forked";
  if (mending.file === "keep" || isCopyCutOff) return "whole";
  // The database has nothing else that the file does not: it was written and is gone.
  return file.damaged > 0 || file.isTorn || mending.file === "anew" ? "damaged" : "lagging";
}
