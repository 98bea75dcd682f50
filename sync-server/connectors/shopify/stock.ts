import { z } from "zod";
import type { Instant, Sku } from "#domain/ids.ts";
import { ok, type Result } from "#domain/result.ts";
import { type NotTold, never } from "../answers.ts";
import type { StockLevel, Told } from "../port.ts";
import { keyOf } from "./do.ts";
import { type Ask, userErrorsSchema } from "./graphql.ts";
import { gid } from "./order-there.ts";

/** SKUs asked for at once: more would be a question too long for Shopify's search. */
const SKUS_PER_QUESTION = 50;

const VARIANTS = `query Variants($search: String!) {
  productVariants(first: 250, query: $search) { nodes { sku inventoryItem { id } } }
}`;
const SET = `mutation SetStock($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) { userErrors { field message code } }
}`;

const variantsData = z.looseObject({
  productVariants: z.looseObject({
    nodes: z.array(
      z.looseObject({ sku: z.string().nullable(), inventoryItem: z.looseObject({ id: z.string() }) }),
    ),
  }),
});
const setData = z.looseObject({
  inventorySetQuantities: z.looseObject({ userErrors: userErrorsSchema }).nullable(),
});

interface Quantity {
  readonly inventoryItemId: string;
  readonly locationId: string;
  readonly quantity: number;
  /** Null: whatever was there before, for the store's own count decides. */
  readonly changeFromQuantity: null;
}

/**
 * Sets what is available of each SKU at each of Shopify's locations. A key of the connector's locations that is no location's number (the
 * name of a pickup rate) has no stock, nor has a SKU that Shopify does not sell: both are passed over.
 */
export async function tellShopifyStock(
  ask: Ask,
  { levels, at }: { readonly levels: readonly StockLevel[]; readonly at: Instant },
): Promise<Told> {
  const placed = levels.filter(({ location }) => /^(\d+|gid:\/\/shopify\/Location\/\d+)$/.test(location));
  const items = await inventoryItems(ask, [...new Set(placed.map(({ sku }) => sku))]);
  if (!items.ok) return items.reason;
  const quantities = placed.flatMap(({ sku, location, available }) =>
    (items.value.get(sku) ?? []).map((inventoryItemId) => ({
      inventoryItemId,
      locationId: gid("Location", location),
      quantity: available,
      changeFromQuantity: null,
    })),
  );
  return set(ask, { quantities, at });
}

async function inventoryItems(
  ask: Ask,
  skus: readonly Sku[],
): Promise<Result<ReadonlyMap<string, readonly string[]>, NotTold>> {
  const items = new Map<string, readonly string[]>();
  for (let from = 0; from < skus.length; from += SKUS_PER_QUESTION) {
    const search = skus
      .slice(from, from + SKUS_PER_QUESTION)
      .map((sku) => `sku:"${sku.replaceAll(/["\\]/g, "\\$&")}"`)
      .join(" OR ");
    const found = await ask({ query: VARIANTS, variables: { search }, data: variantsData });
    if (!found.ok) return found;
    // The search folds letters and finds more than was meant; a SKU may also belong to several variants.
    for (const { sku, inventoryItem } of found.value.productVariants.nodes)
      if (sku !== null) items.set(sku, [...(items.get(sku) ?? []), inventoryItem.id]);
  }
  return ok(items);
}

/** Shopify takes all quantities or none: those of items that a location does not stock are left out, and the rest set. */
async function set(
  ask: Ask,
  { quantities, at }: { readonly quantities: readonly Quantity[]; readonly at: Instant },
): Promise<Told> {
  if (quantities.length === 0) return { kind: "told" };
  const input = { name: "available", reason: "correction", quantities };
  const answer = await ask({
    query: SET,
    // The moment is in the key: the same level told again another day is to be set again, not answered from memory.
    variables: { input, key: keyOf(String(at), JSON.stringify(input)) },
    data: setData,
  });
  if (!answer.ok) return answer.reason;
  const errors = answer.value.inventorySetQuantities?.userErrors ?? [];
  if (errors.length === 0) return { kind: "told" };
  const unstocked = new Set(
    errors.flatMap(({ code, field }) =>
      code === "ITEM_NOT_STOCKED_AT_LOCATION" ? [Number(field?.find((part) => /^\d+$/.test(part)))] : [],
    ),
  );
  const rest = quantities.filter((_, index) => !unstocked.has(index));
  if (unstocked.size === errors.length && rest.length < quantities.length)
    return set(ask, { quantities: rest, at });
  return never(`Shopify: ${errors.map(({ message }) => message).join("; ")}`);
}
