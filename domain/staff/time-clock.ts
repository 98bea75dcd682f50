import type { Instant, StaffId } from "../ids.ts";

/** Somebody who came to work and has not left yet. */
export interface InSince {
  readonly staff: StaffId;
  readonly since: Instant;
}

/**
 * Why somebody cannot come to work just so: whoever forgot to say that they left (`before`) is asked when that was (`leftAt`), and that was after they came and not
 * later than now. Null: they can.
 */
export function clockInRefusal({
  before,
  leftAt,
  now,
}: {
  readonly before: InSince | null;
  readonly leftAt: Instant | null;
  readonly now: Instant;
}): "stillIn" | "badTime" | null {
  if (before === null) return null;
  if (leftAt === null) return "stillIn";
  return leftAt < before.since || leftAt > now ? "badTime" : null;
}
