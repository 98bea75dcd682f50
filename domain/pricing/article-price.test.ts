import { describe, expect, test } from "vitest";
import { EUR, eur, USD } from "../testing/shop.ts";
import { articlePrice, asksFor, chargedPrice, type ListedArticle, type Stated } from "./article-price.ts";
import { MAX_GRAMS } from "./weighed-price.ts";

const dollars = { minor: 500, currency: USD };
const MUG: ListedArticle = { price: eur(1_250) };
const TEA: ListedArticle = { price: eur(399), tiers: [{ from: 3, amount: eur(349) }] };
const CHEESE: ListedArticle = { soldBy: "weight", price: eur(1_290) };
const REPAIR: ListedArticle = { soldBy: "openPrice", price: null };

function priced(article: ListedArticle, stated: Stated = {}, mayTypePrice = true) {
  return articlePrice(article, stated, { currency: EUR, mayTypePrice });
}

describe("an article", () => {
  test("sold by the piece costs what the lists say, and says what it costs in numbers", () => {
    expect(priced(MUG)).toEqual({ ok: true, value: { unitPrice: eur(1_250) } });
    const tiers = { single: eur(399), tiers: [{ from: 3, amount: eur(349) }] };
    expect(priced(TEA)).toEqual({ ok: true, value: { unitPrice: eur(399), tiers } });
  });

  test("that is weighed costs by its weight, whether the scales' label or a colleague says it", () => {
    const value = { unitPrice: eur(557), weighed: { grams: 432, perKilo: eur(1_290) } };
    expect(priced(CHEESE, { grams: 432 })).toEqual({ ok: true, value });
    expect(priced(CHEESE, { label: { kind: "weight", grams: 432 } })).toEqual({ ok: true, value });
  });

  test("with a price on its package costs that, whatever the lists say", () => {
    const label = { kind: "price", price: eur(557) } as const;
    const weighed = { grams: 432, perKilo: eur(1_290) };
    expect(priced(CHEESE, { label })).toEqual({
      ok: true,
      value: { unitPrice: eur(557), labelPrice: true, weighed },
    });
    for (const article of [MUG, REPAIR, { ...CHEESE, price: null }])
      expect(priced(article, { label })).toEqual({
        ok: true,
        value: { unitPrice: eur(557), labelPrice: true },
      });
  });

  test("of which a colleague types the price costs what was typed", () => {
    expect(priced(REPAIR, { price: eur(2_000) })).toEqual({
      ok: true,
      value: { unitPrice: eur(2_000), openPrice: true },
    });
  });

  test.each<[string, ListedArticle, Stated, string]>([
    ["no list has a price for", { price: null }, {}, "noPrice"],
    ["no list has a price per kilogram for", { ...CHEESE, price: null }, { grams: 432 }, "noPrice"],
    ["is priced in other money", { price: dollars }, {}, "wrongCurrency"],
    ["is labelled in other money", CHEESE, { label: { kind: "price", price: dollars } }, "wrongCurrency"],
    ["was not weighed", CHEESE, {}, "weightNeeded"],
    ["weighs nothing", CHEESE, { grams: 0 }, "weightNeeded"],
    ["weighs more than scales bear", CHEESE, { grams: MAX_GRAMS + 1 }, "weightNeeded"],
    ["is no goods to weigh", MUG, { grams: 432 }, "notByWeight"],
    [
      "has a weight on its package, and is no goods to weigh",
      MUG,
      { label: { kind: "weight", grams: 1 } },
      "notByWeight",
    ],
    ["nobody typed a price for", REPAIR, {}, "priceNeeded"],
    ["was typed to cost nothing", REPAIR, { price: eur(0) }, "priceNotPositive"],
  ])("that %s cannot be rung up", (_, article, stated, reason) => {
    expect(priced(article, stated)).toEqual({ ok: false, reason });
  });

  test("has no price that somebody types who may not", () => {
    expect(priced(REPAIR, { price: eur(2_000) }, false)).toEqual({ ok: false, reason: "notPermitted" });
    expect(priced(REPAIR, {}, false)).toEqual({ ok: false, reason: "priceNeeded" });
    expect(priced(MUG, { price: eur(1) }, false)).toEqual({ ok: true, value: { unitPrice: eur(1_250) } });
  });

  test("asks for its weight or price until it was said, by a label too", () => {
    expect([asksFor(MUG, {}), asksFor(CHEESE, {}), asksFor(REPAIR, {})]).toEqual([null, "weight", "price"]);
    expect([asksFor(CHEESE, { grams: 432 }), asksFor(REPAIR, { price: eur(1) })]).toEqual([null, null]);
    expect(asksFor(CHEESE, { label: { kind: "price", price: eur(557) } })).toBeNull();
  });
});

test("a deposit, levy or bag costs its price for one piece, in the store's money; what is weighed or typed is none", () => {
  expect(chargedPrice(TEA, EUR)).toEqual({ ok: true, value: { unitPrice: eur(399) } });
  for (const article of [CHEESE, REPAIR, { price: null }, { price: dollars }])
    expect(chargedPrice(article, EUR).ok).toBe(false);
});
