import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { priceBasket } from "../pricing/price-basket.ts";
import { basketOf, NOON } from "../testing/arbitrary-baskets.ts";
import { arbitraryPromotionsUpTo, SOLD } from "../testing/arbitrary-promotions.ts";
import { EUR, eur, GERMANY, lineOf } from "../testing/shop.ts";
import type { BasketLine } from "../ticket/basket.ts";
import { mayGrant } from "./bounds.ts";
import { bestForCustomer } from "./choose.ts";
import { linesOf, type OpenLine } from "./granted.ts";
import {
  byPriority as inPriority,
  PROMOTION_CHOICES,
  type Promotion,
  type PromotionChoice,
} from "./promotion.ts";
import { Shelf } from "./shelf.ts";
import { alone, byPriority, given, type Offer, stackedOn, stacking } from "./way.ts";

const arbitraryLines = (maxLength: number): fc.Arbitrary<readonly BasketLine[]> =>
  fc
    .array(
      fc.record({
        name: fc.constantFrom(...SOLD),
        price: fc
          .oneof(fc.constantFrom(0, 1, 5, 99, 333, 1_000), fc.integer({ min: 0, max: 9_000 }))
          .map(eur),
        quantity: fc.integer({ min: 1, max: 4 }),
        taxClass: fc.constantFrom("standard", "reduced"),
      }),
      { maxLength },
    )
    .map((rungs) => rungs.map((rung, index) => ({ ...lineOf(rung), id: idOf<"Line">(`l${index}`) })));

const RUNS = { numRuns: 600 };

function priced(
  lines: readonly BasketLine[],
  promotions: readonly Promotion[],
  promotionChoice: PromotionChoice,
) {
  const basket = { ...basketOf(lines), promotions, promotionChoice };
  return priceBasket({ basket, tax: GERMANY, currency: EUR, cash: false });
}

function dueOf(
  lines: readonly BasketLine[],
  promotions: readonly Promotion[],
  choice: PromotionChoice,
): number {
  return priced(lines, promotions, choice).totals.due.minor;
}

describe("whatever is in the basket and whatever promotions hold", () => {
  test("neither the order of ringing up nor that of the promotions changes a cent of any line", () => {
    const shuffled = fc.tuple(arbitraryLines(5), arbitraryPromotionsUpTo(5)).chain(([lines, promotions]) =>
      fc.record({
        lines: fc.constant(lines),
        promotions: fc.constant(promotions),
        turned: fc.shuffledSubarray([...lines], { minLength: lines.length }),
        mixed: fc.shuffledSubarray([...promotions], { minLength: promotions.length }),
        choice: fc.constantFrom(...PROMOTION_CHOICES),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ lines, promotions, turned, mixed, choice }) => {
        const costs = (of: ReturnType<typeof priced>) =>
          Object.fromEntries(of.lines.map(({ id, total, discounts }) => [id, { total, discounts }]));
        expect(costs(priced(turned, mixed, choice))).toEqual(costs(priced(lines, promotions, choice)));
      }),
      RUNS,
    );
  });

  test("no line falls below zero, nothing off is below zero, and each cent off has its promotion", () => {
    fc.assert(
      fc.property(
        arbitraryLines(5),
        arbitraryPromotionsUpTo(6),
        fc.constantFrom(...PROMOTION_CHOICES),
        (lines, promotions, choice) => {
          const { lines: out, totals } = priced(lines, promotions, choice);
          for (const { gross, total, discounts } of out) {
            expect(total.minor).toBeGreaterThanOrEqual(0);
            for (const { source, amount } of discounts) {
              expect(source).toBe("promotion");
              expect(amount.minor).toBeGreaterThanOrEqual(0);
            }
            expect(gross.minor - discounts.reduce((sum, { amount }) => sum + amount.minor, 0)).toBe(
              total.minor,
            );
          }
          expect(totals.gross.minor - totals.discount.minor).toBe(totals.due.minor);
        },
      ),
      RUNS,
    );
  });

  test("a line takes part in one promotion of goods, and in nothing besides one that is alone", () => {
    fc.assert(
      fc.property(
        arbitraryLines(5),
        arbitraryPromotionsUpTo(6),
        fc.constantFrom(...PROMOTION_CHOICES),
        (lines, promotions, choice) => {
          const kinds = new Map(promotions.map(({ id, combines = "goods" }) => [id, combines]));
          const { lines: out } = priced(lines, promotions, choice);
          const combined = out.map(({ discounts }) =>
            discounts.flatMap((each) => (each.source === "promotion" ? [kinds.get(each.promotion)] : [])),
          );
          for (const each of combined)
            expect(each.filter((kind) => kind === "goods").length).toBeLessThanOrEqual(1);
          const all = combined.flat();
          if (all.includes("alone")) expect(new Set(all)).toEqual(new Set(["alone"]));
        },
      ),
      RUNS,
    );
  });

  test("the best for the customer is never dearer than by priority", () => {
    fc.assert(
      fc.property(arbitraryLines(6), arbitraryPromotionsUpTo(7), (lines, promotions) => {
        expect(dueOf(lines, promotions, "bestForCustomer")).toBeLessThanOrEqual(
          dueOf(lines, promotions, "priority"),
        );
      }),
      RUNS,
    );
  });

  test("one promotion more never makes a basket dearer where the best for the customer is granted", () => {
    fc.assert(
      fc.property(arbitraryLines(4), arbitraryPromotionsUpTo(5), (lines, promotions) => {
        const before = dueOf(lines, promotions.slice(1), "bestForCustomer");
        expect(dueOf(lines, promotions, "bestForCustomer")).toBeLessThanOrEqual(before);
      }),
      { numRuns: 1_500 },
    );
  });

  test("where there is no time to look for more, by priority is the least that is granted", () => {
    fc.assert(
      fc.property(arbitraryLines(6), arbitraryPromotionsUpTo(7), fc.nat(40), (lines, promotions, effort) => {
        const { offers, open } = offersOf(lines, promotions);
        expect(bestForCustomer(offers, open, effort).minor).toBeGreaterThanOrEqual(byPriority(offers).minor);
      }),
      RUNS,
    );
  });

  test("the best for the customer is the best of all ways there are, each of them looked at", () => {
    fc.assert(
      fc.property(arbitraryLines(4), arbitraryPromotionsUpTo(4), (lines, promotions) => {
        const { offers, open } = offersOf(lines, promotions);
        expect(bestForCustomer(offers, open).minor).toBe(bestOfAll(offers, open));
      }),
      { numRuns: 1_500 },
    );
  });
});

