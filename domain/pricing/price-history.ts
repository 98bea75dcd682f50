import { type Instant, instant } from "../ids.ts";
import { lesserMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import type { Price } from "../product/product.ts";
import { priceOf } from "./price-of.ts";

/** Thirty days by the clock, whether or not the clocks change in between. */
const LOOK_BACK_MS = 30 * 86_400_000;

/** That a price was set or taken away at a moment: what was written last for a beginning counts. */
export interface PriceWrite {
  readonly at: Instant;
  /** Names the price among those of its list and variant. */
  readonly validFrom: Instant | null;
  /** Null: it was taken away. */
  readonly price: Price | null;
}

/** A stretch of time, `to` excluded, in which one price held. */
export interface HeldPrice {
  readonly from: Instant;
  readonly to: Instant;
  readonly price: Price;
}

/** Whether a price says of itself that it was higher before. */
export function isReduction({ amount, compareAt }: Pick<Price, "amount" | "compareAt">): boolean {
  return compareAt !== null && compareAt.currency === amount.currency && compareAt.minor > amount.minor;
}

/**
 * What held when, before `until`: of the writes of one list and variant, in the order in which they happened. Times without any
 * price are left out.
 */
export function heldPrices(writes: readonly PriceWrite[], until: Instant): readonly HeldPrice[] {
  const moments = writes
    .flatMap(({ at, price }) => [at, price?.validFrom ?? at, price?.validTo ?? at])
    .filter((moment) => moment < until);
  const ordered = [...new Set(moments)].toSorted((a, b) => a - b);
  const inForce = new Map<Instant | null, Price>();
  const held: HeldPrice[] = [];
  let seen = 0;
  for (const [index, from] of ordered.entries()) {
    for (let write = writes[seen]; write !== undefined && write.at <= from; write = writes[seen]) {
      seen += 1;
      writeInto(inForce, write);
    }
    const prices = [...inForce.values()];
    const price = priceOf({ prices, lists: prices.slice(0, 1).map(({ list }) => list), at: from });
    if (price !== null) held.push({ from, to: ordered[index + 1] ?? until, price });
  }
  return held;
}

/** The prices of one list and variant as they were known at a moment, those included that were still to begin. */
export function pricesWritten(writes: readonly PriceWrite[], at: Instant): readonly Price[] {
  const known = new Map<Instant | null, Price>();
  for (const write of writes) if (write.at <= at) writeInto(known, write);
  return [...known.values()];
}

function writeInto(known: Map<Instant | null, Price>, { validFrom, price }: PriceWrite): void {
  if (price === null) known.delete(validFrom);
  else known.set(validFrom, price);
}

/**
 * The lowest price in the 30 days before a reduction that begins at `begins` (Directive 98/6/EC, article 6a(1) and (2)). Where the price
 * was reduced further step by step without a break, the 30 days are those before the first step (article 6a(5)). Of goods that are on
 * the list for less than that, it is the lowest since they came (6a(4)); null where they had no price before.
 */
export function lowestBefore({
  writes,
  reduced,
  begins,
}: {
  readonly writes: readonly PriceWrite[];
  readonly reduced: Price;
  readonly begins: Instant;
}): Money | null {
  const held = heldPrices(writes, begins).filter(
    ({ price }) => price.amount.currency === reduced.amount.currency,
  );
  const first = firstStep(held, { amount: reduced.amount, begins });
  const since = instant(Math.max(0, first - LOOK_BACK_MS));
  return held
    .filter(({ from, to }) => from < first && to > since)
    .reduce<Money | null>(
      (lowest, { price }) => (lowest === null ? price.amount : lesserMoney(lowest, price.amount)),
      null,
    );
}

/** When the first of the unbroken steps downwards began that end in this reduction. */
function firstStep(
  held: readonly HeldPrice[],
  { amount, begins }: { readonly amount: Money; readonly begins: Instant },
): Instant {
  let first = begins;
  let least = amount.minor;
  for (const { from, to, price } of held.toReversed()) {
    if (to !== first || !isReduction(price) || price.amount.minor < least) return first;
    first = from;
    least = price.amount.minor;
  }
  return first;
}
