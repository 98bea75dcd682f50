import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import { basketOf, MIRA, NOON } from "../testing/arbitrary-baskets.ts";
import { EUR, eur, GERMANY, lineOf, USD } from "../testing/shop.ts";
import type { Basket } from "../ticket/basket.ts";
import { completeTicket } from "../ticket/complete.ts";
import { type EarningGoods, earnedOn } from "./earn.ts";
import { pointsMovesOf } from "./moves.ts";
import type { LoyaltyProgramme } from "./programme.ts";

const ANNA = idOf<"Customer">("anna");
const PROGRAMME: LoyaltyProgramme = {
  name: "Friends",
  earn: {
    points: 1,
    per: eur(100),
    categories: [
      { category: "Books", ppm: 0 },
      { category: "Tea", ppm: 2_000_000 },
    ],
  },
  tiers: [],
  burn: { points: 100, worth: eur(100), least: 100, most: null },
  expiresAfterMonths: null,
};
const GOLD = { name: "Gold", from: 1_000, ppm: 1_500_000 };

function goods(position: number, minor: number, category: string | null = null): EarningGoods {
  return { position, pieces: 1, category, paid: eur(minor) };
}

const earned = (some: readonly EarningGoods[], changes = {}) =>
  earnedOn({ goods: some, programme: PROGRAMME, tier: null, withPoints: eur(0), ...changes });

describe("what goods earn", () => {
  test("a point per whole euro over the whole ticket, rounded down once", () => {
    expect(earned([goods(0, 199)]).points).toBe(1);
    expect(earned([goods(0, 150), goods(1, 150)]).points).toBe(3);
    expect(earned([goods(0, 99)])).toEqual({ points: 0, shares: [] });
  });

  test("some categories earn double, some nothing, and a tier more", () => {
    expect(earned([goods(0, 1_000, "Tea"), goods(1, 1_000, "Books")]).points).toBe(20);
    expect(earned([goods(0, 1_000)], { tier: GOLD }).points).toBe(15);
  });

  test("nothing on what is paid with points, nor in another currency", () => {
    expect(earned([goods(0, 1_000), goods(1, 1_000)], { withPoints: eur(500) }).points).toBe(15);
    expect(earned([goods(0, 1_000)], { withPoints: eur(1_000) }).points).toBe(0);
    expect(earned([{ ...goods(0, 1_000), paid: money(1_000, USD) }]).points).toBe(0);
  });

  test("is shared over the lines to the last point, and more money never earns less", () => {
    const lines = fc.array(
      fc.record({
        minor: fc.integer({ min: 0, max: 100_000 }),
        category: fc.constantFrom(null, "Tea", "Books", "Cups"),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(lines, fc.nat(50_000), fc.nat(10_000), (drawn, withPoints, more) => {
        const some = drawn.map(({ minor, category }, position) => goods(position, minor, category));
        const { points, shares } = earned(some, { withPoints: eur(withPoints) });
        expect(shares.reduce((sum, share) => sum + share.points, 0)).toBe(points);
        expect(shares.every((share) => share.points > 0)).toBe(true);
        const dearer = [...some, goods(some.length, more, "Cups")];
        expect(earned(dearer).points).toBeGreaterThanOrEqual(earned(some).points);
        expect(earned(some.toReversed()).points).toBe(earned(some).points);
      }),
    );
  });
});

describe("a sale", () => {
  const circumstances = {
    tax: GERMANY,
    currency: EUR,
    timeZone: "Europe/Berlin",
    id: idOf<"Ticket">("ticket-1"),
    number: idOf<"ReceiptNumber">("BER1-03-000123"),
    store: idOf<"Store">("berlin"),
    device: idOf<"Device">("till-3"),
    staff: MIRA,
    at: NOON,
  };
  const loyalty = { programme: PROGRAMME, tier: null, balance: { points: 500, word: "till" } } as const;
  const paid = (basket: Basket, minor: number): Basket => ({
    ...basket,
    tenders: [...basket.tenders, { id: idOf<"Tender">("cash"), kind: "cash", tendered: eur(minor) }],
  });
  const mug = { ...basketOf([lineOf({ name: "mug", price: eur(1_190) })]), customer: ANNA };

  test("says on its ticket what it earned and where that leaves the customer, and books just that", () => {
    const completed = completeTicket({ ...circumstances, basket: paid(mug, 1_190), loyalty });
    if (!completed.ok) throw new Error(completed.reason);
    expect(completed.value.loyalty).toEqual({
      earned: 11,
      shares: [{ position: 0, pieces: 1, points: 11 }],
      balance: { points: 511, word: "till" },
    });
    expect(pointsMovesOf(completed.value)).toMatchObject([
      { id: "earned:ticket:ticket-1", kind: "earned", customer: ANNA, points: 11 },
    ]);
  });

  test("paid partly with points earns on the rest, and takes the points", () => {
    const tender = {
      id: idOf<"Tender">("points"),
      kind: "points",
      amount: eur(300),
      points: 300,
      customer: ANNA,
    } as const;
    const basket = paid({ ...mug, tenders: [tender] }, 890);
    const completed = completeTicket({ ...circumstances, basket, loyalty });
    if (!completed.ok) throw new Error(completed.reason);
    expect(completed.value.loyalty).toMatchObject({ earned: 8, balance: { points: 208 } });
    expect(pointsMovesOf(completed.value).map(({ kind, points }) => [kind, points])).toEqual([
      ["earned", 8],
      ["burned", 300],
    ]);
  });

  test("to nobody known, of a deposit, a gift card or an order's goods earns nothing", () => {
    const nobody = completeTicket({
      ...circumstances,
      basket: paid({ ...mug, customer: null }, 1_190),
      loyalty,
    });
    expect(nobody.ok && nobody.value.loyalty).toBeUndefined();
    const [line] = mug.lines;
    if (line === undefined) throw new Error("there is a mug");
    const changes = [
      { linked: { to: line.id, kind: "deposit" } },
      { giftCard: { code: "GC", act: "sold" } },
      { order: { order: idOf<"Order">("o"), line: line.id } },
    ] as const;
    for (const change of changes) {
      const basket = paid({ ...mug, lines: [{ ...line, ...change }] }, 1_190);
      const completed = completeTicket({ ...circumstances, basket, loyalty });
      expect(completed.ok && completed.value.loyalty?.earned).toBe(0);
    }
  });
});
