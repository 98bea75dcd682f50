import type { CustomerId, Instant } from "../ids.ts";
import { lapseMoves } from "./lapses.ts";
import { type PointsEntry, pointsEntryOf } from "./ledger.ts";
import type { LoyaltyProgramme } from "./programme.ts";
import { type LoyaltyStanding, standingOf } from "./standing.ts";

/** How the points of a profile stand after one of several things that were booked of it. */
export interface AfterTurn {
  readonly standing: LoyaltyStanding;
  /** Everything that moved them so far, in the order in which it happened. */
  readonly entries: readonly PointsEntry[];
}

export interface PointsTerms {
  readonly programme: LoyaltyProgramme;
  /** Since when points lapse after as many months as the programme says; null: as long as there has been one. */
  readonly lapsesSince: Instant | null;
}

/** A profile by all its accounts, its own first; what holds for its points, and the moment that is meant by now. */
export interface PointsScene extends PointsTerms {
  readonly customers: readonly [CustomerId, ...CustomerId[]];
  readonly at: Instant;
}

/**
 * What comes of the points of a profile where several things are booked of it, one after the other: after each of `turns`, lots lapse that have lapsed by what is known
 * then, and lots of which too much or too little had lapsed are put right. `entries` is all that moved its points, in the order in which it happened, what `turns` brought among it or not.
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
    const { stands, moved } = afterTime(withMore(books, turn), scene);
    byTime.push(...moved);
    books = stands.entries;
    return stands;
  });
  return { after, byTime };
}

/** How a profile stands by all that moved its points, with what time did to them that nobody has booked yet. */
export function settledNow(entries: readonly PointsEntry[], scene: PointsScene): AfterTurn {
  return afterTime(entries, scene).stands;
}

/** How a profile stands with what time did to its points (`moved`) and is not booked yet. */
function afterTime(
  entries: readonly PointsEntry[],
  scene: PointsScene,
): { readonly stands: AfterTurn; readonly moved: readonly PointsEntry[] } {
  const moved = movedByTime(entries, scene);
  const books = withMore(entries, moved);
  return { stands: { standing: standingOf({ entries: books, ...scene }), entries: books }, moved };
}

/** What time did to the lots of a profile and is not booked yet. */
function movedByTime(
  entries: readonly PointsEntry[],
  { customers, programme, lapsesSince, at }: PointsScene,
): readonly PointsEntry[] {
  const moves = lapseMoves(entries, { months: programme.expiresAfterMonths, since: lapsesSince }, at);
  if (moves.length === 0) return [];
  const nobody = { purchase: null, number: null, store: null, device: null, staff: null };
  const ofLot = new Map(entries.map(({ id, customer }) => [id, customer]));
  return moves.map(({ lot, ...move }) =>
    pointsEntryOf({ ...nobody, ...move, customer: ofLot.get(lot) ?? customers[0] }),
  );
}

/** In the order in which it happened. */
function withMore(entries: readonly PointsEntry[], more: readonly PointsEntry[]): readonly PointsEntry[] {
  if (more.length === 0) return entries;
  return [...entries, ...more].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}
