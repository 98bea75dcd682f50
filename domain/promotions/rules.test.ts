import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { freeShippingFor, priceBasket } from "../pricing/price-basket.ts";
import { basketOf, NOON } from "../testing/arbitrary-baskets.ts";
import { EUR, eur, GERMANY, lineOf, variantOf } from "../testing/shop.ts";
import type { BasketLine } from "../ticket/basket.ts";
import type { PieceOff, Promotion, PromotionChoice, PromotionRule } from "./promotion.ts";

const all = { kind: "all" } as const;
const only = (...names: string[]) => ({ kind: "variants", variants: names.map(variantOf) }) as const;
const percent = (ppm: number) => ({ kind: "percent", ppm }) as const;
const amount = (minor: number) => ({ kind: "amount", amount: eur(minor) }) as const;
const fixed = (minor: number) => ({ kind: "fixedPrice", price: eur(minor) }) as const;

function promotion(rule: PromotionRule, changes: Partial<Promotion> = {}): Promotion {
  const id = idOf<"Promotion">(changes.name ?? rule.kind);
  return { id, name: rule.kind, validFrom: NOON, validUntil: null, priority: 0, rule, ...changes };
}

type Rung = readonly [name: string, price: number, pieces?: number];

function basket(rungs: readonly Rung[]): readonly BasketLine[] {
  return rungs.map(([name, price, quantity = 1]) => lineOf({ name, price: eur(price), quantity }));
}

/** What each line costs, in cents. */
function costs(
  promotions: readonly Promotion[],
  rungs: readonly Rung[],
  choice: PromotionChoice = "priority",
) {
  return costsOf(promotions, basket(rungs), choice);
}

function costsOf(promotions: readonly Promotion[], lines: readonly BasketLine[], choice: PromotionChoice) {
  const priceable = { ...basketOf(lines), promotions, promotionChoice: choice };
  const priced = priceBasket({ basket: priceable, tax: GERMANY, currency: EUR, cash: false });
  return priced.lines.map(({ total }) => total.minor);
}

describe("each piece of the goods", () => {
  const on = (off: PieceOff, perTicket?: number) =>
    promotion(
      { kind: "eachPiece", goods: only("tea", "mug"), off },
      perTicket === undefined ? {} : { limits: { perTicket } },
    );

  test("costs a share less, taken of all the pieces together", () => {
    expect(
      costs(
        [on(percent(100_000))],
        [
          ["tea", 5],
          ["mug", 5],
          ["tray", 5],
        ],
      ),
    ).toEqual([5, 4, 5]);
  });

  test("costs an amount less, never less than nothing", () => {
    expect(
      costs(
        [on(amount(300))],
        [
          ["tea", 1_000, 2],
          ["mug", 200],
        ],
      ),
    ).toEqual([1_400, 0]);
  });

  test("has a fixed price where that is lower", () => {
    expect(
      costs(
        [on(fixed(800))],
        [
          ["tea", 1_000, 2],
          ["mug", 500],
        ],
      ),
    ).toEqual([1_600, 500]);
  });

  test("the dearest ones where only so many are reduced on a ticket", () => {
    expect(
      costs(
        [on(percent(500_000), 2)],
        [
          ["tea", 1_000, 3],
          ["mug", 2_000],
        ],
      ),
    ).toEqual([2_500, 1_000]);
    expect(
      costs(
        [on(amount(300), 2)],
        [
          ["tea", 1_000, 3],
          ["mug", 2_000],
        ],
      ),
    ).toEqual([2_700, 1_700]);
  });
});

