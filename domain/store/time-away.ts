import type { Instant } from "../ids.ts";

/** How long a till has been without its server, counted so that a clock which is set back takes nothing off. */
export interface TimeAway {
  /** Counted up to `seenAt`, milliseconds. */
  readonly spentMs: number;
  /** By the till's clock, when it was looked at last. */
  readonly seenAt: Instant;
}

/** The server was heard just now. */
export function notAway(now: Instant): TimeAway {
  return { spentMs: 0, seenAt: now };
}

/** Milliseconds without the server. While the clock stands before the last look, that look is all there is. */
export function awayMs({ spentMs, seenAt }: TimeAway, now: Instant): number {
  return spentMs + Math.max(0, now - seenAt);
}

/** Counted on to a later look. `ranMs`: how long the till ran in between at least, by what nobody can set: it counts where the clock says less. */
export function awayUntil(
  away: TimeAway,
  { now, ranMs }: { readonly now: Instant; readonly ranMs: number },
): TimeAway {
  return { spentMs: away.spentMs + Math.max(ranMs, now - away.seenAt), seenAt: now };
}
