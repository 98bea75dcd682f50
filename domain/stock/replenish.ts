import { ok, type Result, refused } from "../result.ts";

/** No shelf asks for more pieces, or more in one pack. */
export const MAX_REORDER_PIECES = 100_000;

/** When goods are ordered anew, and how many. All are pieces. */
export interface ReorderRule {
  /** At so many pieces, or fewer, more are needed. */
  readonly reorderPoint: number;
  /** So many there should be again; above the reorder point. */
  readonly target: number;
  /** They come in packs of so many, 1 or more. */
  readonly pack: number;
}

export type ReorderRefusal = "notAbovePoint" | "outOfRange";

/** The rule itself where it can be followed. `outOfRange`: no whole pieces, below zero, or more than `MAX_REORDER_PIECES`. */
export function checkReorderRule(rule: ReorderRule): Result<ReorderRule, ReorderRefusal> {
  const { reorderPoint, target, pack } = rule;
  const isCount = (pieces: number, least: number) =>
    Number.isInteger(pieces) && pieces >= least && pieces <= MAX_REORDER_PIECES;
  if (!isCount(reorderPoint, 0) || !isCount(target, 1) || !isCount(pack, 1)) return refused("outOfRange");
  return target > reorderPoint ? ok(rule) : refused("notAbovePoint");
}

/** What a store has of an article. All are pieces. */
export interface ShelfFigures {
  /** May be below zero: then books and shelf differ, which a count puts right and no delivery. */
  readonly onHand: number;
  readonly reserved: number;
  readonly safetyStock: number;
}

/** Pieces that nobody waits for. Below zero where more is promised to orders than there is: those are needed as well. */
export function freePieces({ onHand, reserved, safetyStock }: ShelfFigures): number {
  return Math.max(0, onHand) - reserved - safetyStock;
}

/** Pieces that a store is to get: up to its target, in whole packs; 0 while what it has and what is on its way to it is above the reorder point. */
export function proposedPieces({
  rule: { reorderPoint, target, pack },
  free,
  incoming,
}: {
  readonly rule: ReorderRule;
  readonly free: number;
  /** On their way to the store, from wherever. */
  readonly incoming: number;
}): number {
  const there = free + incoming;
  return there > reorderPoint ? 0 : Math.ceil(Math.max(0, target - there) / pack) * pack;
}

/** Pieces that a store can do without: what it has above its target and has not promised to another store yet. */
export function sparePieces({
  target,
  free,
  promised,
}: {
  readonly target: number;
  readonly free: number;
  /** Asked of it by other stores, and not sent yet. */
  readonly promised: number;
}): number {
  return Math.max(0, free - promised - target);
}

const DAYS_OF_A_WEEK = 7;
const TENTHS = 10;

/** Pieces sold in a week, to a tenth, from those sold in so many days; never below zero, though more may have come back than went. */
export function soldPerWeek(sold: number, days: number): number {
  return Math.round((Math.max(0, sold) * DAYS_OF_A_WEEK * TENTHS) / days) / TENTHS;
}
