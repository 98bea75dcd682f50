import { afterPause } from "../pace.ts";
import { articleAt } from "../shop/article.ts";
import type { BenchTill } from "./till.ts";

/** How often it is looked whether the catalogue has taken in its last article, milliseconds. */
const LOOK_EVERY_MS = 10;

/**
 * Resolves with when a paired till was ready to sell all of the shop's SKUs, by `performance.now()`: the replica complete, and the article
 * that arrives last found with its price and its stock.
 */
export async function untilReady({ client }: BenchTill, skus: number): Promise<number> {
  const { id: product } = articleAt(skus - 1).product;
  await client.until("sync", ({ firstSync }) => firstSync === null);
  for (;;) {
    const [item] = await client.call("variants", { product });
    if (item !== undefined && item.price !== null && item.onHand !== null) break;
    await afterPause(LOOK_EVERY_MS);
  }
  const readyAt = performance.now();
  // Only to be sure, and not part of the time: screens are told of the catalogue a few times a second.
  await client.until("catalog", ({ products }) => products === skus);
  return readyAt;
}
