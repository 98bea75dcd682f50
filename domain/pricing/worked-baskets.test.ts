import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { promotionsFor } from "../promotions/scene.ts";
import { basketOf } from "../testing/arbitrary-baskets.ts";
import { eur, GERMANY } from "../testing/shop.ts";
import {
  WORKED_ARTICLES,
  WORKED_BASKETS,
  WORKED_CURRENCY,
  type WorkedBasket,
  type WorkedLine,
  workedExemption,
  workedOutcome,
  workedScene,
} from "../testing/worked-baskets.ts";
import type { BasketLine } from "../ticket/basket.ts";
import { freeShippingFor, priceBasket } from "./price-basket.ts";

function lineOf(basket: WorkedBasket, line: WorkedLine, place: number): BasketLine {
  const { article, pieces, grams, linkedTo, handPercent } = line;
  const { price, category, taxClass, trade, tiers = [] } = WORKED_ARTICLES[article]!;
  const forTrade = trade !== undefined && basket.customer?.groups.includes("trade") === true;
  const single = eur(forTrade ? trade : price);
  const all = basket.lines.reduce((sum, each) => sum + (each.article === article ? each.pieces : 0), 0);
  const tier = forTrade ? undefined : tiers.findLast(({ from }) => from <= all);
  const unitPrice = tier === undefined ? single : eur(tier.amount);
  return {
    id: idOf<"Line">(`line-${place}`),
    variant: idOf<"Variant">(`v-${article}`),
    sku: idOf<"Sku">(article),
    name: article,
    options: [],
    taxClass: idOf<"TaxClass">(taxClass),
    category,
    unitPrice: grams === undefined ? unitPrice : eur(Math.round((price * grams) / 1_000)),
    quantity: pieces,
    discount:
      handPercent === undefined ? null : { kind: "percent", ppm: handPercent * 10_000, reason: "by hand" },
    ...(grams === undefined ? {} : { weighed: { grams, perKilo: single } }),
    ...(linkedTo === undefined
      ? {}
      : { linked: { to: idOf<"Line">(`line-${linkedTo}`), kind: "deposit" as const } }),
  };
}

function outcome(worked: WorkedBasket, at: "till" | "web") {
  const lines = worked.lines.map((line, place) => lineOf(worked, line, place));
  const discount =
    worked.basketPercent === undefined
      ? null
      : ({ kind: "percent", ppm: worked.basketPercent * 10_000, reason: "all" } as const);
  const exemption = workedExemption(worked);
  const basket = {
    ...basketOf(lines, discount),
    promotions: promotionsFor(worked.promotions, workedScene(worked, at)),
    ...(worked.choice === undefined ? {} : { promotionChoice: worked.choice }),
    ...(exemption === null ? {} : { taxExemption: exemption }),
  };
  const priced = priceBasket({ basket, tax: GERMANY, currency: WORKED_CURRENCY, cash: false });
  return workedOutcome(worked, priced, freeShippingFor(basket, priced) !== null);
}

describe("each basket that was worked by hand comes out to the cent", () => {
  for (const worked of WORKED_BASKETS)
    for (const at of ["till", "web"] as const)
      if (worked.at === undefined || worked.at === at)
        test(`${at}: ${worked.name}`, () => {
          expect(outcome(worked, at)).toEqual(worked.expected);
        });
});
