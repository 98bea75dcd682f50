import type { ChannelId, Instant } from "../ids.ts";
import { addMoney, compareMoney, subtractMoney, zeroMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import { ok, type Result, refused } from "../result.ts";
import { type CreditSums, creditBalance } from "./credit.ts";

export const HOLD_STATES = ["held", "captured", "released"] as const;

/** What a web shop keeps of a store credit or gift card for one of its orders. Amounts are of one currency. */
export interface Hold {
  readonly id: string;
  readonly channel: ChannelId;
  /** The shop's own: asked for again by the same key it is the same hold. */
  readonly key: string;
  /** `captured`: paid with; `released`: given up. */
  readonly state: (typeof HOLD_STATES)[number];
  readonly held: Money;
  /** What was paid with; what of `held` was not is free again. */
  readonly captured: Money;
  /** What of that was given back. */
  readonly refunded: Money;
  /** The shop's order; empty until something is captured. */
  readonly order: string;
  readonly expiresAt: Instant;
}

/** What is known of a credit with what shops hold at this moment counted as spent. */
export function withoutHeld(sums: CreditSums, holds: readonly Hold[], at: Instant): CreditSums {
  const open = holds.filter((hold) => isOpen(hold, at) && hold.held.currency === sums.spent.currency);
  return { ...sums, spent: open.reduce((spent, { held }) => addMoney(spent, held), sums.spent) };
}

function isOpen({ state, expiresAt }: Hold, at: Instant): boolean {
  return state === "held" && expiresAt > at;
}

export type HoldRefusal = "unknown" | "wrongCurrency" | "notEnough" | "heldByTill";

/** A new hold. `sums` with what is held already counted as spent; null: nobody has told of such a credit. */
export function placeHold(
  wish: Pick<Hold, "id" | "channel" | "key" | "expiresAt"> & { readonly amount: Money },
  { sums, isAtTill }: { readonly sums: CreditSums | null; readonly isAtTill: boolean },
): Result<Hold, HoldRefusal> {
  if (sums === null || sums.issuedAt === null) return refused("unknown");
  const { amount, ...named } = wish;
  if (amount.currency !== sums.issued.currency) return refused("wrongCurrency");
  // A till was told that all of it is there, and its customer stands at the counter.
  if (isAtTill) return refused("heldByTill");
  if (amount.minor <= 0 || compareMoney(amount, creditBalance(sums)) > 0) return refused("notEnough");
  const none = zeroMoney(amount.currency);
  return ok({ ...named, state: "held", held: amount, captured: none, refunded: none, order: "" });
}

/** Pays an order with a hold, with all of it or a part; the rest is free again. The same again changes nothing. */
export function captureHold(
  hold: Hold,
  { amount, order, at }: { readonly amount: Money; readonly order: string; readonly at: Instant },
): Result<Hold, "holdOver" | "wrongCurrency" | "notEnough"> {
  if (amount.currency !== hold.held.currency) return refused("wrongCurrency");
  if (hold.state === "captured" && hold.order === order && hold.captured.minor === amount.minor)
    return ok(hold);
  if (!isOpen(hold, at)) return refused("holdOver");
  if (amount.minor <= 0 || compareMoney(amount, hold.held) > 0) return refused("notEnough");
  return ok({ ...hold, state: "captured", captured: amount, order });
}

/** Gives a hold up, before it was paid with. The same again changes nothing. */
export function releaseHold(hold: Hold): Result<Hold, "holdOver"> {
  return hold.state === "captured" ? refused("holdOver") : ok({ ...hold, state: "released" });
}

/** Gives back onto the credit what an order was paid with: over all refunds no more than that. */
export function refundHold(
  hold: Hold,
  amount: Money,
): Result<Hold, "holdOver" | "wrongCurrency" | "notEnough"> {
  if (hold.state !== "captured") return refused("holdOver");
  if (amount.currency !== hold.held.currency) return refused("wrongCurrency");
  const open = subtractMoney(hold.captured, hold.refunded);
  if (amount.minor <= 0 || compareMoney(amount, open) > 0) return refused("notEnough");
  return ok({ ...hold, refunded: addMoney(hold.refunded, amount) });
}
