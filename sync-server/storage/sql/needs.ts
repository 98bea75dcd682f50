import { idOf, type VariantId } from "#domain/ids.ts";
import type { Product } from "#domain/product/product.ts";
import type { Giver, Need, NeedsAnswer, NeedsAsk } from "../../stock/replenish-port.ts";
import type { Database, Row } from "./database.ts";
import { toRule } from "./replenish-reads.ts";
import { searchPattern } from "./search-words.ts";
import { stored } from "./stored.ts";

/** The rules that may hold for an article `v` of a product `p` in the store `store`, the narrowest first. */
function rulesIn(store: string): string {
  return `LEFT JOIN reorder_rules r1 ON r1.kind = 'article' AND r1.subject = v.id AND r1.store = ${store}
    LEFT JOIN reorder_rules r2 ON r2.kind = 'article' AND r2.subject = v.id AND r2.store = ''
    LEFT JOIN reorder_rules r3 ON r3.kind = 'category' AND r3.subject = p.product ->> 'category' AND r3.store = ${store}
    LEFT JOIN reorder_rules r4 ON r4.kind = 'category' AND r4.subject = p.product ->> 'category' AND r4.store = ''`;
}
const narrowest = (column: string): string =>
  `coalesce(r1.${column}, r2.${column}, r3.${column}, r4.${column})`;
const RESERVED =
  "(SELECT coalesce(sum(r.pieces), 0) FROM reservations r WHERE r.store = s.store AND r.variant = s.variant)";

/** What of a store's articles is at its reorder point or below: the same sum as `freePieces` of the domain, which says how many are proposed. */
export async function needsOf(database: Database, ask: NeedsAsk): Promise<NeedsAnswer> {
  const rows = await database.all(
    `WITH ruled AS (
      SELECT v.id, v.sku, p.id AS product, p.title, p.product ->> 'category' AS category, ${narrowest("reorder_point")} AS reorder_point,
        ${narrowest("target")} AS target, ${narrowest("pack")} AS pack,
        CASE WHEN r1.store IS NOT NULL THEN 1 WHEN r2.store IS NOT NULL THEN 2 WHEN r3.store IS NOT NULL THEN 3 ELSE 4 END AS rule,
        coalesce(s.on_hand, 0) AS on_hand, coalesce(${RESERVED}, 0) AS reserved,
        (SELECT coalesce(sum(c.incoming + max(c.in_transit, 0)), 0) FROM goods_coming c WHERE c.store = ?1 AND c.variant = v.id) AS incoming
      FROM products p JOIN variants v ON v.product = p.id ${rulesIn("?1")}
        LEFT JOIN stock s ON s.store = ?1 AND s.variant = v.id
      WHERE ${narrowest("reorder_point")} IS NOT NULL AND (?3 = '' OR p.product ->> 'category' = ?3) ${ask.search.trim() === "" ? "AND ?4 IS NOT NULL" : "AND p.words LIKE ?4 ESCAPE '\\'"}
    ), needed AS (
      SELECT * FROM ruled WHERE max(on_hand, 0) - reserved - ?2 + incoming <= reorder_point
        AND (SELECT p.product ->> 'status' FROM products p WHERE p.id = ruled.product) = 'active'
    )
    SELECT n.*, count(*) OVER () AS total FROM needed n ORDER BY n.category, n.title, n.product, n.sku LIMIT ?5 OFFSET ?6`,
    ask.store,
    ask.safetyStock,
    ask.category,
    searchPattern(ask.search),
    ask.limit,
    ask.offset,
  );
  const variants = rows.map((row) => idOf<"Variant">(String(row.id)));
  const sold = await soldOf(database, ask, variants);
  const givers = await giversOf(database, ask, variants);
  const optionsOf = async (row: Row): Promise<readonly string[]> => {
    const found = await database.get("SELECT product FROM products WHERE id = ?", String(row.product));
    const product = found === undefined ? null : stored<Product>(found.product);
    return product?.variants.find(({ id }) => id === row.id)?.options ?? [];
  };
  const needs: Need[] = [];
  for (const row of rows) {
    const variant = idOf<"Variant">(String(row.id));
    needs.push({
      variant,
      sku: idOf<"Sku">(String(row.sku)),
      title: String(row.title),
      options: await optionsOf(row),
      category: String(row.category),
      ...toRule(row),
      rule: { of: Number(row.rule) <= 2 ? "article" : "category", forStore: Number(row.rule) % 2 === 1 },
      onHand: Number(row.on_hand),
      reserved: Number(row.reserved),
      incoming: Number(row.incoming),
      sold: sold.get(variant) ?? 0,
      givers: givers.get(variant) ?? [],
    });
  }
  return { needs, total: Number(rows[0]?.total ?? 0) };
}

async function soldOf(
  database: Database,
  { store, soldSince }: NeedsAsk,
  variants: readonly VariantId[],
): Promise<ReadonlyMap<VariantId, number>> {
  const rows = await database.all(
    `SELECT variant, -sum(quantity) AS sold FROM movements WHERE store = ? AND variant IN (SELECT value FROM json_each(?)) AND acted_at >= ?
      AND reason ->> 'kind' IN ('sale', 'order', 'return') GROUP BY variant`,
    store,
    JSON.stringify(variants),
    soldSince,
  );
  return new Map(rows.map((row) => [idOf<"Variant">(String(row.variant)), Number(row.sold)]));
}

/** Stores that have more than their rule asks for; one without a rule may need all it has. */
async function giversOf(
  database: Database,
  { givers }: NeedsAsk,
  variants: readonly VariantId[],
): Promise<ReadonlyMap<VariantId, readonly Giver[]>> {
  const found = new Map<VariantId, Giver[]>();
  if (givers.length === 0) return found;
  const rows = await database.all(
    `SELECT s.store, s.variant, s.on_hand, ${RESERVED} AS reserved, ${narrowest("target")} AS target,
      (SELECT coalesce(sum(c.incoming), 0) FROM goods_coming c JOIN goods_deliveries d ON d.id = c.delivery
        WHERE c.variant = s.variant AND d.from_store = s.store) AS promised
      FROM json_each(?1) w CROSS JOIN stock s ON s.variant = w.value JOIN variants v ON v.id = s.variant JOIN products p ON p.id = v.product ${rulesIn("s.store")}
      WHERE s.store IN (SELECT value FROM json_each(?2)) AND s.on_hand > ${narrowest("target")}`,
    JSON.stringify(variants),
    JSON.stringify(givers.map(({ store }) => store)),
  );
  for (const row of rows) {
    const variant = idOf<"Variant">(String(row.variant));
    const giver = {
      store: idOf<"Store">(String(row.store)),
      onHand: Number(row.on_hand),
      reserved: Number(row.reserved),
      target: Number(row.target),
      promised: Number(row.promised),
    };
    found.set(variant, [...(found.get(variant) ?? []), giver]);
  }
  return found;
}
