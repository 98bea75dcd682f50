import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import type { Promotion, PromotionRule } from "../promotions/promotion.ts";
import type { TaxSetup } from "../tax/tax.ts";
import { NOON } from "../testing/arbitrary-baskets.ts";
import { CustomerAtTheCounter } from "../testing/customers-at-the-counter.ts";
import { EUR, eur, GERMANY, lineOf, NEW_YORK, rate, taxClass, variantOf } from "../testing/shop.ts";
import type { BasketLine, Discount } from "../ticket/basket.ts";
import type { PromotionsOnReturn } from "./repricing.ts";

const all = { kind: "all" } as const;

function promotion(rule: PromotionRule): Promotion {
  return { id: idOf<"Promotion">("p"), name: "Deal", validFrom: NOON, validUntil: null, priority: 0, rule };
}

const THREE_FOR_TWO = promotion({ kind: "piecesFor", goods: all, size: 3, pays: 2 });
const TEN_OFF_FROM_100 = promotion({
  kind: "fromValue",
  goods: all,
  least: eur(10_000),
  off: { kind: "amount", amount: eur(1_000) },
});
const FIFTH_OFF_FROM_100 = promotion({
  kind: "fromValue",
  goods: all,
  least: eur(10_000),
  off: { kind: "percent", ppm: 200_000 },
});
const TEA_AND_MUG = promotion({
  kind: "bundle",
  price: eur(1_500),
  components: [
    { goods: { kind: "variants", variants: [variantOf("tea")] }, each: 1 },
    { goods: { kind: "variants", variants: [variantOf("mug")] }, each: 1 },
  ],
});

interface Scene {
  readonly deal: Promotion;
  readonly mode?: PromotionsOnReturn;
  readonly tax?: TaxSetup;
  readonly lines: readonly BasketLine[];
  readonly discount?: Discount | null;
  readonly exempt?: boolean;
}

/** Buys, then brings pieces back visit by visit (`picks` of the lines that still have some); answers what each visit gives back, in cents. */
function givenBack(
  { deal, mode = "recompute", tax = GERMANY, lines, discount = null, exempt = false }: Scene,
  ...visits: readonly (number | readonly [pick: number, pieces: number])[][]
) {
  const customer = new CustomerAtTheCounter({
    tax,
    promotions: [deal],
    mode,
    taxExemption: exempt ? { certificate: "NATO 302/17", validUntil: null } : undefined,
  });
  const buy = { bought: lines, discount, brought: [], inCash: false };
  customer.visit(buy);
  const given = visits.map((picks) => {
    const brought = picks.map((of) =>
      typeof of === "number" ? { pick: of, pieces: 1 } : { pick: of[0], pieces: of[1] },
    );
    const ticket = customer.visit({ ...buy, bought: [], discount: null, brought });
    return 0 - (ticket?.totals.due.minor ?? 0);
  });
  return { paid: customer.paidIn.minor, given, tickets: customer.tickets };
}

const tea = (price: number, quantity = 1) => lineOf({ name: "tea", price: eur(price), quantity });
const mug = (price: number, quantity = 1) => lineOf({ name: "mug", price: eur(price), quantity });