describe("steps", () => {
  const byPieces = promotion({
    kind: "tiers",
    goods: all,
    steps: {
      by: "pieces",
      of: [
        { from: 3, off: percent(100_000) },
        { from: 5, off: fixed(700) },
      ],
    },
  });
  const byValue = promotion({
    kind: "tiers",
    goods: all,
    steps: {
      by: "value",
      of: [
        { least: eur(5_000), off: amount(500) },
        { least: eur(10_000), off: amount(1_500) },
      ],
    },
  });

  test("the highest that the pieces reach counts, for all of them", () => {
    expect(costs([byPieces], [["tea", 1_000, 2]])).toEqual([2_000]);
    expect(
      costs(
        [byPieces],
        [
          ["tea", 1_000, 2],
          ["mug", 2_000],
        ],
      ),
    ).toEqual([1_800, 1_800]);
    expect(
      costs(
        [byPieces],
        [
          ["tea", 1_000, 4],
          ["mug", 500],
        ],
      ),
    ).toEqual([2_800, 500]);
  });

  test("the highest that the value reaches counts, an amount once", () => {
    expect(costs([byValue], [["tea", 4_999]])).toEqual([4_999]);
    expect(costs([byValue], [["tea", 5_000]])).toEqual([4_500]);
    expect(costs([byValue], [["tea", 2_500, 4]])).toEqual([8_500]);
  });
});

describe("groups and sets", () => {
  test("the second at half price: the cheaper of two, its share off", () => {
    const half = promotion({ kind: "piecesFor", goods: all, size: 2, pays: 1, ppm: 500_000 });
    expect(
      costs(
        [half],
        [
          ["tea", 1_000],
          ["mug", 3_000],
        ],
      ),
    ).toEqual([875, 2_625]);
  });

  test("are granted so many times on a ticket at most", () => {
    const once = { limits: { perTicket: 1 } };
    const threeForTwo = promotion({ kind: "piecesFor", goods: all, size: 3, pays: 2 }, once);
    expect(costs([threeForTwo], [["tea", 1_000, 6]])).toEqual([5_000]);
    const set = promotion({ kind: "bundle", components: [{ goods: all, each: 3 }], price: eur(1_000) }, once);
    expect(costs([set], [["tea", 500, 6]])).toEqual([2_500]);
  });
});

describe("a gift", () => {
  const mugWithTea = (changes: Partial<Extract<PromotionRule, { kind: "gift" }>> = {}) =>
    promotion({
      kind: "gift",
      goods: only("tea"),
      needs: { kind: "pieces", pieces: 2 },
      gift: only("mug"),
      free: 1,
      perEach: false,
      ...changes,
    });

  test("is free with what it asks for, and shared over all that takes part", () => {
    expect(
      costs(
        [mugWithTea()],
        [
          ["tea", 1_000],
          ["mug", 500],
        ],
      ),
    ).toEqual([1_000, 500]);
    expect(
      costs(
        [mugWithTea()],
        [
          ["tea", 1_000, 2],
          ["mug", 500],
        ],
      ),
    ).toEqual([1_600, 400]);
    expect(
      costs(
        [mugWithTea()],
        [
          ["tea", 1_000, 4],
          ["mug", 1_000, 2],
        ],
      ),
    ).toEqual([3_333, 1_667]);
  });

  test("each time where the rule says so", () => {
    const each = mugWithTea({ perEach: true });
    expect(
      costs(
        [each],
        [
          ["tea", 1_000, 4],
          ["mug", 1_000, 3],
        ],
      ),
    ).toEqual([2_857, 2_143]);
  });

  test("is no piece that it asks for itself", () => {
    const third = mugWithTea({ goods: all, gift: all });
    expect(costs([third], [["tea", 1_000, 2]])).toEqual([2_000]);
    expect(costs([third], [["tea", 1_000, 3]])).toEqual([2_000]);
  });

  test("comes with a value as well, before any promotion", () => {
    const fromTen = mugWithTea({ needs: { kind: "value", least: eur(1_000) } });
    expect(
      costs(
        [fromTen],
        [
          ["tea", 999],
          ["mug", 500],
        ],
      ),
    ).toEqual([999, 500]);
    expect(
      costs(
        [fromTen],
        [
          ["tea", 1_000],
          ["mug", 500],
        ],
      ),
    ).toEqual([667, 333]);
  });
});

