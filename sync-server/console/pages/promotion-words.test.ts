import { expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Promotion, PromotionRule } from "#domain/promotions/promotion.ts";
import { promotionText } from "./promotion-words.ts";

const EUR = idOf<"Currency">("EUR");
const TEA = idOf<"Variant">("tea");
const BERLIN = idOf<"Store">("berlin");
const CLUB = idOf<"CustomerGroup">("club");
const NAMES = {
  articles: new Map([[TEA, "Tea · 100 g · SKU-1"]]),
  stores: new Map([[BERLIN, "Berlin"]]),
  groups: new Map([[CLUB, "Club"]]),
};
const tea = { kind: "variants", variants: [TEA] } as const;
const toys = { kind: "categories", categories: ["Toys", "Books"] } as const;
const all = { kind: "all" } as const;
const HALF = { kind: "percent", ppm: 500_000 } as const;
const eur = (minor: number) => money(minor, EUR);

function said(rule: PromotionRule, more: Partial<Promotion> = {}): string {
  const head = {
    id: idOf<"Promotion">("p"),
    name: "P",
    priority: 1,
    validFrom: instant(0),
    validUntil: null,
  };
  return promotionText({ ...head, ...more, rule }, NAMES);
}

test.each<readonly [PromotionRule, string]>([
  [{ kind: "eachPiece", goods: tea, off: HALF }, "50 % off each piece of Tea"],
  [{ kind: "eachPiece", goods: all, off: { kind: "fixedPrice", price: eur(500) } }, "Each piece for €5.00"],
  [{ kind: "fromValue", goods: all, least: eur(0), off: HALF }, "50 % off everything"],
  [
    { kind: "fromValue", goods: toys, least: eur(5_000), off: { kind: "amount", amount: eur(500) } },
    "€5.00 off Toys or Books worth €50.00 or more",
  ],
  [
    {
      kind: "tiers",
      goods: toys,
      steps: {
        by: "pieces",
        of: [
          { from: 3, off: HALF },
          { from: 6, off: { kind: "fixedPrice", price: eur(399) } },
        ],
      },
    },
    "On Toys or Books: from 3 pieces 50 % off and from 6 pieces €3.99 each",
  ],
  [
    { kind: "piecesFor", goods: all, size: 4, pays: 2, ppm: 500_000 },
    "Of every 4 pieces the 2 cheapest cost 50 % less",
  ],
  [
    {
      kind: "bundle",
      components: [
        { goods: tea, each: 1 },
        { goods: toys, each: 2 },
      ],
      price: eur(1_990),
    },
    "1 piece of Tea and 2 pieces of Toys or Books for €19.90",
  ],
  [
    { kind: "gift", goods: toys, needs: { kind: "pieces", pieces: 2 }, gift: tea, free: 1, perEach: true },
    "1 piece of Tea free with 2 pieces of Toys or Books, each time",
  ],
  [
    { kind: "freeShipping", goods: all, least: eur(5_000) },
    "No shipping for everything worth €50.00 or more",
  ],
])("%j is said as it is", (rule, words) => {
  expect(said(rule)).toBe(words);
});

test("when, where and for whom is said with it", () => {
  const rule = { kind: "piecesFor", goods: tea, size: 3, pays: 2 } as const;
  expect(said(rule, { when: { days: [1], hours: { from: 600, until: 720 }, stores: [BERLIN] } })).toBe(
    "Of every 3 pieces of Tea the cheapest is free, Mondays 10:00 to 12:00, in Berlin",
  );
  expect(
    said(rule, {
      when: {
        channels: [idOf<"Channel">("till")],
        groups: [CLUB],
        firstPurchase: true,
        coupon: { kind: "word", word: "TEA" },
      },
      limits: { perTicket: 2, perCustomer: 1 },
      combines: "stacks",
    }),
  ).toBe(
    "Of every 3 pieces of Tea the cheapest is free, by tills only, for Club, on the first purchase, with the word TEA, at most 2 times per ticket, once per customer, on top of other promotions",
  );
});
