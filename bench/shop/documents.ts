import { instant } from "#domain/ids.ts";
import { articleAt } from "./article.ts";
import type { ShopCollection, ShopDocument } from "./document.ts";
import { lineOf, storeAt, ticketOf } from "./sales.ts";

export const LINES_A_SOLD_TICKET = 4;
const STORE = storeAt(0);
const FIRST_AT = Date.UTC(2026, 0, 1, 9);
const BETWEEN_MS = 60_000;

/** The documents of the article with this number: the fields that a till of ours is sent for it, as plain JSON. */
export function documentsOf(number: number): Readonly<Record<ShopCollection, ShopDocument>> {
  const { product, price, onHand } = articleAt(number);
  const { variant } = price;
  return {
    products: { ...product },
    prices: { id: `${price.list}.${variant}`, ...price },
    stock: { id: `${STORE}.${variant}`, store: STORE, variant, onHand },
  };
}

/** All of an article in one document, as somebody would lay it out who counts documents: price and stock lie in their product. */
export function wholeDocumentOf(number: number): ShopDocument {
  const { products, prices, stock } = documentsOf(number);
  return { ...products, price: prices, stock };
}

/** So many tickets of four lines as a till's journal holds them. */
export function soldTickets({
  count,
  skus,
}: {
  readonly count: number;
  readonly skus: number;
}): readonly ShopDocument[] {
  return Array.from({ length: count }, (_, number) => ({
    ...ticketOf({
      number,
      store: STORE,
      at: instant(FIRST_AT + number * BETWEEN_MS),
      day: 0,
      inCash: true,
      lines: Array.from({ length: LINES_A_SOLD_TICKET }, (__, place) => {
        const { product, price, sku } = articleAt((number * LINES_A_SOLD_TICKET + place) % skus);
        return lineOf({
          variant: price.variant,
          sku,
          name: product.title,
          minor: price.amount.minor,
          place,
          isBack: false,
        });
      }),
    }),
  }));
}
