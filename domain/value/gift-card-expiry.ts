import type { BusinessDay, Instant } from "../ids.ts";
import type { Money } from "../money/money.ts";
import { type CreditSums, creditBalance } from "./credit.ts";
import { type GiftCardPolicy, giftCardValidUntil } from "./gift-card.ts";
import type { LedgerEntry } from "./ledger.ts";
import { isGiving } from "./moves.ts";

/** When value was last put on, whoever did it; null where it never was. */
export function lastGiven(entries: readonly LedgerEntry[]): LedgerEntry | null {
  const given = entries.filter(({ kind }) => isGiving(kind));
  return given.toSorted((a, b) => b.at - a.at)[0] ?? null;
}

/** What of a gift card has run out of time by `today`; null where nothing has. `dayOf` is the day of a moment where the card was last loaded. */
export function expiredOf({
  sums,
  entries,
  policy,
  today,
  dayOf,
}: {
  /** With what shops hold counted as spent. */
  readonly sums: CreditSums;
  readonly entries: readonly LedgerEntry[];
  readonly policy: GiftCardPolicy;
  readonly today: BusinessDay;
  readonly dayOf: (at: Instant) => BusinessDay;
}): Money | null {
  const given = lastGiven(entries);
  const balance = creditBalance(sums);
  if (given === null || balance.minor === 0) return null;
  const until = giftCardValidUntil(dayOf(given.at), policy);
  return until !== null && until < today ? balance : null;
}
