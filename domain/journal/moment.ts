import { type Instant, instant } from "../ids.ts";
import type { JournalEntry } from "./entry.ts";

/**
 * When a till's act happened, by the server's clock: the till's own time less what its clock is known to be ahead (`clockOffsetMs`), never after
 * it was received, and never before what the same till did before it (`notBefore`), whose order its journal settles and no clock may turn round.
 */
export function momentOf({
  entry,
  clockOffsetMs,
  receivedAt,
  notBefore,
}: {
  readonly entry: Pick<JournalEntry, "at">;
  readonly clockOffsetMs: number;
  readonly receivedAt: Instant;
  readonly notBefore: Instant;
}): Instant {
  return instant(Math.max(notBefore, Math.min(entry.at - clockOffsetMs, receivedAt)));
}
