import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { entryPlaceSchema } from "#protocol/sync/replica.ts";
import type { DraftTable } from "../draft-table.ts";
import { parsed } from "../parsed.ts";

/** Where the engine keeps how far the server has the journal. */
export const ACKNOWLEDGED_DRAFT = "sync.acknowledged";

/** How far the server was last known to have the journal. It may have more. */
export function acknowledgedIn(drafts: Pick<DraftTable, "live">): AppliedUpTo {
  const noted = drafts.live(ACKNOWLEDGED_DRAFT)?.value ?? "";
  return entryPlaceSchema.catch({ epoch: 0, seq: 0 }).parse(parsed(noted));
}
