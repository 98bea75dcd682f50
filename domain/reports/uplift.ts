import { dayNumberOf, daysAfter } from "../store/business-day.ts";
import { ACROSS } from "./across.ts";
import { daysIn, type Period } from "./period.ts";

/** With fewer pieces sold before, chance is larger than what a promotion does: a rate of them would say nothing. */
export const MIN_PIECES_BEFORE = 20;
const DAYS_A_WEEK = 7;

/** What articles sold in some days, less what came back. Minor units of one currency. */
export interface SoldInDays {
  readonly pieces: number;
  readonly value: number;
  readonly margin: number;
}

/** What is known of one promotion in the days in which it ran. */
export interface PromotionRun {
  /** Of the articles that it reduced, in the stores in which it did: while it ran and as many days before. */
  readonly meanwhile: SoldInDays;
  readonly before: SoldInDays;
  /** Whether it reduced something in the days before, too. */
  readonly ranBefore: boolean;
  readonly givenAway: number;
  /** Baskets in which it reduced something, and all of the same days and stores. */
  readonly baskets: number;
  readonly allBaskets: number;
}

/** Why what was sold with a promotion is not compared with what was sold without. */
export type NotComparable = "ranBefore" | "tooFewBefore";

export interface Uplift {
  /** In the order of the report's measures, with those besides. */
  readonly measures: readonly number[];
  /** Null: it is compared. */
  readonly why: NotComparable | null;
}

/** As many days before a promotion as it ran, the same weekdays and so near as can be: so many whole weeks earlier that they end before it began. */
export function daysBeforeRun(run: Period): Period {
  const weeks = Math.ceil(daysIn(run) / DAYS_A_WEEK);
  const shift = -weeks * DAYS_A_WEEK;
  return { from: daysAfter(run.from, shift), until: daysAfter(run.until, shift) };
}

/** Whether a day lies in a period. */
export function isIn(day: Period["from"], { from, until }: Period): boolean {
  const number = dayNumberOf(day);
  return number >= dayNumberOf(from) && number <= dayNumberOf(until);
}

/** What a promotion did: what its articles sold more while it ran than without it, where there is enough to compare with. What was sold before is shown in any case. */
export function upliftOf(run: PromotionRun): Uplift {
  const { meanwhile, before } = run;
  const why = run.ranBefore ? "ranBefore" : before.pieces < MIN_PIECES_BEFORE ? "tooFewBefore" : null;
  const compared = (amount: number) => (why === null ? amount : 0);
  const of: Readonly<Record<string, number>> = {
    givenAway: run.givenAway,
    promotedBaskets: run.baskets,
    allBaskets: run.allBaskets,
    piecesWhile: meanwhile.pieces,
    piecesBefore: before.pieces,
    piecesMore: compared(meanwhile.pieces - before.pieces),
    piecesBase: compared(before.pieces),
    valueWhile: meanwhile.value,
    valueBefore: before.value,
    valueMore: compared(meanwhile.value - before.value),
    valueBase: compared(before.value),
    marginWhile: meanwhile.margin,
    marginBefore: before.margin,
    marginMore: compared(meanwhile.margin - before.margin),
    compared: compared(1),
  };
  const { measures, besides } = ACROSS.uplift;
  return { measures: [...measures, ...besides].map((name) => of[name] ?? 0), why };
}
