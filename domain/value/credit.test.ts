import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { money } from "../money/money.ts";
import { NOON } from "../testing/arbitrary-baskets.ts";
import { EUR, eur, USD } from "../testing/shop.ts";
import { BERLIN, TILL } from "../testing/written-chain.ts";
import { creditBalance, creditState, creditSums, overdrawnBy, withMoves } from "./credit.ts";
import { accountBalance, creditAccount, type LedgerEntry, ledgerEntryOf } from "./ledger.ts";
import type { CreditMove } from "./moves.ts";

const CREDIT = idOf<"Credit">("c1");
const OTHER = idOf<"Credit">("c2");

function move(
  id: string,
  kind: CreditMove["kind"],
  minor: number,
  changes: Partial<CreditMove> = {},
): CreditMove {
  return {
    id,
    kind,
    code: "CODE",
    amount: eur(minor),
    at: NOON,
    ticket: idOf<"Ticket">("t"),
    number: idOf<"ReceiptNumber">("BER1-03-000001"),
    store: BERLIN,
    device: TILL,
    staff: idOf<"Staff">("mira"),
    ...changes,
  };
}

const moves: fc.Arbitrary<readonly CreditMove[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom("issued" as const, "spent" as const),
      minor: fc.integer({ min: 1, max: 10_000 }),
      at: fc.integer({ min: 0, max: 9 }),
      isForeign: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((drawn) =>
    drawn.map(({ kind, minor, at, isForeign }, index) =>
      move(`m${index}`, kind, minor, {
        at: instant(NOON + at),
        amount: money(minor, isForeign ? USD : EUR),
      }),
    ),
  );

const booked = (some: readonly CreditMove[], credit = CREDIT): readonly LedgerEntry[] =>
  some.map((each) => ledgerEntryOf(each, credit));

describe("the books", () => {
  test("what one account gets another gives: all of them together are nothing, in every currency", () => {
    fc.assert(
      fc.property(moves, (some) => {
        const entries = booked(some);
        for (const currency of [EUR, USD]) {
          const sum = (["issued", "sales", creditAccount(CREDIT)] as const).reduce(
            (total, account) => total + accountBalance(entries, { account, currency }).minor,
            0,
          );
          expect(sum).toBe(0);
        }
      }),
    );
  });

  test("in whatever order and however often it is told, a credit is the same", () => {
    fc.assert(
      fc.property(
        moves.chain((some) =>
          fc.tuple(
            fc.constant(some),
            fc.shuffledSubarray([...some], { minLength: some.length }),
            fc.subarray([...some]),
          ),
        ),
        ([some, shuffled, again]) => {
          expect(creditSums(CREDIT, booked([...shuffled, ...again]))).toEqual(
            creditSums(CREDIT, booked(some)),
          );
        },
      ),
    );
  });

  test("no balance is made from nothing: it is what was given out less what was spent, and what is overdrawn is said apart", () => {
    fc.assert(
      fc.property(moves, (some) => {
        const sums = creditSums(CREDIT, booked(some));
        if (sums === null) throw new Error("there were entries");
        const balance = creditBalance(sums);
        const over = overdrawnBy(sums);
        expect(balance.minor).toBeGreaterThanOrEqual(0);
        expect(over.minor).toBeGreaterThanOrEqual(0);
        expect(balance.minor).toBeLessThanOrEqual(sums.issued.minor);
        expect(balance.minor - over.minor).toBe(sums.issued.minor - sums.spent.minor);
        expect(Math.min(balance.minor, over.minor)).toBe(0);
        const account = creditAccount(CREDIT);
        expect(accountBalance(booked(some), { account, currency: balance.currency }).minor).toBe(
          balance.minor - over.minor,
        );
      }),
    );
  });

  test("what is told of one credit changes no other", () => {
    fc.assert(
      fc.property(moves, moves, (some, others) => {
        const elsewhere = booked(
          others.map((each) => ({ ...each, id: `other-${each.id}` })),
          OTHER,
        );
        expect(creditSums(CREDIT, [...elsewhere, ...booked(some)])).toEqual(creditSums(CREDIT, booked(some)));
        expect(creditSums(CREDIT, elsewhere)).toBeNull();
      }),
    );
  });

  test("a move of nothing or less is never booked", () => {
    expect(() => ledgerEntryOf(move("m", "spent", -5), CREDIT)).toThrow(RangeError);
    expect(() => ledgerEntryOf(move("m", "issued", 0), CREDIT)).toThrow(RangeError);
  });
});

describe("a credit at a till", () => {
  test("what the server booked with what this till has not told yet is what the server will have booked", () => {
    fc.assert(
      fc.property(moves, fc.nat(12), (drawn, cut) => {
        const some = drawn.map((each) => ({ ...each, amount: eur(each.amount.minor) }));
        const known = creditSums(CREDIT, booked(some.slice(0, cut)));
        expect(withMoves(known, some.slice(cut))).toEqual(creditSums(CREDIT, booked(some)));
      }),
    );
  });

  test.each([
    ["open", [move("a", "issued", 500), move("b", "spent", 200)], 300, 0],
    ["empty", [move("a", "issued", 500), move("b", "spent", 500)], 0, 0],
    ["overdrawn", [move("a", "issued", 500), move("b", "spent", 400), move("c", "spent", 400)], 0, 300],
    ["awaited", [move("b", "spent", 200)], 0, 200],
  ] as const)("%s", (state, some, balance, over) => {
    const sums = withMoves(null, some);
    if (sums === null) throw new Error("there were moves");
    expect(creditState(sums)).toBe(state);
    expect(creditBalance(sums)).toEqual(eur(balance));
    expect(overdrawnBy(sums)).toEqual(eur(over));
  });

  test("what is spent in another currency takes nothing off, whenever it is told", () => {
    const dollars = move("d", "spent", 500, { amount: money(500, USD), at: instant(NOON - 1) });
    const some = [dollars, move("a", "issued", 500)];
    expect(creditSums(CREDIT, booked(some))).toMatchObject({ issued: eur(500), spent: eur(0) });
  });
});
