import { type Priceable, priceBasket } from "#domain/pricing/price-basket.ts";
import { PROMOTION_CHOICES } from "#domain/promotions/promotion.ts";
import type { TaxSetup } from "#domain/tax/tax.ts";
import { CURRENCY } from "../sync-server/demo/retailer.ts";
import type { Benchmark, Run } from "./benchmark.ts";
import { p50AndP99 } from "./figures.ts";
import type { Measured } from "./metric.ts";
import { basketLines, PROMOTION_MIXES, promotionsFor } from "./shop/promotions.ts";

const MICROSECONDS_PER_MS = 1_000;
/** The processor's clock is too coarse for one pricing without promotions. */
const FLOOR_TIMES = 100;
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
        const times = timed(baskets, { times: 1 });
        const plain = baskets.map(({ lines, discount }) => ({ lines, discount }));
        const floor = timed(plain, { times: FLOOR_TIMES });
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

/** Milliseconds that the processor worked for each: pricing waits for nothing, and other programs' turns are not its own. */
function timed(baskets: readonly Priceable[], { times }: { readonly times: number }): readonly number[] {
  return baskets
    .map((basket) => {
      const begun = worked();
      for (let time = 0; time < times; time += 1) {
        const { lines } = priceBasket({ basket, tax: TAX, currency: CURRENCY, cash: false });
        if (lines.length !== LINES) throw new Error("a basket lost lines");
      }
      return (worked() - begun) / times;
    })
    .slice(WARM_UP);
}

function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / MICROSECONDS_PER_MS;
}