describe("several promotions", () => {
  const members = promotion(
    { kind: "eachPiece", goods: all, off: percent(100_000) },
    { name: "Members", combines: "stacks" },
  );
  const fifth = promotion({ kind: "eachPiece", goods: all, off: percent(200_000) }, { name: "Fifth" });
  const threeForTwo = promotion({ kind: "piecesFor", goods: all, size: 3, pays: 2 }, { name: "3 for 2" });

  test("one that stacks is off what the others left, and each has its cents by its name", () => {
    const lines = [lineOf({ name: "tea", price: eur(1_000) })];
    const priced = priceBasket({
      basket: { ...basketOf(lines), promotions: [members, fifth] },
      tax: GERMANY,
      currency: EUR,
      cash: false,
    });
    expect(priced.lines[0]?.discounts.map(({ reason, amount: { minor } }) => [reason, minor])).toEqual([
      ["Fifth", 200],
      ["Members", 80],
    ]);
  });

  test("one that is alone lets nothing else be granted, and stands back where something was before it", () => {
    const alone = { ...fifth, id: idOf<"Promotion">("alone"), combines: "alone" as const, priority: 5 };
    expect(costs([alone, threeForTwo, members], [["tea", 1_000, 3]])).toEqual([2_400]);
    expect(
      costs([{ ...alone, priority: 0 }, { ...threeForTwo, priority: 9 }, members], [["tea", 1_000, 3]]),
    ).toEqual([1_800]);
  });

  test("by priority the first takes the goods; the best for the customer looks at all ways", () => {
    const first = { ...fifth, priority: 5 };
    expect(costs([first, threeForTwo], [["tea", 1_000, 3]])).toEqual([2_400]);
    expect(costs([first, threeForTwo], [["tea", 1_000, 3]], "bestForCustomer")).toEqual([2_000]);
  });

  test("the best for the customer leaves a cheap piece out of 3 for 2, and gives it to another", () => {
    const rungs: readonly Rung[] = [
      ["tray", 3_000, 3],
      ["tea", 100],
    ];
    expect(costs([threeForTwo, fifth], rungs, "bestForCustomer")).toEqual([6_000, 80]);
  });
});

describe("lines that take part in nothing", () => {
  const half = promotion({ kind: "eachPiece", goods: all, off: percent(500_000) });
  const [tea] = basket([["tea", 1_000]]) as [BasketLine];

  test.each<[string, Partial<BasketLine>]>([
    ["a deposit", { linked: { to: idOf<"Line">("line-bottle"), kind: "deposit" } }],
    ["value on a gift card", { giftCard: { code: "G-1", act: "sold" } }],
    ["a line of an order", { order: { order: idOf<"Order">("o"), line: idOf<"Line">("l") } }],
  ])("%s", (_, changes) => {
    expect(costsOf([half], [{ ...tea, ...changes }], "bestForCustomer")).toEqual([1_000]);
  });
});

describe("no shipping", () => {
  const from50 = promotion({ kind: "freeShipping", goods: only("tea"), least: eur(5_000) });
  const shipped = (promotions: readonly Promotion[], rungs: readonly Rung[]) => {
    const sent = { ...basketOf(basket(rungs)), promotions };
    const priced = priceBasket({ basket: sent, tax: GERMANY, currency: EUR, cash: false });
    return freeShippingFor(sent, priced)?.name ?? null;
  };

  test("is charged from the value on, before any promotion, and nothing is off the goods", () => {
    const half = promotion({ kind: "eachPiece", goods: all, off: percent(500_000) });
    expect(
      shipped(
        [from50],
        [
          ["tea", 4_999],
          ["mug", 9_000],
        ],
      ),
    ).toBe(null);
    expect(shipped([from50, half], [["tea", 5_000]])).toBe("freeShipping");
    expect(costs([from50], [["tea", 5_000]])).toEqual([5_000]);
  });

  test("is charged where a promotion that is alone was granted", () => {
    const alone = promotion({ kind: "eachPiece", goods: all, off: percent(500_000) }, { combines: "alone" });
    expect(shipped([from50, alone], [["tea", 5_000]])).toBe(null);
  });
});
