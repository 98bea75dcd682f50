import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import { priceBasket } from "../pricing/price-basket.ts";
import { basketOf, NOON } from "../testing/arbitrary-baskets.ts";
import { arbitraryPromotions, arbitraryVisit } from "../testing/customers-at-the-counter.ts";
import { EUR, eur, GERMANY, lineOf, USD, variantOf } from "../testing/shop.ts";
import { grantsOf } from "./grants.ts";
import type { Promotion, PromotionRule } from "./promotion.ts";

const all = { kind: "all" } as const;
const only = (...names: string[]) => ({ kind: "variants", variants: names.map(variantOf) }) as const;

function promotion(rule: PromotionRule, changes: Partial<Promotion> = {}): Promotion {
  const id = idOf<"Promotion">(rule.kind);
  return { id, name: rule.kind, validFrom: NOON, validUntil: null, priority: 0, rule, ...changes };
}

const THREE_FOR_TWO = promotion({ kind: "piecesFor", goods: all, size: 3, pays: 2 });
const TEN_OFF_FROM_100 = promotion({
  kind: "fromValue",
  goods: all,
  least: eur(10_000),
  off: { kind: "amount", amount: eur(1_000) },
});
const TWO_TEAS_AND_A_MUG = promotion({
  kind: "bundle",
  components: [
    { goods: only("tea"), each: 2 },
    { goods: only("mug"), each: 1 },
  ],
  price: eur(2_000),
});

/** What each line costs with the promotions, in cents, and the names of those that took money off. */
function priced(
  promotions: readonly Promotion[],
  ...rungs: readonly [name: string, price: number, pieces?: number][]
) {
  const lines = rungs.map(([name, price, quantity = 1]) => lineOf({ name, price: eur(price), quantity }));
  const basket = { ...basketOf(lines), promotions };
  const { lines: out } = priceBasket({ basket, tax: GERMANY, currency: EUR, cash: false });
  return out.map(({ total, discounts }) => [total.minor, ...discounts.map(({ reason }) => reason)]);
}

test("of a hundred promotions that stack the first forty by priority are granted: a receipt's line has room for them", () => {
  const cents = Array.from({ length: 100 }, (_, index) =>
    promotion(
      { kind: "eachPiece", goods: all, off: { kind: "amount", amount: eur(1) } },
      { id: idOf<"Promotion">(`p-${index}`), name: String(index), priority: index, combines: "stacks" },
    ),
  );
  const [[total, ...names] = []] = priced(cents, ["tea", 1_000]);
  expect([total, names.length, names[0], names.at(-1)]).toEqual([960, 40, "99", "60"]);
});

describe("3 for 2", () => {
  test("the cheapest of three is free, and each piece is the cheaper by its share", () => {
    expect(priced([THREE_FOR_TWO], ["tea", 1_000], ["mug", 2_000], ["tray", 3_000])).toEqual([
      [833, "piecesFor"],
      [1_667, "piecesFor"],
      [2_500, "piecesFor"],
    ]);
  });

  test("two pieces are no group, seven are two", () => {
    expect(priced([THREE_FOR_TWO], ["tea", 1_000, 2])).toEqual([[2_000]]);
    expect(priced([THREE_FOR_TWO], ["tea", 1_000, 7])).toEqual([[5_000, "piecesFor"]]);
  });
});

describe("money off from a value", () => {
  test("at the value to the cent, and not a cent below", () => {
    expect(priced([TEN_OFF_FROM_100], ["tea", 9_999])).toEqual([[9_999]]);
    expect(priced([TEN_OFF_FROM_100], ["tea", 6_000], ["mug", 4_000])).toEqual([
      [5_400, "fromValue"],
      [3_600, "fromValue"],
    ]);
  });

  test("never more than the goods are worth", () => {
    const deal = promotion({
      kind: "fromValue",
      goods: all,
      least: eur(1),
      off: { kind: "amount", amount: eur(5_000) },
    });
    expect(priced([deal], ["tea", 300])).toEqual([[0, "fromValue"]]);
  });
});

describe("a set at one price", () => {
  test("costs its price, and what is left over its own", () => {
    expect(priced([TWO_TEAS_AND_A_MUG], ["tea", 900, 2], ["mug", 1_200])).toEqual([
      [1_200, "bundle"],
      [800, "bundle"],
    ]);
    const [tea, mug] = priced([TWO_TEAS_AND_A_MUG], ["tea", 900, 3], ["mug", 1_200]);
    expect(Number(tea?.[0]) + Number(mug?.[0])).toBe(2_900);
  });

  test("is no set without all of it, and never dearer than its parts", () => {
    expect(priced([TWO_TEAS_AND_A_MUG], ["tea", 900, 1], ["mug", 1_200])).toEqual([[900], [1_200]]);
    expect(priced([TWO_TEAS_AND_A_MUG], ["tea", 100, 2], ["mug", 1_200])).toEqual([[200], [1_200]]);
  });
});

