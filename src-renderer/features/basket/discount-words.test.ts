import { describe, expect, it } from "vitest";
import { idOf } from "#domain/ids.ts";
import { type Money, money } from "#domain/money/money.ts";
import { basketReductions, lineReductions } from "./discount-words.ts";

const eur = (minor: number): Money => money(minor, idOf<"Currency">("EUR"));
const off = (discounted: number) => ({ discounted: eur(discounted), promotions: [] });
const by = (name: string, minor: number) => ({
  promotion: idOf<"Promotion">(name),
  name,
  amount: eur(minor),
});

const damaged = {
  ...off(200),
  discount: { kind: "percent", ppm: 200_000, reason: "Damaged" },
} as const;
const goodwill = {
  ...off(50),
  discount: { kind: "percent", ppm: 50_000, reason: "Goodwill" },
} as const;
const none = { ...off(0), discount: null } as const;
const deal = { discounted: eur(300), promotions: [by("3 for 2", 300)], discount: null };

const words = (reductions: ReturnType<typeof lineReductions>) =>
  reductions.map(({ name, amount }) => `${name} ${amount.minor}`);

const exempt = { id: idOf<"Customer">("un"), name: "UN", taxExemption: "UN-2026-77" };

describe("what a discount is called", () => {
  it("tax that is taken off for a customer who is exempt is named, beside what a colleague gave", () => {
    expect(
      words(lineReductions({ ...off(159), discount: null }, { discount: null, customer: exempt })),
    ).toEqual(["Tax taken off 159"]);
    expect(words(lineReductions(damaged, { discount: null, customer: exempt }))).toEqual([
      "Damaged, Tax taken off 200",
    ]);
    const basket = {
      ...off(159),
      discount: null,
      customer: exempt,
      lines: [{ ...off(159), discount: null }],
    };
    expect(words(basketReductions(basket))).toEqual(["Tax taken off 159"]);
  });

  it("a line tells its own reason, the basket's, or both", () => {
    expect(words(lineReductions(damaged, none))).toEqual(["Damaged 200"]);
    expect(words(lineReductions({ ...none, ...off(50) }, goodwill))).toEqual(["Goodwill 50"]);
    expect(words(lineReductions(damaged, goodwill))).toEqual(["Damaged, Goodwill 200"]);
    expect(words(lineReductions(goodwill, goodwill))).toEqual(["Goodwill 50"]);
  });

  it("a line names each promotion with its cents, and what is off by hand beside them", () => {
    const both = {
      discounted: eur(360),
      promotions: [by("3 for 2", 300), by("Members", 40)],
      discount: null,
    };
    expect(words(lineReductions(both, goodwill))).toEqual(["3 for 2 300", "Members 40", "Goodwill 20"]);
    expect(words(lineReductions({ ...both, discounted: eur(340) }, none))).toEqual([
      "3 for 2 300",
      "Members 40",
    ]);
  });

  it("under the basket stands what each promotion saved, and the rest by its own name", () => {
    expect(words(basketReductions({ ...goodwill, lines: [none, none] }))).toEqual([
      "Discount on all: Goodwill 50",
    ]);
    expect(words(basketReductions({ ...goodwill, lines: [none, damaged] }))).toEqual(["Discounts 50"]);
    expect(
      words(basketReductions({ ...deal, discount: goodwill.discount, discounted: eur(350), lines: [deal] })),
    ).toEqual(["3 for 2 300", "Discount on all: Goodwill 50"]);
    expect(words(basketReductions({ ...none, ...off(200), lines: [damaged] }))).toEqual(["Discount 200"]);
  });

  it("above three promotions the smaller ones are one sum", () => {
    const promotions = [by("a", 10), by("b", 400), by("c", 300), by("d", 20)];
    expect(words(basketReductions({ discount: null, discounted: eur(730), promotions, lines: [] }))).toEqual([
      "b 400",
      "c 300",
      "2 more promotions 30",
    ]);
  });
});
