import { type CreditId, idOf } from "../ids.ts";
import { negateMoney, sumMoney } from "../money/arithmetic.ts";
import type { Currency, Money } from "../money/money.ts";
import { VALUE_KINDS, type ValueKind, valueKindOf } from "./credit-code.ts";
import { type BookableMove, isGiving, type MoveKind } from "./moves.ts";

const OWN_ACCOUNTS = { credit: "credit:", giftCard: "giftcard:" } as const satisfies Record<
  ValueKind,
  string
>;

/** `issued`: what was given out for returns; `giftCardSales`: what gift cards were bought for; `restored`: what was put back. All below zero by as much. */
const COUNTER_ACCOUNTS = {
  issued: "issued",
  sold: "giftCardSales",
  loaded: "giftCardSales",
  restored: "restored",
  spent: "sales",
  paidOut: "paidOut",
  expired: "expired",
  voided: "voided",
} as const satisfies Record<MoveKind, string>;
export type CounterAccount = (typeof COUNTER_ACCOUNTS)[MoveKind];

/**
 * Where value lies. `credit:…` and `giftcard:…`: what the shop owes to whoever has the code. The others are what that was given out for and where it went; all
 * of them together are nothing.
 */
export type Account = CounterAccount | `credit:${string}` | `giftcard:${string}`;

export interface Posting {
  readonly account: Account;
  readonly amount: Money;
}

/** A move as the books have it: the code is gone, and what one account gets another gives, so that the postings add up to nothing. */
export interface LedgerEntry extends Omit<BookableMove, "code" | "amount"> {
  readonly postings: readonly [Posting, Posting];
}

/** The account of a store credit or a gift card. */
export function creditAccount(credit: CreditId, kind: ValueKind = "credit"): Account {
  return `${OWN_ACCOUNTS[kind]}${credit}`;
}

/** Whose account it is, by its name; null for those that are nobody's. */
export function holderOf(account: string): { readonly id: CreditId; readonly kind: ValueKind } | null {
  for (const kind of VALUE_KINDS) {
    const prefix = OWN_ACCOUNTS[kind];
    if (account.startsWith(prefix)) return { id: idOf<"Credit">(account.slice(prefix.length)), kind };
  }
  return null;
}

/** An account by its name as it is kept; null where there is none of this name. */
export function accountNamed(name: string): Account | null {
  const counter = Object.values(COUNTER_ACCOUNTS).find((each) => each === name);
  if (counter !== undefined) return counter;
  const holder = holderOf(name);
  return holder === null ? null : creditAccount(holder.id, holder.kind);
}

/** The entry of a move. Throws a RangeError where the move is of no amount: such never left a till. */
export function ledgerEntryOf({ code, ...move }: BookableMove, credit: CreditId): LedgerEntry {
  return entryOn(move, creditAccount(credit, valueKindOf(code)));
}

/** The entry of a move whose account is known and whose code need not be. Throws a RangeError as `ledgerEntryOf` does. */
export function entryOn(move: Omit<BookableMove, "code">, account: Account): LedgerEntry {
  const { amount, ...told } = move;
  if (amount.minor <= 0) throw new RangeError(`a credit moves by an amount above zero, not ${amount.minor}`);
  const counter = COUNTER_ACCOUNTS[move.kind];
  return isGiving(move.kind)
    ? { ...told, postings: [posting(counter, negateMoney(amount)), posting(account, amount)] }
    : { ...told, postings: [posting(account, negateMoney(amount)), posting(counter, amount)] };
}

function posting(account: Account, amount: Money): Posting {
  return { account, amount };
}

/** Each entry once, by its id; the first that was told counts. */
export function eachOnce(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const known = new Map<string, LedgerEntry>();
  for (const entry of entries) if (!known.has(entry.id)) known.set(entry.id, entry);
  return [...known.values()];
}

/** What lies on an account in one currency; below zero where more was taken than given. */
export function accountBalance(
  entries: readonly LedgerEntry[],
  { account, currency }: { readonly account: Account; readonly currency: Currency },
): Money {
  return sumMoney(
    eachOnce(entries).flatMap(({ postings }) =>
      postings.flatMap((each) =>
        each.account === account && each.amount.currency === currency ? [each.amount] : [],
      ),
    ),
    currency,
  );
}
