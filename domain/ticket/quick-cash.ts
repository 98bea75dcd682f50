import { type Money, money } from "../money/money.ts";
import { denominationsOf } from "../shift/denominations.ts";
import { MAX_AMOUNT_MINOR } from "./basket.ts";

const MAX_QUICK_CASH = 4;
/** Smaller coins and notes than this share of the largest note are change, nothing to pay up to. */
const LARGEST_PER_SMALLEST = 100;
/** Nobody pays with more pieces of one note than about so many. */
const MAX_PIECES = 20;

/** What is likely handed over for an amount to pay in cash: the exact amount, then what the currency's notes make of it. At most four, smallest first. */
export function quickCash({ minor, currency }: Money): readonly Money[] {
  const faces = denominationsOf(currency);
  const least = Math.max((faces[0] ?? 0) / LARGEST_PER_SMALLEST, minor / MAX_PIECES);
  const rounded = faces
    .filter((face) => face >= least)
    .map((face) => Math.ceil(minor / face) * face)
    .filter((each) => each > minor && each <= MAX_AMOUNT_MINOR);
  const distinct = [...new Set([minor, ...rounded.sort((a, b) => a - b)])];
  return distinct.slice(0, MAX_QUICK_CASH).map((each) => money(each, currency));
}
