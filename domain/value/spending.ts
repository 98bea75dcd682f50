import { compareMoney, lesserMoney, subtractMoney, sumMoney } from "../money/arithmetic.ts";
import { minorDigits } from "../money/format.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import { ok, type Result, refused } from "../result.ts";
import type { OfflinePolicy } from "../store/store.ts";
import { type CreditSums, creditBalance } from "./credit.ts";

/** Whole units of the store's currency that a till takes of one credit on its own word, where the policy does not say. */
const USUAL_OFFLINE_UNITS = 50;

/** The most that a till takes of one credit without the server's word. */
export function maxOfflineCredit({ maxCredit }: OfflinePolicy, currency: Currency): Money {
  return maxCredit ?? money(USUAL_OFFLINE_UNITS * 10 ** minorDigits(currency), currency);
}

/** Why nothing of a credit can be taken. */
export type CreditRefusal =
  | "creditUnknown"
  | "creditOtherCurrency"
  | "creditHeldByAnother"
  | "creditEmpty"
  | "creditAboveOfflineLimit";

/** A credit at the counter, as a till sees it. */
export interface CreditAtCounter {
  /** With this till's own moves that the server has not answered for; null: nobody here has heard of it. */
  readonly sums: CreditSums | null;
  /** What this till gave out and took of it that the server has not answered for. */
  readonly untold: { readonly issued: Money; readonly spent: Money };
  /** What was taken of it in baskets that are not sold yet. */
  readonly inBaskets: Money;
  /** `server`: it was asked just now and holds the credit for this till. */
  readonly word: "server" | "till" | "heldByAnother";
  readonly currency: Currency;
  readonly maxOffline: Money;
}

/** What can be taken of a credit now, and by what that is bound. */
export interface CreditRoom {
  readonly balance: Money;
  readonly most: Money;
  readonly boundBy: "balance" | "offline";
}

/**
 * How much a till may take of a credit. With the server's word all that is there. Without it no more than the policy lets a till take on its own word, over all
 * sales that the server does not know of; what this very till gave out meanwhile comes on top, since no other till can know of it.
 */
export function creditRoom({
  sums,
  untold,
  inBaskets,
  word,
  currency,
  maxOffline,
}: CreditAtCounter): Result<CreditRoom, CreditRefusal> {
  if (sums === null || sums.issuedAt === null) return refused("creditUnknown");
  if (sums.issued.currency !== currency) return refused("creditOtherCurrency");
  if (word === "heldByAnother") return refused("creditHeldByAnother");
  const balance = subtractMoney(creditBalance(sums), inBaskets);
  if (balance.minor <= 0) return refused("creditEmpty");
  if (word === "server") return ok({ balance, most: balance, boundBy: "balance" });
  const limit = sumMoney([maxOffline, untold.issued], currency);
  const room = subtractMoney(subtractMoney(limit, untold.spent), inBaskets);
  if (room.minor <= 0) return refused("creditAboveOfflineLimit");
  return room.minor < balance.minor
    ? ok({ balance, most: room, boundBy: "offline" })
    : ok({ balance, most: balance, boundBy: "balance" });
}

/** What of a credit can pay what remains of a sale, and by what that is bound. */
export function roomFor(
  { most, boundBy }: CreditRoom,
  remaining: Money,
): { readonly most: Money; readonly boundBy: CreditRoom["boundBy"] | "remaining" } {
  return {
    most: lesserMoney(most, remaining),
    boundBy: remaining.minor < most.minor ? "remaining" : boundBy,
  };
}

/**
 * What is taken of a credit: what is asked for, else all that it can pay of what remains. Where nothing remains, whoever takes the tender says so.
 */
export function takenOfCredit(
  { most, boundBy }: CreditRoom,
  { remaining, asked }: { readonly remaining: Money; readonly asked: Money | null },
): Result<
  Money,
  "wrongCurrency" | "creditExceedsRemaining" | "creditAboveOfflineLimit" | "creditExceedsBalance"
> {
  const wanted = asked ?? (remaining.minor === 0 ? most : lesserMoney(most, remaining));
  if (wanted.currency !== most.currency) return refused("wrongCurrency");
  if (remaining.minor > 0 && wanted.minor > remaining.minor) return refused("creditExceedsRemaining");
  if (wanted.minor > most.minor)
    return refused(boundBy === "offline" ? "creditAboveOfflineLimit" : "creditExceedsBalance");
  return ok(wanted);
}

/** Whether a credit, by the server's word, still has what was taken of it for a sale that is about to be written. */
export function isStillThere(sums: Pick<CreditSums, "issued" | "spent">, taken: Money): boolean {
  return compareMoney(taken, creditBalance(sums)) <= 0;
}
