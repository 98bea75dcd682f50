import type { Sku } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { Chain } from "./chain.ts";

export interface Article {
  readonly sku: Sku;
  readonly title: string;
  readonly price: Money;
}

/** An article with plenty of pieces in the store. */
export async function articleInStock(chain: Chain, store: string): Promise<Article> {
  const { products } = await chain.server.products("", 100);
  const found = products
    .flatMap((product) => product.variants.map((variant) => ({ ...variant, title: product.title })))
    .find(
      ({ stock, prices }) =>
        prices[0] !== undefined && stock.some((at) => at.store === store && at.onHand > 3),
    );
  if (found?.prices[0] === undefined) throw new Error(`nothing in stock at ${store}`);
  return { sku: found.sku, title: found.title, price: found.prices[0].amount };
}

/** A click & collect order as a web shop sends it, of one piece. */
export function aPickupOrder(
  id: string,
  { sku, price }: Article,
  payment: "paid" | "atPickup",
): Readonly<Record<string, unknown>> {
  return {
    channel: "web",
    id,
    number: `WEB-${id}`,
    currency: price.currency,
    customer: { name: "Ada Brandt", email: "ada@example.com", phone: "030 1234567" },
    lines: [{ sku, quantity: 1, unitPrice: price }],
    payment: { kind: payment },
    delivery: { kind: "pickup", store: "BER1" },
  };
}
