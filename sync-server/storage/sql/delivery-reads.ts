import { type DeliveryId, idOf, instant, type VariantId } from "#domain/ids.ts";
import type { DatedDeliveryAct, Delivery } from "#domain/stock/delivery.ts";
import type { DeliveryFilter } from "#protocol/hq/deliveries.ts";
import type { Coming, DeliveryReads, ReservedFor } from "../../deliveries/port.ts";
import { SqlCountReads } from "./count-reads.ts";
import type { Row } from "./database.ts";
import { searchPattern } from "./search-words.ts";
import { stored } from "./stored.ts";

const FILTERS: Readonly<Record<DeliveryFilter, string>> = {
  open: "d.is_over = 0",
  late: "d.is_over = 0 AND d.state <> 'draft' AND d.expected_on < ?1",
  draft: "d.state = 'draft'",
  expected: "d.state = 'expected'",
  sent: "d.state = 'sent'",
  partlyReceived: "d.state = 'partlyReceived'",
  received: "d.state = 'received'",
  closedShort: "d.state = 'closedShort'",
  cancelled: "d.state = 'cancelled'",
  all: "TRUE",
};

const OF_STORES = `d.id IN (SELECT id FROM goods_deliveries WHERE to_store IN (SELECT value FROM json_each(?3))
  UNION SELECT id FROM goods_deliveries WHERE from_store IN (SELECT value FROM json_each(?3)))`;

/** Goods that move into and between stores, and what orders wait for. */
export class SqlDeliveryReads extends SqlCountReads implements DeliveryReads {
  async goodsDelivery(id: DeliveryId): Promise<Delivery | null> {
    return toDelivery(await this.database.get("SELECT data FROM goods_delivery_data WHERE id = ?", id));
  }

  async goodsDeliveryReferenced({
    reference,
    supplier,
  }: Parameters<DeliveryReads["goodsDeliveryReferenced"]>[0]): Promise<Delivery | null> {
    return toDelivery(
      await this.database.get(
        "SELECT x.data FROM goods_deliveries d JOIN goods_delivery_data x ON x.id = d.id WHERE d.reference = ? AND d.supplier = ? ORDER BY d.opened_at LIMIT 1",
        reference,
        supplier,
      ),
    );
  }

  async goodsDeliveries({
    stores,
    filter,
    kind,
    today,
    search,
    offset,
    limit,
  }: Parameters<DeliveryReads["goodsDeliveries"]>[0]): ReturnType<DeliveryReads["goodsDeliveries"]> {
    const of = stores === null ? null : JSON.stringify(stores);
    // Each condition only where it is asked for, so that its index serves.
    const where = [
      FILTERS[filter],
      "?1 IS NOT NULL",
      ...(kind === null ? [] : ["d.kind = ?2"]),
      ...(of === null ? [] : [OF_STORES]),
      ...(search === "" ? [] : ["d.words LIKE ?4 ESCAPE '\\'"]),
    ].join(" AND ");
    const values = [today, kind, of, searchPattern(search)] as const;
    const total = await this.database.get(
      `SELECT count(*) AS n, ?2 AS k, ?3 AS s, ?4 AS w FROM goods_deliveries d WHERE ${where}`,
      ...values,
    );
    const rows = await this.database.all(
      `SELECT x.data, ?2 AS k, ?3 AS s, ?4 AS w FROM goods_deliveries d JOIN goods_delivery_data x ON x.id = d.id
        WHERE ${where} ORDER BY d.opened_at DESC, d.id DESC LIMIT ?5 OFFSET ?6`,
      ...values,
      limit,
      offset,
    );
    return { deliveries: rows.map((row) => stored<Delivery>(row.data)), total: Number(total?.n) };
  }

  async goodsDeliveryActs(of: DeliveryId): Promise<readonly DatedDeliveryAct[]> {
    return (
      await this.database.all("SELECT data FROM goods_delivery_acts WHERE delivery = ? ORDER BY id", of)
    ).map((row) => stored<DatedDeliveryAct>(row.data));
  }

  async goodsDeliveriesToForget({
    closedBefore,
    limit,
  }: Parameters<DeliveryReads["goodsDeliveriesToForget"]>[0]): Promise<readonly Delivery[]> {
    return (
      await this.database.all(
        "SELECT x.data FROM goods_deliveries d JOIN goods_delivery_data x ON x.id = d.id WHERE d.on_tills = 1 AND d.is_over = 1 AND d.closed_at < ? LIMIT ?",
        closedBefore,
        limit,
      )
    ).map((row) => stored<Delivery>(row.data));
  }

  async hqDeliveries(): Promise<number> {
    return Number((await this.database.get("SELECT count(*) AS n FROM goods_deliveries WHERE by_hq = 1"))?.n);
  }

  async incomingOf({
    store,
    variants,
  }: Parameters<DeliveryReads["incomingOf"]>[0]): Promise<ReadonlyMap<VariantId, Coming>> {
    const rows = await this.database.all(
      `SELECT variant, sum(incoming) AS incoming, sum(max(in_transit, 0)) AS in_transit FROM goods_coming
        WHERE store = ? AND variant IN (SELECT value FROM json_each(?)) GROUP BY variant`,
      store,
      JSON.stringify(variants),
    );
    return new Map(
      rows.map((row) => {
        const variant = idOf<"Variant">(String(row.variant));
        return [variant, { variant, incoming: Number(row.incoming), inTransit: Number(row.in_transit) }];
      }),
    );
  }

  async reservedFor({
    stores,
    variant,
    offset,
    limit,
  }: Parameters<DeliveryReads["reservedFor"]>[0]): ReturnType<DeliveryReads["reservedFor"]> {
    const of = stores === null ? null : JSON.stringify(stores);
    const where =
      "r.pieces > 0 AND (?1 IS NULL OR r.store IN (SELECT value FROM json_each(?1))) AND (?2 IS NULL OR r.variant = ?2)";
    const total = await this.database.get(
      `SELECT count(*) AS n FROM reservations r WHERE ${where}`,
      of,
      variant,
    );
    const rows = await this.database.all(
      `SELECT r.store, r.variant, r.pieces, r.fulfilment, f.state, o.id AS order_id, o.channel, o.placed_at, o.data ->> 'number' AS number
        FROM reservations r JOIN fulfilments f ON f.id = r.fulfilment JOIN orders o ON o.id = f.order_id
        WHERE ${where} ORDER BY o.placed_at, r.fulfilment, r.variant LIMIT ?3 OFFSET ?4`,
      of,
      variant,
      limit,
      offset,
    );
    return { reserved: rows.map(toReserved), total: Number(total?.n) };
  }
}

function toDelivery(row: Row | undefined): Delivery | null {
  return row === undefined ? null : stored<Delivery>(row.data);
}

function toReserved(row: Row): ReservedFor {
  return {
    store: idOf<"Store">(String(row.store)),
    variant: idOf<"Variant">(String(row.variant)),
    pieces: Number(row.pieces),
    order: idOf<"Order">(String(row.order_id)),
    fulfilment: idOf<"Fulfilment">(String(row.fulfilment)),
    number: String(row.number),
    channel: String(row.channel),
    state: String(row.state),
    placedAt: instant(Number(row.placed_at)),
  };
}
