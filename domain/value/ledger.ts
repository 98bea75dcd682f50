import type { CreditId } from "../ids.ts";
import { negateMoney, sumMoney } from "../money/arithmetic.ts";
import type { Currency, Money } from "../money/money.ts";
import type { BookableMove } from "./moves.ts";

/**
 * Where value lies. `credit:…`: what the shop owes to whoever has the code. `issued`: what credits were given out for, below zero by as much. `sales`: what was
 * bought with them. Gift cards and balances of customers get accounts of their own beside these.
 */
export type Account = "issued" | "sales" | `credit:${string}`;

export interface Posting {
  readonly account: Account;
  readonly amount: Money;
}

/** A move as the books have it: the code is gone, and what one account gets another gives, so that the postings add up to nothing. */
export interface LedgerEntry extends Omit<BookableMove, "code" | "amount"> {
  readonly postings: readonly [Posting, Posting];
}

export function creditAccount(credit: CreditId): Account {
  return `credit:${credit}`;
}

/** The entry of a move. Throws a RangeError where the move is of no amount: such never left a till. */
export function ledgerEntryOf(move: BookableMove, credit: CreditId): LedgerEntry {
  const { code: _code, amount, ...told } = move;
  if (amount.minor <= 0) throw new RangeError(`a credit moves by an amount above zero, not ${amount.minor}`);
  const account = creditAccount(credit);
  return move.kind === "issued"
    ? { ...told, postings: [posting("issued", negateMoney(amount)), posting(account, amount)] }
    : { ...told, postings: [posting(account, negateMoney(amount)), posting("sales", amount)] };
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