describe("a return that breaks a promotion, where the retailer prices anew", () => {
  test("3 for 2: the one that was free brings nothing, the next one its full price", () => {
    const lines = [tea(1_000, 3)];
    expect(givenBack({ deal: THREE_FOR_TWO, lines }, [0], [0], [0])).toMatchObject({
      paid: 2_000,
      given: [0, 1_000, 1_000],
    });
  });

  test("3 for 2 with seven pieces: what still makes full groups keeps its price", () => {
    const lines = [tea(1_000, 7)];
    expect(givenBack({ deal: THREE_FOR_TWO, lines }, [0], [0]).given[0]).toBe(714);
    const customer = givenBack({ deal: THREE_FOR_TWO, lines }, [0], [0], [0], [0], [0], [0], [0]);
    expect(customer.given.reduce((sum, minor) => sum + minor, 0)).toBe(5_000);
  });

  test("10 off from 100: below it, what is kept costs its price", () => {
    const lines = [tea(6_000), mug(5_000)];
    expect(givenBack({ deal: TEN_OFF_FROM_100, lines }, [1])).toMatchObject({ paid: 10_000, given: [4_000] });
    expect(givenBack({ deal: TEN_OFF_FROM_100, lines }, [1], [0]).given).toEqual([4_000, 6_000]);
  });

  test("10 off from 100, for a customer who pays no tax: what is kept costs its price without its own tax, not that of the rest", () => {
    const book = { ...mug(6_000), taxClass: idOf<"TaxClass">("reduced") };
    // 60.00 at 19 % are 50.42, at 7 % they are 56.07.
    const scene = { deal: TEN_OFF_FROM_100, lines: [tea(6_000), book], exempt: true };
    expect(givenBack(scene, [1], [0])).toMatchObject({ paid: 9_762, given: [9_762 - 5_042, 5_042] });
    expect(givenBack(scene, [0], [0])).toMatchObject({ given: [9_762 - 5_607, 5_607] });
  });

  test("still from 100: what comes back is given back as it was paid", () => {
    const lines = [tea(10_000), mug(5_000)];
    expect(givenBack({ deal: TEN_OFF_FROM_100, lines }, [1]).given).toEqual([4_667]);
  });

  test("who lost more than they bring back gets nothing, and the rest is settled with the next piece", () => {
    const lines = [tea(3_300, 3), mug(200)];
    const { paid, given } = givenBack({ deal: FIFTH_OFF_FROM_100, lines }, [1], [0], [0], [0]);
    expect(paid).toBe(8_080);
    expect(given.slice(0, 2)).toEqual([0, 1_480]);
    expect(given.reduce((sum, minor) => sum + minor, 0)).toBe(8_080);
  });

  test("a set: the part that is kept costs its own price", () => {
    const lines = [tea(800), mug(1_200)];
    expect(givenBack({ deal: TEA_AND_MUG, lines }, [0])).toMatchObject({ paid: 1_500, given: [300] });
    expect(givenBack({ deal: TEA_AND_MUG, lines }, [0], [0]).given).toEqual([300, 1_200]);
  });

  test("a discount on the whole basket stays: half of the price that the kept goods have without the promotion", () => {
    const lines = [tea(6_000), mug(5_000)];
    const discount = { kind: "percent", ppm: 500_000, reason: "Closing down" } as const;
    const { paid, given } = givenBack({ deal: TEN_OFF_FROM_100, lines, discount }, [1]);
    expect([paid, paid - (given[0] ?? 0)]).toEqual([5_000, 3_000]);
  });

  test("3 for 2 with a dear and a cheap article: the cheap one is what is free among those that are kept", () => {
    const lines = [tea(10_000, 5), mug(100)];
    const { paid, given } = givenBack({ deal: THREE_FOR_TWO, lines }, [[0, 3]]);
    expect([paid, paid - (given[0] ?? 0)]).toEqual([40_000, 20_000]);
  });

  test("3 for 2 where what is kept would cost less alone than was paid for it: nothing is charged", () => {
    const lines = [tea(10_000, 3), mug(5_000, 2), lineOf({ name: "tray", price: eur(100) })];
    const { paid, given, tickets } = givenBack({ deal: THREE_FOR_TWO, lines }, [1, 2]);
    // 350.00 of 401.00 were paid, so 305.49 for what is kept; alone it is 300.00.
    expect([paid, paid - (given[0] ?? 0)]).toEqual([35_000, 30_549]);
    expect(tickets[1]?.lines.some(({ kind }) => kind === "repriced")).toBe(false);
  });

  test("what other goods bring back does not touch a promotion that they were no part of", () => {
    const lines = [tea(333, 2), mug(333, 2), lineOf({ name: "tray", price: eur(99) })];
    const goods = { kind: "variants", variants: [variantOf("tea"), variantOf("mug")] } as const;
    const deal = promotion({ kind: "piecesFor", goods, size: 3, pays: 2 });
    const discount = { kind: "percent", ppm: 123_456, reason: "Friend" } as const;
    expect(givenBack({ deal, lines, discount }, [4]).tickets[1]?.lines.map(({ kind }) => kind)).toEqual([
      "return",
    ]);
  });

  test("with tax on top, the tax of what is kept is charged too", () => {
    const lines = [tea(6_000), mug(5_000)];
    const { paid, given } = givenBack({ deal: TEN_OFF_FROM_100, tax: NEW_YORK, lines }, [1]);
    // 54.55 and 4.84 tax were paid for the tea; alone it is 60.00 and 5.33 tax, so that 5.94 are charged anew.
    expect([paid, given[0]]).toEqual([10_888, 10_888 - 6_533]);
  });

  test("each rate of the day of sale gets its own: what is charged anew is taxed as the goods that are kept", () => {
    const tax = {
      ...GERMANY,
      classes: [taxClass("standard", rate("de-19", 190_000)), taxClass("reduced", rate("de-7", 70_000))],
    };
    const lines = [tea(6_000), lineOf({ name: "book", price: eur(5_000), taxClass: "reduced" })];
    const back = givenBack({ deal: TEN_OFF_FROM_100, tax, lines }, [1]).tickets[1];
    expect(back?.lines.map(({ kind, total, taxes }) => [kind, total.minor, taxes[0]?.rate.id])).toEqual([
      ["return", -4_545, "de-7"],
      ["repriced", 545, "de-19"],
    ]);
    expect(back?.currency).toBe(EUR);
  });
});

