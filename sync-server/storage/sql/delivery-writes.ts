import type { DeliveryId, Instant } from "#domain/ids.ts";
import type { DatedDeliveryAct, Delivery } from "#domain/stock/delivery.ts";
import { openOf, underWayOf } from "#domain/stock/delivery-acts.ts";
import { isDeliveryOver } from "#domain/stock/delivery-state.ts";
import type { DeliveryWrites } from "../../deliveries/port.ts";
import { SqlCountWrites } from "./count-writes.ts";
import { deliveryWords } from "./search-words.ts";

/** The acts on deliveries. */
export class SqlDeliveryWrites extends SqlCountWrites implements DeliveryWrites {
  async putGoodsDelivery(of: Delivery): Promise<void> {
    await this.database.run(
      `INSERT INTO goods_deliveries (id, reference, kind, state, from_store, to_store, expected_on, opened_at, is_over, closed_at, by_hq, supplier, words)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET reference = excluded.reference, from_store = excluded.from_store, to_store = excluded.to_store,
          expected_on = excluded.expected_on, supplier = excluded.supplier, state = excluded.state, is_over = excluded.is_over, closed_at = excluded.closed_at, words = excluded.words,
          on_tills = 1`,
      of.id,
      of.reference,
      of.kind,
      of.state,
      of.from,
      of.to,
      of.expectedOn,
      of.openedAt,
      isDeliveryOver(of.state) ? 1 : 0,
      of.closedAt,
      of.openedBy.kind === "hq" ? 1 : 0,
      of.supplier,
      deliveryWords(of),
    );
    // What lists look through is kept apart from what is large.
    await this.database.run(
      "INSERT INTO goods_delivery_data (id, data) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data",
      of.id,
      JSON.stringify(of),
    );
    await this.#putComing(of);
  }

  async noteGoodsDeliveryAct(of: DeliveryId, act: DatedDeliveryAct): Promise<boolean> {
    return (
      (await this.database.run(
        "INSERT INTO goods_delivery_acts (id, delivery, data) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
        act.id,
        of,
        JSON.stringify(act),
      )) === 1
    );
  }

  async noteGoodsDeliveryForgotten(of: DeliveryId): Promise<void> {
    await this.database.run("UPDATE goods_deliveries SET on_tills = 0 WHERE id = ?", of);
  }

  async removeGoodsDelivery(of: DeliveryId, at: Instant): Promise<void> {
    await this.database.run(
      `INSERT INTO goods_deliveries_removed (id, by_hq, removed_at)
        SELECT id, by_hq, CAST(? AS BIGINT) FROM goods_deliveries WHERE id = ?`,
      at,
      of,
    );
    await this.database.run("DELETE FROM goods_coming WHERE delivery = ?", of);
    await this.database.run("DELETE FROM goods_delivery_acts WHERE delivery = ?", of);
    await this.database.run("DELETE FROM goods_delivery_data WHERE id = ?", of);
    await this.database.run("DELETE FROM goods_deliveries WHERE id = ?", of);
  }

  /** Pieces that are on their way, so that nobody has to read all deliveries to know. */
  async #putComing(of: Delivery): Promise<void> {
    await this.database.run("DELETE FROM goods_coming WHERE delivery = ?", of.id);
    if (of.state === "draft") return;
    const isSent = of.kind === "transfer" && of.lines.some(({ sent }) => sent > 0);
    for (const line of of.lines) {
      const incoming = isSent ? 0 : openOf(of, line);
      const inTransit = underWayOf(of, line);
      if (incoming !== 0 || inTransit !== 0)
        await this.database.run(
          "INSERT INTO goods_coming (store, variant, delivery, incoming, in_transit) VALUES (?, ?, ?, ?, ?)",
          of.to,
          line.variant,
          of.id,
          incoming,
          inTransit,
        );
    }
  }
}
