import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import type { Price, Product } from "../product/product.ts";
import type { Promotion } from "../promotions/promotion.ts";
import { eur, GERMANY } from "../testing/shop.ts";
import { type Contradiction, contradictionsOf, type PriceScene } from "./contradictions.ts";
import { leastPriceFor, netPrice, type PricePlace } from "./price-place.ts";
import { promotionClashes } from "./promotion-clashes.ts";

const DAY = 86_400_000;
const NOW = instant(100 * DAY);
const day = (days: number) => instant(NOW + days * DAY);
const RETAIL = idOf<"PriceList">("retail");
const WEB = idOf<"PriceList">("web");
const TEA = idOf<"Variant">("tea");

const BERLIN: PricePlace = {
  names: ["BER1"],
  stores: [idOf<"Store">("ber")],
  channels: [],
  lists: [RETAIL],
  currency: eur(0).currency,
  tax: GERMANY,
};
const SHOP: PricePlace = {
  ...BERLIN,
  names: ["shop"],
  stores: [],
  channels: [idOf<"Channel">("shop")],
  lists: [WEB, RETAIL],
};
const SCENE: PriceScene = {
  at: NOW,
  places: [BERLIN, SHOP],
  rules: { channelDifferencePpm: 100_000 },
  promotions: [],
};

const product = (changes: Partial<Product> = {}): Product => ({
  id: idOf<"Product">("p-tea"),
  handle: "tea",
  title: "Tea",
  brand: "",
  category: "Groceries",
  tags: [],
  taxClass: idOf<"TaxClass">("reduced"),
  status: "active",
  optionNames: [],
  variants: [{ id: TEA, sku: idOf<"Sku">("TEA"), gtins: [], options: [], image: null }],
  image: null,
  ...changes,
});

const price = (cents: number, changes: Partial<Price> = {}): Price => ({
  list: RETAIL,
  variant: TEA,
  amount: eur(cents),
  compareAt: null,
  validFrom: null,
  validTo: null,
  ...changes,
});

const promotion = (id: string, ppm: number, changes: Partial<Promotion> = {}): Promotion => ({
  id: idOf<"Promotion">(id),
  name: id,
  validFrom: instant(0),
  validUntil: null,
  priority: 0,
  rule: { kind: "fromValue", goods: { kind: "all" }, least: eur(0), off: { kind: "percent", ppm } },
  ...changes,
});

function check(
  prices: readonly Price[],
  { cost, of, ...scene }: Partial<PriceScene> & { cost?: number; of?: Product } = {},
): readonly Contradiction[] {
  const costs = new Map(cost === undefined ? [] : [[TEA, eur(cost)]]);
  return contradictionsOf({ product: of ?? product(), prices, costs }, { ...SCENE, ...scene });
}
const kinds = (found: readonly Contradiction[]) => found.map(({ kind }) => kind);

