import { type Instant, idOf, instant, type Sku, type VariantId } from "#domain/ids.ts";
import type { Connector } from "../../connectors/port.ts";
import {
  type ConnectorReads,
  type InboxMessage,
  type ListedMessage,
  MESSAGE_STATES,
  type MessageState,
  SHOP_STANDINGS,
  type ShopOrderMemory,
  type StockTold,
} from "../../connectors/records.ts";
import type { Row } from "./database.ts";
import { connectorKept } from "./kept-secrets.ts";
import { SqlOrderReads } from "./order-reads.ts";
import { stored } from "./stored.ts";

const MESSAGE =
  "seq, connector, delivery, topic, body, received_at, external_id, state, reason, tries, next_try_at FROM inbox";

export const OPEN_COUNTS =
  "SELECT state, count(*) AS messages FROM inbox WHERE connector = ? AND state IN ('waiting', 'dead')";

/** Connected shops: what they sent, what is remembered of it and how far they were told. */
export class SqlConnectorReads extends SqlOrderReads implements ConnectorReads {
  async connectors(): Promise<readonly Connector[]> {
    const rows = await this.database.all("SELECT data FROM connectors ORDER BY created_at, id");
    return rows.map(({ data }) => connectorKept(this.database.secrets, data));
  }

  async connector(id: string): Promise<Connector | null> {
    const row = await this.database.get("SELECT data FROM connectors WHERE id = ?", id);
    return row === undefined ? null : connectorKept(this.database.secrets, row.data);
  }

  async message({
    connector,
    delivery,
  }: Pick<InboxMessage, "connector" | "delivery">): Promise<InboxMessage | null> {
    const row = await this.database.get(
      `SELECT ${MESSAGE} WHERE connector = ? AND delivery = ?`,
      connector,
      delivery,
    );
    return row === undefined ? null : toMessage(row);
  }

  async messages({
    connector,
    state,
    before,
    limit,
  }: {
    readonly connector: string | null;
    readonly state: MessageState | null;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly ListedMessage[]> {
    // A condition that is always true would keep SQLite from its indexes.
    const named = [
      ...(connector === null ? [] : [["connector", connector] as const]),
      ...(state === null ? [] : [["state", state] as const]),
    ];
    const where = named.map(([column]) => `${column} = ? AND`).join(" ");
    return (
      await this.database.all(
        `SELECT ${MESSAGE} WHERE ${where} seq < ? ORDER BY seq DESC LIMIT ?`,
        ...named.map(([, value]) => value),
        before ?? Number.MAX_SAFE_INTEGER,
        limit,
      )
    ).map((row) => ({ ...toMessage(row), cursor: Number(row.seq) }));
  }

  async messagesDue({
    at,
    limit,
  }: {
    readonly at: Instant;
    readonly limit: number;
  }): Promise<readonly InboxMessage[]> {
    return (
      await this.database.all(
        `SELECT ${MESSAGE} WHERE state = 'waiting' AND next_try_at <= ? ORDER BY next_try_at, seq LIMIT ?`,
        at,
        limit,
      )
    ).map(toMessage);
  }

  async messagesWaitingFor({
    connector,
    externalId,
  }: Pick<ShopOrderMemory, "connector" | "externalId">): Promise<readonly InboxMessage[]> {
    return (
      await this.database.all(
        `SELECT ${MESSAGE} WHERE connector = ? AND external_id = ? AND state = 'waiting' ORDER BY seq`,
        connector,
        externalId,
      )
    ).map(toMessage);
  }

  async messageCounts(connector: string): Promise<{ readonly waiting: number; readonly dead: number }> {
    const rows = await this.database.all(`${OPEN_COUNTS} GROUP BY state`, connector);
    const count = (state: MessageState): number =>
      Number(rows.find((row) => row.state === state)?.messages ?? 0);
    return { waiting: count("waiting"), dead: count("dead") };
  }

  async shopOrderMemory({
    connector,
    externalId,
  }: Pick<ShopOrderMemory, "connector" | "externalId">): Promise<ShopOrderMemory | null> {
    const row = await this.database.get(
      "SELECT updated_at, standing, refunds FROM connector_orders WHERE connector = ? AND external_id = ?",
      connector,
      externalId,
    );
    if (row === undefined) return null;
    return {
      connector,
      externalId,
      updatedAt: toInstant(row.updated_at),
      standing: SHOP_STANDINGS.find((standing) => standing === row.standing) ?? "toDo",
      refunds: stored<ShopOrderMemory["refunds"]>(row.refunds),
    };
  }

  async stockTold(connector: string): Promise<readonly StockTold[]> {
    return (
      await this.database.all(
        "SELECT location, cursor, safety_stock, failures, next_try_at, last_failure FROM connector_stock WHERE connector = ? ORDER BY location",
        connector,
      )
    ).map((row) => ({
      connector,
      location: String(row.location),
      cursor: Number(row.cursor),
      safetyStock: Number(row.safety_stock),
      failures: Number(row.failures),
      nextTryAt: toInstant(row.next_try_at),
      lastFailure: row.last_failure === null ? null : String(row.last_failure),
    }));
  }

  async skuOf(variant: VariantId): Promise<Sku | null> {
    const sku = (await this.database.get("SELECT sku FROM variants WHERE id = ?", variant))?.sku;
    return sku === undefined ? null : idOf<"Sku">(String(sku));
  }
}

function toMessage(row: Row): InboxMessage {
  return {
    connector: String(row.connector),
    delivery: String(row.delivery),
    topic: String(row.topic),
    body: String(row.body),
    receivedAt: instant(Number(row.received_at)),
    externalId: row.external_id === null ? null : String(row.external_id),
    state: MESSAGE_STATES.find((state) => state === row.state) ?? "dead",
    reason: String(row.reason),
    tries: Number(row.tries),
    nextTryAt: toInstant(row.next_try_at),
  };
}

function toInstant(value: Row[string] | undefined): Instant | null {
  return value === null || value === undefined ? null : instant(Number(value));
}
