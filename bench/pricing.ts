import { type Priceable, type PricedBasket, priceBasket } from "#domain/pricing/price-basket.ts";
import { PROMOTION_CHOICES } from "#domain/promotions/promotion.ts";
import type { TaxSetup } from "#domain/tax/tax.ts";
import { CURRENCY } from "../sync-server/demo/retailer.ts";
import type { Benchmark, Run } from "./benchmark.ts";
import { p50AndP99 } from "./figures.ts";
import type { Measured } from "./metric.ts";
import { basketLines, PROMOTION_MIXES, promotionsFor } from "./shop/promotions.ts";

const LINES = 200;
const PROMOTIONS = 500;
/** So many before the clock counts: a till prices all day. */
const WARM_UP = 5;
const TAX: TaxSetup = { mode: "inclusive", rounding: "ticket", classes: [], cashRounding: null };

/** What one touch costs in the largest basket among the most promotions. */
export const pricing: Benchmark = {
  name: "pricing",
  what: "pricing 200 lines with 500 promotions, by priority and best for the customer; floor: the same lines without promotions",
  usual: { skus: 2_000, samples: 100 },
  async *run({ skus, samples, say }: Run): AsyncGenerator<Measured> {
    for (const mix of PROMOTION_MIXES) {
      const promotions = promotionsFor({ count: PROMOTIONS, skus, mix });
      for (const promotionChoice of PROMOTION_CHOICES) {
        say(`${mix}, ${promotionChoice}`);
        const baskets = Array.from({ length: WARM_UP + samples }, (_, seed): Priceable => {
          return {
            lines: basketLines({ lines: LINES, skus, seed }),
            discount: null,
            promotions,
            promotionChoice,
          };
        });
        const times = timed(baskets);
        const floor = timed(baskets.map(({ lines, discount }) => ({ lines, discount })));
        const name = `${mix}.${promotionChoice}`;
        const params = { skus, lines: LINES, promotions: PROMOTIONS };
        yield* p50AndP99({ name, times, floor, params });
        yield {
          metric: `${name}.worst`,
          value: Math.max(...times),
          unit: "ms",
          floor: Math.max(...floor),
          params,
        };
      }
    }
  },
};

/** Milliseconds of each. */
function timed(baskets: readonly Priceable[]): readonly number[] {
  return baskets
    .map((basket) => {
      const begun = performance.now();
      const priced: PricedBasket = priceBasket({ basket, tax: TAX, currency: CURRENCY, cash: false });
      const took = performance.now() - begun;
      if (priced.lines.length !== LINES) throw new Error("a basket lost lines");
      return took;
    })
    .slice(WARM_UP);
}
