import { subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import type { Currency, Money } from "../money/money.ts";
import { ok, type Result, refused } from "../result.ts";
import { type CreditSums, creditBalance } from "./credit.ts";
import { eachOnce, type LedgerEntry } from "./ledger.ts";
import type { MoveKind } from "./moves.ts";

/** What HQ does to a store credit or a gift card: takes off what is left of it, pays it out in money, or puts back what it or time took off. */
export const HQ_CREDIT_ACTS = ["void", "payOut", "restore"] as const;
export type HqCreditAct = (typeof HQ_CREDIT_ACTS)[number];

/** The move that an act of HQ is. `sums` with what shops hold counted as spent: what is held is not HQ's to take. */
export function moveByHq(
  act: HqCreditAct,
  { sums, entries }: { readonly sums: CreditSums; readonly entries: readonly LedgerEntry[] },
): Result<{ readonly kind: MoveKind; readonly amount: Money }, "nothingLeft" | "nothingToRestore"> {
  const moves = eachOnce(entries).map(({ kind, postings: [{ amount }] }) => ({ kind, amount }));
  const amount = movableByHq(act, { balance: creditBalance(sums), moves });
  if (amount.minor === 0) return refused(act === "restore" ? "nothingToRestore" : "nothingLeft");
  return ok({ kind: MOVES[act], amount });
}

const MOVES = { void: "voided", payOut: "paidOut", restore: "restored" } as const;

/** How much an act of HQ can move of a credit that its moves explain, each of them once; zero where there is nothing to do. */
export function movableByHq(
  act: HqCreditAct,
  { balance, moves }: { readonly balance: Money; readonly moves: readonly Moved[] },
): Money {
  return act === "restore" ? takenOffIn(moves, balance.currency) : balance;
}

interface Moved {
  readonly kind: MoveKind;
  readonly amount: Money;
}

/** What HQ and time took off and was not put back; money that was paid out is gone. */
function takenOffIn(moves: readonly Moved[], currency: Currency): Money {
  const sumOf = (...kinds: readonly MoveKind[]): Money =>
    sumMoney(
      moves.flatMap(({ kind, amount }) =>
        kinds.includes(kind) && amount.currency === currency
          ? [{ ...amount, minor: Math.abs(amount.minor) }]
          : [],
      ),
      currency,
    );
  const open = subtractMoney(sumOf("expired", "voided"), sumOf("restored"));
  return open.minor > 0 ? open : zeroMoney(currency);
}
