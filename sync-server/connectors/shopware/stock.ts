import { z } from "zod";
import type { StockLevel, Told } from "../port.ts";
import { type AdminApi, unexpected } from "./admin-api.ts";

/** Shopware keeps one stock for each product: that of the store which `locations` has under this key. */
const STOCK_LOCATION = "default";

const productsSchema = z.looseObject({
  data: z.array(z.looseObject({ id: z.string(), productNumber: z.string(), stock: z.number() })),
});

/**
 * Sets the stock of products by their product number, where it is another. Levels of other locations (shipping methods that stand for a store) are nothing to
 * Shopware. A number that the shop does not sell is passed over: stores sell more than their web shop does.
 */
export async function tellStock(api: AdminApi, all: readonly StockLevel[]): Promise<Told> {
  const levels = all.filter(({ location }) => location === STOCK_LOCATION);
  if (levels.length === 0) return { kind: "told" };
  const answer = await api("POST", "/api/search/product", {
    filter: [{ type: "equalsAny", field: "productNumber", value: levels.map(({ sku }) => sku) }],
    includes: { product: ["id", "productNumber", "stock"] },
    limit: levels.length,
  });
  if (!answer.ok) return answer.reason;
  const found = productsSchema.safeParse(answer.value);
  if (!found.success) return unexpected("products");
  const products = new Map(found.data.data.map((product) => [product.productNumber, product]));
  const payload = levels.flatMap(({ sku, available }) => {
    const product = products.get(sku);
    return product === undefined || product.stock === available ? [] : [{ id: product.id, stock: available }];
  });
  if (payload.length > 0) {
    const set = { entity: "product", action: "upsert", payload };
    const done = await api("POST", "/api/_action/sync", { stock: set });
    if (!done.ok) return done.reason;
  }
  return { kind: "told" };
}
