import { type ChannelId, type Instant, idOf, instant } from "#domain/ids.ts";
import { keyScopeSchema } from "#protocol/hq/keys.ts";
import type { BasketReads, SharedBasketRecord } from "../../baskets/port.ts";
import type {
  EventReads,
  FeedEvent,
  OutgoingEvent,
  Receivers,
  WebhookDelivery,
  WebhookEndpoint,
} from "../../events/port.ts";
import type { ApiKeyRecord } from "../port.ts";
import type { Row } from "./database.ts";
import { stored } from "./stored.ts";
import { SqlSyncReads } from "./sync-reads.ts";

const API_KEY = "hash, scope, name, channels, created_at, last_used_at FROM hq_keys";
const DELIVERY =
  "d.endpoint, d.failures, d.next_try_at, d.last_failure, o.id, o.type, o.subject, o.at, o.data FROM deliveries d JOIN outbox o ON o.seq = d.seq";

/** Where the ids of each kind of receiver are. */
export const RECEIVER_TABLES: Readonly<Record<Receivers, string>> = {
  webhooks: "webhook_endpoints",
  connectors: "connectors",
};

/** What other programs are given and told: keys, shared baskets, outgoing events. */
export class SqlShopReads extends SqlSyncReads implements BasketReads, EventReads {
  async apiKey(keyHash: string): Promise<ApiKeyRecord | null> {
    const row = await this.database.get(`SELECT ${API_KEY} WHERE hash = ?`, keyHash);
    return row === undefined ? null : toApiKey(row);
  }

  async apiKeys(): Promise<readonly ApiKeyRecord[]> {
    return (await this.database.all(`SELECT ${API_KEY} ORDER BY created_at, hash`)).map(toApiKey);
  }

  async sharedBasket(code: string): Promise<SharedBasketRecord | null> {
    const row = await this.database.get("SELECT basket FROM shared_baskets WHERE code = ?", code);
    return row === undefined ? null : stored<SharedBasketRecord>(row.basket);
  }

  async webhookEndpoints(): Promise<readonly WebhookEndpoint[]> {
    return (
      await this.database.all(
        "SELECT id, url, secret, types, created_at, paused_at FROM webhook_endpoints ORDER BY created_at, id",
      )
    ).map((row) => ({
      id: String(row.id),
      url: String(row.url),
      secret: String(row.secret),
      types: stored<readonly string[]>(row.types),
      createdAt: instant(Number(row.created_at)),
      pausedAt: instantOrNull(row.paused_at),
    }));
  }

  async dueDeliveries({
    endpoint,
    at,
    limit,
  }: {
    readonly endpoint: string;
    readonly at: Instant;
    readonly limit: number;
  }): Promise<readonly WebhookDelivery[]> {
    return (
      await this.database.all(
        `SELECT ${DELIVERY} WHERE d.endpoint = ? AND d.next_try_at <= ? AND NOT EXISTS (
          SELECT 1 FROM deliveries e WHERE e.endpoint = d.endpoint AND e.subject = d.subject AND e.seq < d.seq AND e.next_try_at IS NOT NULL
        ) ORDER BY d.seq LIMIT ?`,
        endpoint,
        at,
        limit,
      )
    ).map(toDelivery);
  }

  async deadDeliveries({
    to,
    limit,
  }: {
    readonly to: Receivers;
    readonly limit: number;
  }): Promise<readonly WebhookDelivery[]> {
    return (
      await this.database.all(
        `SELECT ${DELIVERY} WHERE d.next_try_at IS NULL AND d.endpoint IN (SELECT id FROM ${RECEIVER_TABLES[to]}) ORDER BY d.seq DESC LIMIT ?`,
        limit,
      )
    ).map(toDelivery);
  }

  async events({ after, types, limit }: Parameters<EventReads["events"]>[0]): Promise<readonly FeedEvent[]> {
    return (
      await this.database.all(
        `SELECT seq, id, type, subject, at, data FROM outbox
          WHERE seq > ?1 AND (?2 = '[]' OR type IN (SELECT value FROM json_each(?2))) ORDER BY seq LIMIT ?3`,
        after,
        JSON.stringify(types),
        limit,
      )
    ).map((row) => ({ cursor: Number(row.seq), event: toEvent(row) }));
  }

  async eventsHead(): Promise<{ readonly head: number; readonly purgedTo: number }> {
    const head = await this.database.get("SELECT max(seq) AS seq FROM outbox");
    const purged = await this.database.get("SELECT value FROM retailer WHERE name = 'eventsPurgedTo'");
    const purgedTo = Number(purged?.value ?? 0);
    return { head: Math.max(Number(head?.seq ?? 0), purgedTo), purgedTo };
  }

  async deliveryAttempts({
    endpoint,
    onlyFailed,
    before,
    limit,
  }: Parameters<EventReads["deliveryAttempts"]>[0]): ReturnType<EventReads["deliveryAttempts"]> {
    return (
      await this.database.all(
        `SELECT * FROM delivery_attempts WHERE endpoint = ?1 AND (?2 = 0 OR failure IS NOT NULL) AND (?3 IS NULL OR cursor < ?3)
          ORDER BY cursor DESC LIMIT ?4`,
        endpoint,
        onlyFailed ? 1 : 0,
        before,
        limit,
      )
    ).map((row) => ({
      cursor: Number(row.cursor),
      endpoint: String(row.endpoint),
      event: String(row.event),
      type: String(row.type),
      at: instant(Number(row.at)),
      tookMs: Number(row.took_ms),
      failure: row.failure === null ? null : String(row.failure),
    }));
  }

  async deliveryCounts(endpoint: string): Promise<{ readonly waiting: number; readonly dead: number }> {
    const row = await this.database.get(
      "SELECT count(next_try_at) AS waiting, count(*) - count(next_try_at) AS dead FROM deliveries WHERE endpoint = ?",
      endpoint,
    );
    return { waiting: Number(row?.waiting), dead: Number(row?.dead) };
  }
}

function toApiKey(row: Row): ApiKeyRecord {
  return {
    hash: String(row.hash),
    scope: keyScopeSchema.parse(row.scope),
    name: String(row.name),
    channels: stored<readonly ChannelId[]>(row.channels),
    createdAt: instant(Number(row.created_at)),
    lastUsedAt: instantOrNull(row.last_used_at),
  };
}

function instantOrNull(value: Row[string] | undefined): Instant | null {
  return value === null || value === undefined ? null : instant(Number(value));
}

function toEvent(row: Row): OutgoingEvent {
  return {
    id: String(row.id),
    type: String(row.type),
    order: row.subject === null ? null : idOf<"Order">(String(row.subject)),
    at: instant(Number(row.at)),
    data: String(row.data),
  };
}

function toDelivery(row: Row): WebhookDelivery {
  return {
    endpoint: String(row.endpoint),
    event: toEvent(row),
    failures: Number(row.failures),
    nextTryAt: instantOrNull(row.next_try_at),
    lastFailure: row.last_failure === null ? null : String(row.last_failure),
  };
}
