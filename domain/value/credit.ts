import type { CreditId, Instant } from "../ids.ts";
import { addMoney, subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import { eachOnce, holderOf, type LedgerEntry } from "./ledger.ts";
import { type CreditMove, isGiving } from "./moves.ts";

/**
 * What is known of a store credit or a gift card: all that was ever put on it and taken off it. Sums, so that in whatever order it is told they come out the
 * same.
 */
export interface CreditSums {
  readonly issued: Money;
  readonly spent: Money;
  /** Null: nobody has told of its issue yet. */
  readonly issuedAt: Instant | null;
}

/** `awaited`: it was spent, and its issue is not told yet. */
export const CREDIT_STATES = ["open", "empty", "overdrawn", "awaited"] as const;
export type CreditState = (typeof CREDIT_STATES)[number];

/** What may still be spent; never below zero. */
export function creditBalance({ issued, spent }: Pick<CreditSums, "issued" | "spent">): Money {
  return atLeastZero(subtractMoney(issued, spent));
}

/** How much more was spent than was ever given out. */
export function overdrawnBy({ issued, spent }: CreditSums): Money {
  return atLeastZero(subtractMoney(spent, issued));
}

export function creditState(sums: CreditSums): CreditState {
  if (sums.issuedAt === null) return "awaited";
  if (overdrawnBy(sums).minor > 0) return "overdrawn";
  return creditBalance(sums).minor === 0 ? "empty" : "open";
}

/**
 * A credit by its entries; null where none is about it. A credit is of one currency, that of its first issue: what was told in another lies on the books and
 * adds nothing.
 */
export function creditSums(credit: CreditId, entries: readonly LedgerEntry[]): CreditSums | null {
  const own = eachOnce(entries).flatMap(({ id, kind, at, postings }) =>
    postings.flatMap(({ account, amount }) =>
      holderOf(account)?.id === credit ? [{ id, gives: isGiving(kind), at, amount }] : [],
    ),
  );
  const issues = own.filter(({ gives }) => gives).toSorted(byTime);
  const [first] = issues.length > 0 ? issues : own.toSorted(byTime);
  if (first === undefined) return null;
  const { currency } = first.amount;
  const sumOf = (gives: boolean): Money =>
    sumMoney(
      own.flatMap((each) =>
        each.gives === gives && each.amount.currency === currency ? [magnitude(each.amount)] : [],
      ),
      currency,
    );
  return { issued: sumOf(true), spent: sumOf(false), issuedAt: first.gives ? first.at : null };
}

/** fold(replica, pending): a credit with moves that what is known of it does not contain. Null where it is known from neither. */
export function withMoves(known: CreditSums | null, moves: readonly CreditMove[]): CreditSums | null {
  const issues = moves.filter(({ kind }) => isGiving(kind)).toSorted(byTime);
  const start = known ?? startOf(issues[0] ?? moves.toSorted(byTime)[0]);
  if (start === null) return null;
  const { currency } = start.issued;
  const own = moves.filter(({ amount }) => amount.currency === currency);
  const { issued, spent } = movedBy(own, currency);
  const [first] = issues.filter(({ amount }) => amount.currency === currency);
  return {
    issued: addMoney(start.issued, issued),
    spent: addMoney(start.spent, spent),
    issuedAt: earlier(start.issuedAt, first?.at ?? null),
  };
}

function earlier(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function startOf(first: CreditMove | undefined): CreditSums | null {
  if (first === undefined) return null;
  const zero = zeroMoney(first.amount.currency);
  return { issued: zero, spent: zero, issuedAt: null };
}

/** What moves give out and take, in one currency. */
export function movedBy(
  moves: readonly Pick<CreditMove, "kind" | "amount">[],
  currency: Currency,
): { readonly issued: Money; readonly spent: Money } {
  const sumOf = (gives: boolean): Money =>
    sumMoney(
      moves.flatMap(({ kind, amount }) =>
        isGiving(kind) === gives && amount.currency === currency ? [amount] : [],
      ),
      currency,
    );
  return { issued: sumOf(true), spent: sumOf(false) };
}

function byTime(
  a: { readonly at: Instant; readonly id: string },
  b: { readonly at: Instant; readonly id: string },
): number {
  if (a.at !== b.at) return a.at - b.at;
  return a.id < b.id ? -1 : 1;
}

function magnitude({ minor, currency }: Money): Money {
  return money(Math.abs(minor), currency);
}

function atLeastZero(amount: Money): Money {
  return amount.minor < 0 ? zeroMoney(amount.currency) : amount;
}
