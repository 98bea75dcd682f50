import type { Chain } from "./chain.ts";

/** An article of the demo that can be scanned; `price` is what a piece costs at retail, in cents. */
export interface ScannableArticle {
  readonly sku: string;
  readonly gtin: string;
  readonly variant: string;
  readonly category: string;
  readonly price: number;
}

/** The articles that can be scanned and that fit, in the order of the catalogue; at least one. */
export async function scannableArticles(
  chain: Chain,
  fits: (article: ScannableArticle) => boolean,
): Promise<readonly [ScannableArticle, ...ScannableArticle[]]> {
  const { products } = await chain.server.products("", 200);
  const [first, ...rest] = products
    .flatMap(({ category, variants }) => variants.map((variant) => ({ ...variant, category })))
    .flatMap(({ sku, gtin, variant, category, prices }) => {
      const price = prices.find(({ list }) => list === "retail")?.amount.minor ?? 0;
      return gtin === null ? [] : [{ sku, gtin, variant, category, price }];
    })
    .filter(fits);
  if (first === undefined) throw new Error("the demo has no such article");
  return [first, ...rest];
}

/** Articles of one form each, not all too cheap, that no promotion of the demo is about. */
export function plainArticles(chain: Chain): ReturnType<typeof scannableArticles> {
  return scannableArticles(chain, ({ category, price }) => category === "Kitchen & Table" && price >= 1_000);
}