test("one that stacks is left out where it spoils what others take more off", () => {
  const lines = ["tea", "mug", "tray"].map((name) => lineOf({ name, price: eur(3_000) }));
  const tea = { kind: "variants", variants: [idOf<"Variant">("variant-tea")] } as const;
  const gone = { kind: "percent", ppm: 1_000_000 } as const;
  const stacked = (name: string, priority: number, rule: Promotion["rule"]): Promotion => ({
    id: idOf<"Promotion">(name),
    name,
    validFrom: NOON,
    validUntil: null,
    priority,
    combines: "stacks",
    rule,
  });
  const threeForTwo = stacked("3 for 2", 2, { kind: "piecesFor", goods: { kind: "all" }, size: 3, pays: 2 });
  const teaAfter = stacked("Tea on us", 1, { kind: "eachPiece", goods: tea, off: gone });
  const teaBefore = stacked("Free tea", 3, { kind: "eachPiece", goods: tea, off: gone });
  expect(dueOf(lines, [threeForTwo, teaAfter], "bestForCustomer")).toBe(4_000);
  expect(dueOf(lines, [teaBefore, threeForTwo, teaAfter], "bestForCustomer")).toBe(4_000);
  expect(dueOf(lines, [teaBefore, threeForTwo, teaAfter], "priority")).toBe(6_000);
});

function offersOf(lines: readonly BasketLine[], promotions: readonly Promotion[]) {
  const open = lines
    .toSorted((a, b) => b.unitPrice.minor - a.unitPrice.minor)
    .map(({ id, variant, unitPrice, quantity }, place): OpenLine => {
      const worth = unitPrice.minor * quantity;
      const line = { id, variant, unitPrice, quantity, category: null };
      return { place, line, pieces: quantity, worth, cost: worth };
    });
  const shelf = new Shelf(open);
  const offers = promotions
    .toSorted(inPriority)
    .map((promotion): Offer => ({ promotion, lines: linesOf(promotion, shelf) }))
    .filter(mayGrant);
  return { open, offers };
}

/** Every line to every promotion of its goods or none, with and without each of those that stack; each one that is alone. */
function bestOfAll(offers: readonly Offer[], open: readonly OpenLine[]): number {
  const goods = offers.filter(({ promotion: { combines = "goods" } }) => combines === "goods");
  const tops = stacking(offers);
  let best = byPriority(offers).minor;
  for (const offer of offers)
    if (offer.promotion.combines === "alone") best = Math.max(best, alone(offer).minor);
  const assign = (at: number, to: ReadonlyMap<OpenLine, Offer>): void => {
    const line = open[at];
    if (line === undefined) {
      const apart = given(
        goods.map((offer) => ({ ...offer, lines: offer.lines.filter((each) => to.get(each) === offer) })),
      );
      for (let chosen = 0; chosen < 2 ** tops.length; chosen += 1) {
        const some = tops.filter((_, index) => Math.floor(chosen / 2 ** index) % 2 === 1);
        best = Math.max(best, stackedOn(apart, some).minor);
      }
      return;
    }
    assign(at + 1, to);
    for (const offer of goods)
      if (offer.lines.includes(line)) assign(at + 1, new Map([...to, [line, offer]]));
  };
  assign(0, new Map());
  return best;
}
