import { describe, expect, test } from "vitest";
import { parseGtin } from "#domain/product/gtin.ts";
import { productSchema } from "#protocol/documents/product.ts";
import { articleAt } from "./article.ts";

describe("a made-up article", () => {
  const some = Array.from({ length: 2_000 }, (_, number) => articleAt(number));

  test("is the same whenever it is asked for", () => {
    expect(articleAt(1_234)).toEqual(articleAt(1_234));
  });

  test("shares no id and no code with another", () => {
    for (const key of [
      (article: (typeof some)[number]) => article.product.id,
      (article: (typeof some)[number]) => article.price.variant,
      (article: (typeof some)[number]) => article.gtin,
      (article: (typeof some)[number]) => article.sku,
    ])
      expect(new Set(some.map(key)).size).toBe(some.length);
  });

  test("is a product as the protocol has it, with a GTIN that a scanner reads", () => {
    for (const { product, gtin } of some.slice(0, 50)) {
      expect(productSchema.parse(product)).toEqual(product);
      expect(parseGtin(gtin).ok).toBe(true);
    }
  });

  test("is one of a shop's worth of words, not always the same", () => {
    expect(new Set(some.map(({ product }) => product.title)).size).toBeGreaterThan(some.length * 0.99);
  });
});
