import type { ChannelId, Instant } from "#domain/ids.ts";
import type { Connector } from "../../connectors/port.ts";
import type { ConnectorWrites, InboxMessage, ShopOrderMemory, StockTold } from "../../connectors/records.ts";
import { keptConnector } from "./kept-secrets.ts";
import { SqlOrderWrites } from "./order-writes.ts";

/** The acts on connected shops and their messages. */
export class SqlConnectorWrites extends SqlOrderWrites implements ConnectorWrites {
  async addConnector(connector: Connector): Promise<void> {
    await this.database.run(
      "INSERT INTO connectors (id, channel, created_at, data) VALUES (?, ?, ?, ?)",
      connector.id,
      connector.channel,
      connector.createdAt,
      keptConnector(this.database.secrets, connector),
    );
  }

  async putConnector(connector: Connector): Promise<void> {
    await this.database.run(
      "UPDATE connectors SET data = ? WHERE id = ?",
      keptConnector(this.database.secrets, connector),
      connector.id,
    );
  }

  async removeConnector(id: string): Promise<boolean> {
    await this.database.run("DELETE FROM deliveries WHERE endpoint = ?", id);
    for (const table of ["inbox", "connector_orders", "connector_stock"])
      await this.database.run(`DELETE FROM ${table} WHERE connector = ?`, id);
    return (await this.database.run("DELETE FROM connectors WHERE id = ?", id)) > 0;
  }

  async addMessage(message: InboxMessage): Promise<boolean> {
    const added = await this.database.run(
      `INSERT INTO inbox (connector, delivery, topic, body, received_at, external_id, state, reason, tries, next_try_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (connector, delivery) DO NOTHING`,
      message.connector,
      message.delivery,
      message.topic,
      message.body,
      message.receivedAt,
      message.externalId,
      message.state,
      message.reason,
      message.tries,
      message.nextTryAt,
    );
    return added === 1;
  }

  async putMessage({
    connector,
    delivery,
    externalId,
    state,
    reason,
    tries,
    nextTryAt,
  }: InboxMessage): Promise<void> {
    await this.database.run(
      "UPDATE inbox SET external_id = ?, state = ?, reason = ?, tries = ?, next_try_at = ? WHERE connector = ? AND delivery = ?",
      externalId,
      state,
      reason,
      tries,
      nextTryAt,
      connector,
      delivery,
    );
  }

  async purgeMessages(before: Instant): Promise<void> {
    await this.database.run(
      "DELETE FROM inbox WHERE state IN ('taken', 'ignored') AND received_at < ?",
      before,
    );
  }

  async blankMessages({
    channel,
    externalId,
  }: {
    readonly channel: ChannelId;
    readonly externalId: string;
  }): Promise<void> {
    await this.database.run(
      `UPDATE inbox SET body = '' WHERE external_id = ? AND state <> 'waiting' AND connector IN (SELECT id FROM connectors WHERE channel = ?)`,
      externalId,
      channel,
    );
  }

  async putShopOrderMemory({
    connector,
    externalId,
    updatedAt,
    standing,
    refunds,
  }: ShopOrderMemory): Promise<void> {
    await this.database.run(
      `INSERT INTO connector_orders (connector, external_id, updated_at, standing, refunds) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (connector, external_id) DO UPDATE SET updated_at = excluded.updated_at, standing = excluded.standing, refunds = excluded.refunds`,
      connector,
      externalId,
      updatedAt,
      standing,
      JSON.stringify(refunds),
    );
  }

  async putStockTold({
    connector,
    location,
    cursor,
    safetyStock,
    failures,
    nextTryAt,
    lastFailure,
  }: StockTold): Promise<void> {
    await this.database.run(
      `INSERT INTO connector_stock (connector, location, cursor, safety_stock, failures, next_try_at, last_failure) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (connector, location) DO UPDATE SET cursor = excluded.cursor, safety_stock = excluded.safety_stock, failures = excluded.failures,
          next_try_at = excluded.next_try_at, last_failure = excluded.last_failure`,
      connector,
      location,
      cursor,
      safetyStock,
      failures,
      nextTryAt,
      lastFailure,
    );
  }
}