describe("goods that are of several parts of a set", () => {
  const drinks = only("tea", "cola");
  const ofTwo = (...parts: readonly ReturnType<typeof only>[]) =>
    promotion({ kind: "bundle", components: parts.map((goods) => ({ goods, each: 1 })), price: eur(300) });

  test("make one, in whichever order HQ listed the parts", () => {
    const rung: readonly [name: string, price: number][] = [
      ["tea", 200],
      ["cola", 200],
    ];
    const set = [
      [150, "bundle"],
      [150, "bundle"],
    ];
    expect(priced([ofTwo(only("tea"), drinks)], ...rung)).toEqual(set);
    expect(priced([ofTwo(drinks, only("tea"))], ...rung)).toEqual(set);
  });

  test("go to the part that has nothing else, also when another part took the rest", () => {
    const deal = ofTwo(only("mug", "cola"), only("tea", "mug"), only("tea"));
    expect(priced([deal], ["tea", 200], ["mug", 200], ["cola", 200]).map(([minor]) => minor)).toEqual([
      100, 100, 100,
    ]);
  });
});

describe("a promotion in another currency than the basket's", () => {
  const usd = (minor: number) => money(minor, USD);
  const least = eur(1);
  test.each<[string, PromotionRule]>([
    ["value", { kind: "fromValue", goods: all, least: usd(1), off: { kind: "percent", ppm: 500_000 } }],
    ["amount", { kind: "fromValue", goods: all, least, off: { kind: "amount", amount: usd(50) } }],
    ["price", { kind: "bundle", components: [{ goods: all, each: 1 }], price: usd(1) }],
  ])("is as if it were not there: %s", (_, rule) => {
    expect(priced([promotion(rule)], ["tea", 1_000])).toEqual([[1_000]]);
    expect(priced([promotion(rule), THREE_FOR_TWO], ["tea", 1_000, 3])).toEqual([[2_000, "piecesFor"]]);
  });
});

describe("several promotions", () => {
  test("the one of higher priority takes its goods first; a line takes part in one", () => {
    const first = { ...TEN_OFF_FROM_100, priority: 9 };
    const promotions = [first, THREE_FOR_TWO];
    expect(priced(promotions, ["tea", 6_000, 3])).toEqual([[17_000, "fromValue"]]);
  });

  test("leave alone what was reduced by hand", () => {
    const scratched = {
      ...lineOf({ name: "tea", price: eur(1_000), quantity: 3 }),
      discount: { kind: "amount", amount: eur(100), reason: "Scratched" } as const,
    };
    const basket = { ...basketOf([scratched]), promotions: [THREE_FOR_TWO] };
    const { lines } = priceBasket({ basket, tax: GERMANY, currency: EUR, cash: false });
    expect(lines.map(({ total }) => total.minor)).toEqual([2_900]);
  });
});

describe("whatever is rung up and whatever promotions hold", () => {
  test("no line falls below zero, every cent off has its reason, and the order of ringing up does not matter", () => {
    fc.assert(
      fc.property(arbitraryVisit, arbitraryPromotions, fc.nat(3), ({ bought }, promotions, turn) => {
        const lines = bought.map((line, index) => ({
          ...line,
          id: idOf<"Line">(`l${index}`),
          discount: null,
        }));
        const price = (ordered: typeof lines) =>
          priceBasket({
            basket: { ...basketOf(ordered), promotions },
            tax: GERMANY,
            currency: EUR,
            cash: false,
          });
        const { lines: out, totals } = price(lines);
        for (const { total, gross, discounts } of out) {
          expect(total.minor).toBeGreaterThanOrEqual(0);
          expect(gross.minor - discounts.reduce((sum, { amount }) => sum + amount.minor, 0)).toBe(
            total.minor,
          );
        }
        const turned = [...lines.slice(turn), ...lines.slice(0, turn)];
        expect(price(turned).totals.due).toEqual(totals.due);
      }),
      { numRuns: 400 },
    );
  });

  test("a promotion with nothing to give names no line", () => {
    const lines = [{ ...lineOf({ name: "tea", price: eur(0), quantity: 3 }), category: null }];
    expect(grantsOf({ lines, promotions: [THREE_FOR_TWO], choice: "priority", currency: EUR }).size).toBe(0);
  });
});
