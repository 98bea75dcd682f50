import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Money } from "../money/money.ts";
import { NOON } from "../testing/arbitrary-baskets.ts";
import { EUR, eur, JPY, USD } from "../testing/shop.ts";
import type { CreditSums } from "./credit.ts";
import {
  type CreditAtCounter,
  creditRoom,
  isStillThere,
  maxOfflineCredit,
  roomFor,
  takenOfCredit,
} from "./spending.ts";

const KNOWN: CreditSums = { issued: eur(8_000), spent: eur(0), issuedAt: NOON };
const NONE = { issued: eur(0), spent: eur(0) };

function at(changes: Partial<CreditAtCounter>) {
  return creditRoom({
    sums: KNOWN,
    untold: NONE,
    inBaskets: eur(0),
    word: "till",
    currency: EUR,
    maxOffline: eur(5_000),
    ...changes,
  });
}

describe("what a till takes of a credit", () => {
  test("all that is there with the server's word, a part of it without", () => {
    expect(at({ word: "server" })).toEqual({
      ok: true,
      value: { balance: eur(8_000), most: eur(8_000), boundBy: "balance" },
    });
    expect(at({})).toEqual({
      ok: true,
      value: { balance: eur(8_000), most: eur(5_000), boundBy: "offline" },
    });
  });

  test("what it gave out itself meanwhile, all of it: nobody else knows of it", () => {
    const untold = { issued: eur(8_000), spent: eur(0) };
    expect(at({ untold })).toMatchObject({ ok: true, value: { most: eur(8_000) } });
  });

  test("what was spent here before counts against the limit, and what lies in another basket", () => {
    const untold = { issued: eur(0), spent: eur(3_000) };
    const sums = { ...KNOWN, spent: eur(3_000) };
    expect(at({ sums, untold })).toMatchObject({ ok: true, value: { most: eur(2_000) } });
    expect(at({ sums, untold, inBaskets: eur(1_500) })).toMatchObject({
      ok: true,
      value: { most: eur(500) },
    });
    const more = { issued: eur(0), spent: eur(5_000) };
    expect(at({ sums: { ...KNOWN, spent: eur(5_000) }, untold: more })).toEqual({
      ok: false,
      reason: "creditAboveOfflineLimit",
    });
  });

  test.each([
    ["creditUnknown", { sums: null }],
    ["creditUnknown", { sums: { ...KNOWN, issuedAt: null } }],
    ["creditOtherCurrency", { currency: USD }],
    ["creditHeldByAnother", { word: "heldByAnother" as const }],
    ["creditEmpty", { sums: { ...KNOWN, spent: eur(8_000) } }],
    ["creditEmpty", { sums: { ...KNOWN, spent: eur(9_000) } }],
    ["creditEmpty", { inBaskets: eur(8_000) }],
  ])("%s", (reason, changes) => {
    expect(at(changes)).toEqual({ ok: false, reason });
  });

  test("the policy's limit is 50 of the store's currency where nobody said otherwise", () => {
    const policy = { warnAfterDays: 1, managerAfterDays: 2, rosterMaxAgeDays: 7, maxRefund: eur(0) };
    expect(maxOfflineCredit(policy, EUR)).toEqual(eur(5_000));
    expect(maxOfflineCredit(policy, JPY).minor).toBe(50);
    expect(maxOfflineCredit({ ...policy, maxCredit: eur(0) }, EUR)).toEqual(eur(0));
  });
});

describe("tills without a connection", () => {
  const spendings = fc.array(fc.record({ till: fc.nat(3), wanted: fc.integer({ min: 1, max: 6_000 }) }), {
    maxLength: 20,
  });

  test("one till never overdraws a credit, and several by no more than the limit each", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), spendings, (issued, wanted) => {
        const spent = new Map<number, number>();
        for (const { till, wanted: most } of wanted) {
          const before = spent.get(till) ?? 0;
          const taken = take(issued, before, eur(most));
          spent.set(till, before + taken);
          expect(before + taken).toBeLessThanOrEqual(Math.min(issued, 5_000));
        }
        const all = [...spent.values()].reduce((sum, each) => sum + each, 0);
        const tills = spent.size;
        expect(all).toBeLessThanOrEqual(tills * 5_000);
        if (tills === 1) expect(all).toBeLessThanOrEqual(issued);
      }),
    );
  });

  function take(issued: number, before: number, wanted: Money): number {
    const room = at({
      sums: { issued: eur(issued), spent: eur(before), issuedAt: NOON },
      untold: { issued: eur(0), spent: eur(before) },
    });
    return room.ok ? Math.min(room.value.most.minor, wanted.minor) : 0;
  }
});

describe("what is taken of what may be taken", () => {
  const room = { balance: eur(8_000), most: eur(5_000), boundBy: "offline" } as const;

  test("what is asked for, else as much as pays the rest", () => {
    expect(takenOfCredit(room, { remaining: eur(3_000), asked: null })).toEqual({
      ok: true,
      value: eur(3_000),
    });
    expect(takenOfCredit(room, { remaining: eur(9_000), asked: null })).toEqual({
      ok: true,
      value: eur(5_000),
    });
    expect(takenOfCredit(room, { remaining: eur(9_000), asked: eur(100) })).toEqual({
      ok: true,
      value: eur(100),
    });
    expect(roomFor(room, eur(3_000))).toEqual({ most: eur(3_000), boundBy: "remaining" });
    expect(roomFor(room, eur(9_000))).toEqual({ most: eur(5_000), boundBy: "offline" });
  });

  test("never more than remains, or than may be taken, and in its own currency", () => {
    const asked = (amount: Money, remaining = eur(9_000)) =>
      takenOfCredit(room, { remaining, asked: amount });
    expect(asked(eur(3_001), eur(3_000))).toEqual({ ok: false, reason: "creditExceedsRemaining" });
    expect(asked(eur(5_001))).toEqual({ ok: false, reason: "creditAboveOfflineLimit" });
    const bound = { ...room, boundBy: "balance" } as const;
    expect(takenOfCredit(bound, { remaining: eur(9_000), asked: eur(5_001) })).toEqual({
      ok: false,
      reason: "creditExceedsBalance",
    });
    expect(asked({ minor: 1, currency: USD })).toEqual({ ok: false, reason: "wrongCurrency" });
  });

  test("is still there to the cent, or not", () => {
    const sums = { issued: eur(8_000), spent: eur(3_000) };
    expect(isStillThere(sums, eur(5_000))).toBe(true);
    expect(isStillThere(sums, eur(5_001))).toBe(false);
  });
});
