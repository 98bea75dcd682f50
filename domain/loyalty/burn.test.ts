import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { zeroMoney } from "../money/arithmetic.ts";
import { EUR, eur, USD } from "../testing/shop.ts";
import {
  maxOfflinePoints,
  type PointsAtCounter,
  pointsRoom,
  shareBack,
  takenPoints,
  worthOf,
} from "./burn.ts";
import type { LoyaltyProgramme } from "./programme.ts";

const BURN = { points: 100, worth: eur(500), least: 200, most: 1_000 };
const PROGRAMME: LoyaltyProgramme = {
  name: "Friends",
  earn: { points: 1, per: eur(100), categories: [] },
  tiers: [],
  burn: BURN,
  expiresAfterMonths: null,
};

function room(changes: Partial<PointsAtCounter> = {}) {
  return pointsRoom({
    programme: PROGRAMME,
    balance: 900,
    untold: { earned: 0, burned: 0 },
    inBaskets: 0,
    inThis: 0,
    word: "server",
    payable: eur(10_000),
    maxOffline: eur(2_000),
    ...changes,
  });
}

test("one point a euro, a hundred of them worth five: five percent come back, and nothing where points pay nothing", () => {
  expect(shareBack(PROGRAMME)).toBeCloseTo(0.05, 10);
  expect(shareBack({ ...PROGRAMME, burn: null })).toBe(0);
});

describe("what points pay", () => {
  test("whole steps of what is there, with the server's word", () => {
    expect(room()).toEqual({
      ok: true,
      value: { balance: 900, least: 200, most: 900, amount: eur(4_500), boundBy: "balance" },
    });
    expect(room({ balance: 950 })).toMatchObject({ value: { most: 900 } });
  });

  test("no more than is to be paid, than one ticket takes, or than a till may without the server's word", () => {
    expect(room({ payable: eur(1_999) })).toMatchObject({ value: { most: 300, boundBy: "remaining" } });
    expect(room({ balance: 5_000 })).toMatchObject({ value: { most: 1_000, boundBy: "programme" } });
    expect(room({ word: "till" })).toMatchObject({ value: { most: 400, boundBy: "offline" } });
    expect(room({ word: "till", untold: { earned: 0, burned: 300 } })).toEqual({
      ok: false,
      reason: "pointsAboveOfflineLimit",
    });
    expect(room({ word: "till", untold: { earned: 300, burned: 300 } })).toMatchObject({ ok: true });
  });

  test.each([
    ["pointsPayNothing", { programme: { ...PROGRAMME, burn: null } }],
    ["pointsOtherCurrency", { payable: zeroMoney(USD) }],
    ["pointsHeldByAnother", { word: "heldByAnother" as const }],
    ["pointsTooFew", { balance: 199 }],
    ["pointsTooFew", { balance: -5 }],
    ["pointsTooFew", { payable: eur(999) }],
    ["pointsTooFew", { inBaskets: 800 }],
  ])("%s", (reason, changes) => {
    expect(room(changes)).toEqual({ ok: false, reason });
  });

  test("what is asked for is taken in steps only, never too few nor too many", () => {
    const found = room();
    if (!found.ok) throw new Error(found.reason);
    expect(takenPoints(found.value, BURN, null)).toEqual({ ok: true, value: 900 });
    expect(takenPoints(found.value, BURN, 300)).toEqual({ ok: true, value: 300 });
    expect(takenPoints(found.value, BURN, 250)).toEqual({ ok: false, reason: "pointsNotInSteps" });
    expect(takenPoints(found.value, BURN, 100)).toEqual({ ok: false, reason: "pointsNotInSteps" });
    expect(takenPoints(found.value, BURN, 1_000)).toEqual({ ok: false, reason: "pointsTooMany" });
  });

  test("several tills without a connection overdraw no further than the limit each, one till never", () => {
    const asks = fc.array(fc.nat(2), { maxLength: 20 });
    fc.assert(
      fc.property(fc.nat(3_000), asks, (balance, tills) => {
        const taken = new Map<number, number>();
        for (const till of tills) {
          const burned = taken.get(till) ?? 0;
          const found = room({ word: "till", balance: balance - burned, untold: { earned: 0, burned } });
          if (found.ok) taken.set(till, burned + found.value.most);
        }
        for (const burned of taken.values()) {
          expect(burned).toBeLessThanOrEqual(balance);
          expect(worthOf(BURN, burned).minor).toBeLessThanOrEqual(2_000);
        }
      }),
    );
  });

  test("the limit is a credit's where nobody said otherwise", () => {
    const policy = { warnAfterDays: 1, managerAfterDays: 2, rosterMaxAgeDays: 7, maxRefund: eur(0) };
    expect(maxOfflinePoints(policy, EUR)).toEqual(eur(5_000));
    expect(maxOfflinePoints({ ...policy, maxPoints: eur(700) }, EUR)).toEqual(eur(700));
  });
});
