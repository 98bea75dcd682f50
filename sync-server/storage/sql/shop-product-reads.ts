import { idOf } from "#domain/ids.ts";
import type { ShopProductReads } from "../../shop-products/port.ts";
import { SqlActReads } from "./act-reads.ts";

/** The catalogue as web shops follow it: by the number of each product's last change, which is an index. */
export class SqlShopProductReads extends SqlActReads implements ShopProductReads {
  async productChanges({
    channel,
    after,
    limit,
  }: Parameters<ShopProductReads["productChanges"]>[0]): ReturnType<ShopProductReads["productChanges"]> {
    const rows = await this.database.all(
      `SELECT c.changed, c.product, c.variants, CASE WHEN coalesce(k.status, c.status) = 'active' THEN 1 ELSE 0 END AS sold
          FROM (SELECT changed, n, product, variants, status FROM catalogue WHERE changed > ? ORDER BY changed LIMIT ?) AS c
          LEFT JOIN catalogue_channels k ON k.channel = ? AND k.n = c.n
        UNION ALL
        SELECT g.changed, g.product, 0, 0
          FROM (SELECT changed, product FROM catalogue_gone WHERE changed > ? ORDER BY changed LIMIT ?) AS g
        ORDER BY 1 LIMIT ?`,
      after,
      limit,
      channel,
      after,
      limit,
      limit,
    );
    return rows.map((row) => ({
      changed: Number(row.changed),
      product: idOf<"Product">(String(row.product)),
      isSold: Number(row.sold) === 1,
      variants: Number(row.variants),
    }));
  }

  async shelvesOf(
    variants: Parameters<ShopProductReads["shelvesOf"]>[0],
  ): ReturnType<ShopProductReads["shelvesOf"]> {
    const rows = await this.database.all(
      `SELECT s.store, s.variant, s.on_hand,
          (SELECT coalesce(sum(r.pieces), 0) FROM reservations r WHERE r.store = s.store AND r.variant = s.variant) AS reserved
        FROM json_each(?) j JOIN stock s ON s.variant = j.value`,
      JSON.stringify(variants),
    );
    return rows.map((row) => ({
      store: idOf<"Store">(String(row.store)),
      variant: idOf<"Variant">(String(row.variant)),
      onHand: Number(row.on_hand),
      reserved: Number(row.reserved),
    }));
  }
}