describe("where the retailer keeps the price that was paid", () => {
  test("each piece brings what was paid for it, whatever it breaks", () => {
    expect(
      givenBack({ deal: THREE_FOR_TWO, mode: "keep", lines: [tea(1_000, 3)] }, [0], [0], [0]).given,
    ).toEqual([666, 667, 667]);
    expect(
      givenBack({ deal: TEN_OFF_FROM_100, mode: "keep", lines: [tea(6_000), mug(5_000)] }, [1]).given,
    ).toEqual([4_545]);
  });
});

describe("several promotions on what was bought", () => {
  const off10: Promotion = {
    ...promotion({ kind: "eachPiece", goods: all, off: { kind: "percent", ppm: 100_000 } }),
    id: idOf<"Promotion">("members"),
    name: "Members",
    combines: "stacks",
  };

  /** Three at 10.00, one of which comes back: what is given back for it, in cents. */
  function givenBackOfThree(promotions: readonly Promotion[], mode: PromotionsOnReturn): number {
    const customer = new CustomerAtTheCounter({ tax: GERMANY, promotions, mode });
    const visit = { bought: [], discount: null, brought: [], inCash: false };
    customer.visit({ ...visit, bought: [lineOf({ name: "tea", price: eur(1_000), quantity: 3 })] });
    const back = customer.visit({ ...visit, brought: [{ pick: 0, pieces: 1 }] });
    return 0 - (back?.totals.due.minor ?? 0);
  }

  test("with the group gone, what was off on top is off the price that the kept goods have then", () => {
    // Paid 18.00 for three; two for themselves cost 20.00 less a tenth.
    expect(givenBackOfThree([THREE_FOR_TWO, off10], "recompute")).toBe(0);
    expect(givenBackOfThree([THREE_FOR_TWO, off10], "keep")).toBe(600);
    expect(givenBackOfThree([off10], "recompute")).toBe(900);
  });

  test("a step that is not reached any more gives way to the one below it", () => {
    const steps = promotion({
      kind: "tiers",
      goods: all,
      steps: {
        by: "pieces",
        of: [
          { from: 2, off: { kind: "percent", ppm: 100_000 } },
          { from: 3, off: { kind: "fixedPrice", price: eur(700) } },
        ],
      },
    });
    // Paid 21.00 for three; two cost 18.00.
    expect(givenBackOfThree([steps], "recompute")).toBe(300);
    expect(givenBackOfThree([steps], "keep")).toBe(700);
  });

  test("a gift is paid when what it was given for comes back", () => {
    const gift = promotion({
      kind: "gift",
      goods: { kind: "variants", variants: [variantOf("tea")] },
      needs: { kind: "pieces", pieces: 1 },
      gift: { kind: "variants", variants: [variantOf("mug")] },
      free: 1,
      perEach: false,
    });
    const lines = [lineOf({ name: "tea", price: eur(2_000) }), lineOf({ name: "mug", price: eur(500) })];
    expect(givenBack({ deal: gift, lines }, [0]).given).toEqual([1_500]);
    expect(givenBack({ deal: gift, lines }, [1]).given).toEqual([0]);
    expect(givenBack({ deal: gift, lines }, [1], [0]).given).toEqual([0, 2_000]);
  });
});