describe("prices that contradict themselves", () => {
  test("one price that holds everywhere is in order", () => {
    expect(check([price(400)], { cost: 200 })).toEqual([]);
  });

  test("an article without a price in one place takes over that of another, one without any is taken off sale", () => {
    expect(check([price(400, { list: WEB })])).toMatchObject([
      { kind: "missingPrice", places: ["BER1"], fix: { act: "setAmount", list: RETAIL, amount: eur(400) } },
    ]);
    expect(check([])).toMatchObject([
      { kind: "missingPrice", places: ["BER1", "shop"], fix: { act: "makeDraft" } },
    ]);
    expect(check([], { of: product({ soldBy: "openPrice" }) })).toEqual([]);
    expect(check([], { of: product({ status: "draft" }) })).toEqual([]);
  });

  test("a web price that is 10 % cheaper is within the rule, 11 % is not, and is set equal", () => {
    expect(check([price(1000), price(900, { list: WEB })])).toEqual([]);
    expect(check([price(1000), price(890, { list: WEB })])).toMatchObject([
      {
        kind: "channelDifference",
        places: ["shop"],
        ppm: -110_000,
        fix: { act: "setAmount", list: WEB, amount: eur(1000) },
      },
    ]);
    expect(check([price(1000), price(1, { list: WEB })], { rules: { channelDifferencePpm: null } })).toEqual(
      [],
    );
  });

  test("a tax class that a place does not know is replaced by one that it does", () => {
    expect(check([price(400)], { of: product({ taxClass: idOf<"TaxClass">("luxury") }) })).toMatchObject([
      {
        kind: "missingTaxClass",
        places: ["BER1", "shop"],
        fix: { act: "setTaxClass", taxClass: "standard" },
      },
    ]);
  });

  test("10.70 with 7 % tax in it pays goods that cost 10.00, a cent less does not", () => {
    expect(check([price(1070)], { cost: 1000 })).toEqual([]);
    expect(check([price(1069)], { cost: 1000 })).toMatchObject([
      { kind: "belowCost", net: eur(999), fix: { act: "setAmount", validFrom: null, amount: eur(1070) } },
    ]);
  });

  test("a planned price below cost is found before it holds", () => {
    const planned = price(500, { validFrom: day(3) });
    expect(check([price(1070), planned], { cost: 1000 })).toMatchObject([
      { kind: "belowCost", validFrom: day(3), fix: { validFrom: day(3) } },
    ]);
  });

  test("20 % off and another 10 % on top of it end below cost together, so the one on top goes", () => {
    const promotions = [promotion("twenty", 200_000), promotion("ten", 100_000, { combines: "stacks" })];
    expect(check([price(1070)], { cost: 790, promotions: promotions.slice(0, 1) })).toEqual([]);
    expect(check([price(1070)], { cost: 790, promotions })).toMatchObject([
      {
        kind: "belowCostPromoted",
        promotions: ["twenty", "ten"],
        amount: eur(770),
        fix: { act: "stopStacking", promotion: "ten" },
      },
    ]);
  });

  test.each([
    [
      "a fixed price",
      { kind: "eachPiece", goods: { kind: "all" }, off: { kind: "fixedPrice", price: eur(700) } },
      700,
    ],
    [
      "an amount each",
      { kind: "eachPiece", goods: { kind: "all" }, off: { kind: "amount", amount: eur(400) } },
      670,
    ],
    [
      "the highest of several steps",
      {
        kind: "tiers",
        goods: { kind: "all" },
        steps: {
          by: "pieces",
          of: [
            { from: 2, off: { kind: "percent", ppm: 100_000 } },
            { from: 9, off: { kind: "percent", ppm: 400_000 } },
          ],
        },
      },
      642,
    ],
    [
      "the second at half price",
      { kind: "piecesFor", goods: { kind: "all" }, size: 2, pays: 1, ppm: 500_000 },
      802,
    ],
  ] as const)("%s that falls below cost is found", (_what, rule, left) => {
    const promotions = [promotion("rule", 1, { rule })];
    expect(check([price(1070)], { cost: 790, promotions })).toMatchObject([
      { kind: "belowCostPromoted", amount: eur(left) },
    ]);
  });

  test("a promotion of the web shop alone is no matter of the stores", () => {
    const webOnly = promotion("half", 500_000, { when: { channels: [idOf<"Channel">("shop")] } });
    expect(check([price(1070)], { cost: 900, promotions: [webOnly] })).toMatchObject([
      { kind: "belowCostPromoted", places: ["shop"], fix: { act: "endPromotion", promotion: "half" } },
    ]);
  });

  test("a price that ends with nothing after it leaves a gap, which is closed", () => {
    expect(check([price(400, { validTo: day(5) })])).toMatchObject([
      { kind: "gap", from: day(5), to: null, fix: { act: "endPrice", validFrom: null, validTo: null } },
    ]);
    expect(check([price(400, { validTo: day(5) }), price(450, { validFrom: day(8) })])).toMatchObject([
      { kind: "gap", from: day(5), to: day(8), fix: { act: "endPrice", validTo: day(8) } },
    ]);
    expect(check([price(400, { validTo: day(5) }), price(450, { validFrom: day(5) })])).toEqual([]);
  });

  test("a web price that ends is no gap where the shop asks the retail list next", () => {
    expect(check([price(400), price(390, { list: WEB, validTo: day(5) })])).toEqual([]);
  });

  test("a price that begins before the other says that it ends is an overlap: the older ends then", () => {
    const found = check([price(400, { validTo: day(9) }), price(450, { validFrom: day(5) })]);
    expect(found).toMatchObject([
      {
        kind: "overlap",
        from: day(5),
        to: day(9),
        fix: { act: "endPrice", validFrom: null, validTo: day(5) },
      },
    ]);
  });

  test("an offer within a longer time is no overlap", () => {
    expect(check([price(400), price(350, { validFrom: day(1), validTo: day(3) })])).toEqual([]);
  });
});

