import { idOf, type VariantId } from "#domain/ids.ts";
import { type Money, money } from "#domain/money/money.ts";
import type { Product } from "#domain/product/product.ts";
import type { ShopOrderRequest } from "#protocol/shop/order.ts";
import type { DemoOrder } from "../demo-context.ts";
import type { DemoData } from "./demo-data.ts";
import { CURRENCY, RETAIL_LIST } from "./retailer.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const CHANNEL = idOf<"Channel">("demo-shop");
const FIRST_NUMBER = 1_031;
const SHIPPING: Money = money(490, CURRENCY);
/** So many of an article lie in every store that an order of it can be done wherever it goes. */
const ENOUGH = 6;
/** Articles of an order are far apart in the assortment: nobody orders five oils in a row. */
const STRIDE = 157;

interface Sketch {
  readonly placedAgoMs: number;
  readonly shelf: string | null;
  readonly pieces: readonly number[];
  readonly delivery:
    | { readonly pickup: string }
    | { readonly ship: readonly [street: string, postcode: string, city: string] };
  readonly pay?: "paid" | "atPickup";
  readonly note?: string;
}

/** What came in before the demo was opened, the oldest first: a queue of a working day, one of them late. */
const SKETCHES: readonly Sketch[] = [
  { placedAgoMs: 26 * HOUR_MS, shelf: "A2", pieces: [1, 1], delivery: { pickup: "BER1" } },
  { placedAgoMs: 20 * HOUR_MS, shelf: "B1", pieces: [2], delivery: { pickup: "BER1" }, pay: "atPickup" },
  {
    placedAgoMs: 95 * MINUTE_MS,
    shelf: null,
    pieces: [1, 1, 2],
    delivery: { pickup: "BER1" },
    note: "I can only come until six, thank you!",
  },
  {
    placedAgoMs: 25 * MINUTE_MS,
    shelf: "S1",
    pieces: [1, 2],
    delivery: { ship: ["Musterweg 7", "04109", "Leipzig"] },
  },
  { placedAgoMs: 22 * MINUTE_MS, shelf: null, pieces: [2, 1], delivery: { pickup: "BER1" } },
  {
    placedAgoMs: 14 * MINUTE_MS,
    shelf: null,
    pieces: [1],
    delivery: { ship: ["Beispielallee 3", "14467", "Potsdam"] },
  },
  { placedAgoMs: 9 * MINUTE_MS, shelf: null, pieces: [3], delivery: { pickup: "HAM1" } },
  { placedAgoMs: 4 * MINUTE_MS, shelf: null, pieces: [1, 1], delivery: { pickup: "BER1" }, pay: "atPickup" },
];

/** Orders that came in from the demo shop before it was opened, the oldest first: some to pick, some ready, one late. Every store has their goods. */
export function demoOrders(data: DemoData): readonly DemoOrder[] {
  const articles = wellStocked(data);
  let next = 0;
  return SKETCHES.map(({ placedAgoMs, shelf, pieces, delivery, pay = "paid", note = "" }, at) => {
    const customer = data.customers[at];
    const number = FIRST_NUMBER + at;
    const lines = pieces.flatMap((quantity) => {
      const article = articles[(next++ * STRIDE) % articles.length];
      return article === undefined ? [] : [{ ...article, quantity }];
    });
    const name = customer?.name ?? "Ada Brandt";
    return {
      placedAgoMs,
      shelf,
      request: {
        channel: CHANNEL,
        id: `demo-${number}`,
        number: `FEN-${number}`,
        currency: CURRENCY,
        customer: { name, email: customer?.email ?? null, phone: customer?.phone ?? null },
        lines,
        payment: { kind: pay },
        ...deliveryOf(delivery, name),
        note,
      },
    };
  });
}

function deliveryOf(
  delivery: Sketch["delivery"],
  name: string,
): Pick<ShopOrderRequest, "delivery" | "maySplit" | "shipping"> {
  if ("pickup" in delivery) return { delivery: { kind: "pickup", store: delivery.pickup }, maySplit: false };
  const [street, postcode, city] = delivery.ship;
  const address = { name, lines: [street], postcode, city, country: "DE" };
  return { delivery: { kind: "ship", address }, maySplit: true, shipping: SHIPPING };
}

/** Articles that are one thing and no choice of sizes, with a price, and enough of them in every store. */
function wellStocked({
  products,
  prices,
  stock,
}: DemoData): readonly Pick<ShopOrderRequest["lines"][number], "sku" | "name" | "unitPrice">[] {
  const least = new Map<VariantId, number>();
  for (const { variant, onHand } of stock)
    least.set(variant, Math.min(onHand, least.get(variant) ?? Number.POSITIVE_INFINITY));
  const priced = new Map(
    prices.filter(({ list }) => list === RETAIL_LIST).map(({ variant, amount }) => [variant, amount]),
  );
  return products.flatMap((product: Product) => {
    const [variant, ...others] = product.variants;
    const unitPrice = variant === undefined ? undefined : priced.get(variant.id);
    if (variant === undefined || others.length > 0 || unitPrice === undefined) return [];
    return (least.get(variant.id) ?? 0) < ENOUGH
      ? []
      : [{ sku: variant.sku, name: product.title, unitPrice }];
  });
}
