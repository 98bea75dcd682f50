import type { CustomerId, Instant } from "../ids.ts";
import { type PointsEntry, pointsEntryOf } from "./ledger.ts";
import { expiredId, lapsedLots } from "./lots.ts";
import { overLapsed, restoredId } from "./over-lapsed.ts";
import type { LoyaltyProgramme } from "./programme.ts";
import { type LoyaltyStanding, standingOf } from "./standing.ts";

/** How the points of a profile stand after one of several things that were booked of it. */
export interface AfterTurn {
  readonly standing: LoyaltyStanding;
  /** Everything that moved them so far, in the order in which it happened. */
  readonly entries: readonly PointsEntry[];
}

/** A profile by all its accounts, its own first; the programme it is in, and the moment that is meant by now. */
export interface PointsScene {
  readonly customers: readonly [CustomerId, ...CustomerId[]];
  readonly programme: LoyaltyProgramme;
  readonly at: Instant;
}

/**
 * What comes of the points of a profile where several things are booked of it, one after the other: after each of `turns`, lots lapse that have lapsed by what is known
 * then, and lots that had lapsed too early are put right. `entries` is all that moved its points, in the order in which it happened, what `turns` brought among it or not.
 * Answers how it stands after each, and what is to be booked besides.
 */
export function settledInTurn(
  entries: readonly PointsEntry[],
  turns: readonly (readonly PointsEntry[])[],
  scene: PointsScene,
): { readonly after: readonly AfterTurn[]; readonly byTime: readonly PointsEntry[] } {
  const came = new Set(turns.flat().map(({ id }) => id));
  let books = came.size === 0 ? entries : entries.filter(({ id }) => !came.has(id));
  const byTime: PointsEntry[] = [];
  const after = turns.map((turn): AfterTurn => {
    books = withMore(books, turn);
    const moved = movedByTime(books, scene);
    byTime.push(...moved);
    books = withMore(books, moved);
    return { standing: standingOf({ entries: books, ...scene }), entries: books };
  });
  return { after, byTime };
}

/** What time did to the lots of a profile and is not booked yet. */
function movedByTime(
  entries: readonly PointsEntry[],
  { customers, programme, at }: PointsScene,
): readonly PointsEntry[] {
  const ofLot = (lot: string): CustomerId => entries.find(({ id }) => id === lot)?.customer ?? customers[0];
  const restored = overLapsed(entries).map(
    ({ lot, points, legit }) => ({ id: restoredId(lot, legit), kind: "adjusted", lot, points }) as const,
  );
  const lapsed = lapsedLots(entries, { months: programme.expiresAfterMonths, at }).map(
    ({ id: lot, points }) => ({ id: expiredId(lot), kind: "expired", lot, points }) as const,
  );
  if (restored.length + lapsed.length === 0) return [];
  const known = new Set(entries.map(({ id }) => id));
  const nobody = { purchase: null, number: null, store: null, device: null, staff: null };
  return [...restored, ...lapsed]
    .filter(({ id }) => !known.has(id))
    .map(({ lot, ...move }) => pointsEntryOf({ ...nobody, ...move, customer: ofLot(lot), at }));
}

/** In the order in which it happened. */
function withMore(entries: readonly PointsEntry[], more: readonly PointsEntry[]): readonly PointsEntry[] {
  if (more.length === 0) return entries;
  return [...entries, ...more].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}