describe("promotions that clash", () => {
  const clash = (promotions: readonly Promotion[], choice: "priority" | "bestForCustomer" = "priority") =>
    promotionClashes(promotions, { at: NOW, choice, categoryOf: () => "Groceries" });

  test("10 % on top of 20 % comes to 28 %", () => {
    const found = clash([promotion("twenty", 200_000), promotion("ten", 100_000, { combines: "stacks" })]);
    expect(found).toMatchObject([
      { kind: "promotionsMultiply", ppm: 280_000, fix: { act: "stopStacking", promotion: "ten" } },
    ]);
  });

  test("one that comes first on the same goods cancels the other", () => {
    const found = clash([promotion("small", 100_000), promotion("first", 50_000, { priority: 5 })]);
    expect(found).toMatchObject([
      { kind: "promotionCancelled", promotions: ["small", "first"], fix: { act: "endPromotion" } },
    ]);
  });

  test("a gift or a set that comes after a reduction of the same goods is never granted, free shipping always is", () => {
    const goods = { kind: "all" } as const;
    const each = promotion("each", 1, {
      priority: 9,
      rule: { kind: "eachPiece", goods, off: { kind: "fixedPrice", price: eur(100) } },
    });
    const gift = promotion("gift", 1, {
      rule: {
        kind: "gift",
        goods,
        needs: { kind: "pieces", pieces: 2 },
        gift: goods,
        free: 1,
        perEach: false,
      },
    });
    const shipping = promotion("ship", 1, { rule: { kind: "freeShipping", goods, least: eur(1) } });
    expect(clash([each, gift, shipping])).toMatchObject([{ promotions: ["gift", "each"] }]);
  });

  test("where the customer gets the best, the smaller one is never granted", () => {
    const both = [promotion("small", 100_000), promotion("large", 300_000)];
    expect(clash(both, "bestForCustomer")).toMatchObject([{ promotions: ["small", "large"] }]);
  });

  test("other goods, another time or another store is no clash", () => {
    const elsewhere = promotion("b", 100_000, {
      combines: "stacks",
      rule: {
        kind: "fromValue",
        goods: { kind: "categories", categories: ["Books"] },
        least: eur(0),
        off: { kind: "percent", ppm: 1 },
      },
    });
    const groceries = promotion("a", 100_000, {
      rule: {
        kind: "fromValue",
        goods: { kind: "variants", variants: [TEA] },
        least: eur(0),
        off: { kind: "percent", ppm: 1 },
      },
    });
    expect(kinds(clash([groceries, elsewhere]))).toEqual([]);
    const later = promotion("later", 100_000, { combines: "stacks", validFrom: day(9) });
    expect(clash([promotion("now", 1, { validUntil: day(9) }), later])).toEqual([]);
    const here = promotion("here", 1, { when: { stores: [idOf<"Store">("ber")] } });
    const there = promotion("there", 1, { combines: "stacks", when: { stores: [idOf<"Store">("ham")] } });
    expect(clash([here, there])).toEqual([]);
  });
});

test("the least price that pays the cost does, and one cent less does not", () => {
  for (let cost = 1; cost < 3_000; cost += 7) {
    for (const ppm of [0, 70_000, 190_000]) {
      const least = leastPriceFor(eur(cost), BERLIN, ppm);
      expect(netPrice(least, BERLIN, ppm).minor).toBeGreaterThanOrEqual(cost);
      expect(netPrice(eur(least.minor - 1), BERLIN, ppm).minor).toBeLessThan(cost);
    }
  }
});
