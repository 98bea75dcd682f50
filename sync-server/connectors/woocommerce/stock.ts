import { z } from "zod";
import { type NotTold, never } from "../answers.ts";
import type { StockLevel, Told } from "../port.ts";
import type { Call } from "./rest.ts";

/**
 * WooCommerce has one stock. It is told that of one location only, the key `default` of the connector's locations: a sum over stores would promise
 * pieces that no store can hand out alone, and is wrong as soon as one store's level is told without the others.
 */
const ONE_STOCK = "default";
/** SKUs asked for and products changed at once; WooCommerce allows 100. */
const PER_CALL = 50;

const productsSchema = z.array(
  z.looseObject({
    id: z.number(),
    parent_id: z.number().default(0),
    sku: z.string(),
    manage_stock: z.union([z.boolean(), z.string()]),
    stock_quantity: z.number().nullable(),
  }),
);
type Product = z.output<typeof productsSchema>[number];

const batchSchema = z.looseObject({
  update: z
    .array(z.looseObject({ id: z.number(), error: z.looseObject({ message: z.string() }).optional() }))
    .default([]),
});

/** Sets the shop's stock where it is another. A SKU that the shop does not sell is passed over, as is one with a comma, which its search cannot name. */
export async function tellWooStock(call: Call, levels: readonly StockLevel[]): Promise<Told> {
  const wanted = new Map(
    levels
      .filter(({ location, sku }) => location === ONE_STOCK && !sku.includes(","))
      .map(({ sku, available }) => [String(sku), available]),
  );
  const skus = [...wanted.keys()];
  let refusal: NotTold | null = null;
  for (let from = 0; from < skus.length; from += PER_CALL) {
    const some = skus.slice(from, from + PER_CALL);
    const found = await call({
      method: "GET",
      path: `products?per_page=100&sku=${encodeURIComponent(some.join(","))}`,
      answer: productsSchema,
    });
    if (!found.ok) return found.reason;
    const told = await setStock(call, { products: found.value, wanted });
    if (told.kind === "later") return told;
    if (told.kind === "refused") refusal ??= told;
  }
  return refusal ?? { kind: "told" };
}

/** Variations are changed under the product that they belong to. */
async function setStock(
  call: Call,
  {
    products,
    wanted,
  }: { readonly products: readonly Product[]; readonly wanted: ReadonlyMap<string, number> },
): Promise<Told> {
  const byParent = new Map<number, { id: number; manage_stock: true; stock_quantity: number }[]>();
  for (const { id, parent_id, sku, manage_stock, stock_quantity } of products) {
    const available = wanted.get(sku);
    if (available === undefined || (manage_stock === true && stock_quantity === available)) continue;
    const change = { id, manage_stock: true as const, stock_quantity: available };
    byParent.set(parent_id, [...(byParent.get(parent_id) ?? []), change]);
  }
  let refusal: NotTold | null = null;
  for (const [parent, update] of byParent) {
    const path = parent === 0 ? "products/batch" : `products/${parent}/variations/batch`;
    const went = await call({ method: "POST", path, body: { update }, answer: batchSchema });
    if (!went.ok && went.reason.kind === "later") return went.reason;
    if (!went.ok) refusal ??= went.reason;
    const wrong = went.ok ? went.value.update.flatMap(({ error }) => error?.message ?? []) : [];
    if (wrong.length > 0) refusal ??= never(`WooCommerce: ${wrong.join("; ")}`);
  }
  return refusal ?? { kind: "told" };
}
