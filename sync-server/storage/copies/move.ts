import { randomUUID } from "node:crypto";
import type { Instant } from "#domain/ids.ts";
import type { MovedAway } from "../../backup/port.ts";
import type { ReadTransaction } from "../port.ts";
import type { OnCopied } from "./contents.ts";
import { copyShop } from "./copy-shop.ts";
import { factsOf, type ShopFacts } from "./facts.ts";
import { type HeldShop, NotCopied } from "./held.ts";
import { hold, lookAt, make, nameOf, type Place } from "./place.ts";

/** What came of a move, and what `check` made of the shop where it is now. `facts` are null where an earlier run had moved it already. */
export type Move<C> =
  | { readonly kind: "moved"; readonly facts: ShopFacts; readonly checked: C; readonly kept: string | null }
  | { readonly kind: "movedBefore"; readonly at: Instant };

export interface MoveAsk<C> {
  readonly from: Place;
  readonly to: Place;
  readonly replace: boolean;
  /** What is kept of a shop that is replaced is called so. */
  readonly aside: string;
  readonly now: Instant;
  readonly onCopied: OnCopied;
  readonly check: (tx: ReadTransaction) => Promise<C>;
}

/**
 * Moves a shop into another database while no server runs on either: all rows, compared one by one, with the numbers that are given out next. The target is filled in one
 * transaction, or under another name, and is there as a whole or not at all; just before it is, the source is marked, so that no server ever starts on it again. Broken off
 * anywhere, the same move goes on or finds that it is done. Throws NotCopied.
 */
export async function moveShop<C>(ask: MoveAsk<C>): Promise<Move<C>> {
  const { from, to, replace, aside, now, onCopied, check } = ask;
  if (nameOf(from) === nameOf(to)) throw new NotCopied("--from and --to are the same database.");
  const source = await hold(from);
  try {
    const before = await movedBefore(source, ask);
    if (before !== null) return { kind: "movedBefore", at: before };
    const target = await make(to, { replace, aside });
    try {
      await copyShop(source.rows, target, onCopied);
      const facts = await factsOf(target);
      const checked = await check(target.tx);
      const move = randomUUID();
      await target.tx.setMovedHere(move);
      await source.tx.setMovedAway({ to: nameOf(to), at: now, move });
      await source.commit();
      const kept = await published(() => target.publish());
      return { kind: "moved", facts, checked, kept };
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** When an earlier run moved the shop there. One that was cut off before the target was there is begun anew: the mark is no part of the shop. */
async function movedBefore<C>(source: HeldShop, { from, to }: MoveAsk<C>): Promise<Instant | null> {
  const moved = await source.tx.movedAway();
  if (moved === null) return null;
  if (moved.to !== nameOf(to))
    throw new NotCopied(`The shop of ${nameOf(from)} was moved to ${moved.to} already: move it from there.`);
  const there = await marksAt(to);
  if (there?.movedHere === moved.move) {
    if (there.movedAway === null) return moved.at;
    throw new NotCopied(
      `The shop of ${nameOf(from)} was moved to ${moved.to} and from there to ${there.movedAway.to}: move it from there.`,
    );
  }
  await source.tx.setMovedAway(null);
  return null;
}

/** Which move the shop of a place came by, and whether it left; null: there is none. That it is the same shop says nothing: it may be an older copy. */
async function marksAt(
  place: Place,
): Promise<{ readonly movedHere: string | null; readonly movedAway: MovedAway | null } | null> {
  try {
    const shop = await lookAt(place);
    try {
      return { movedHere: await shop.tx.movedHere(), movedAway: await shop.tx.movedAway() };
    } finally {
      await shop.close();
    }
  } catch (error) {
    if (error instanceof NotCopied) return null;
    throw error;
  }
}

async function published<T>(publish: () => Promise<T>): Promise<T> {
  try {
    return await publish();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NotCopied(
      `Whether the move came to its end is not known (${why}). Run the same command again: it finds out, and goes on.`,
    );
  }
}
