import type { Instant } from "#domain/ids.ts";
import type { BasketWrites, SharedBasketRecord } from "../../baskets/port.ts";
import type {
  DeliveryAttempt,
  EventWrites,
  OutgoingEvent,
  Receivers,
  WebhookDelivery,
  WebhookEndpoint,
} from "../../events/port.ts";
import type { ApiKeyRecord } from "../port.ts";
import { insertRows } from "./insert-rows.ts";
import { keptWebhookSecret } from "./kept-secrets.ts";
import { SqlProfileWrites } from "./profile-writes.ts";
import { RECEIVER_TABLES } from "./shop-reads.ts";

/** The acts on keys, shared baskets and outgoing events. */
export class SqlShopWrites extends SqlProfileWrites implements BasketWrites, EventWrites {
  async addKey({ hash, scope, name, channels, createdAt }: Omit<ApiKeyRecord, "lastUsedAt">): Promise<void> {
    await this.database.run(
      "INSERT INTO hq_keys (hash, created_at, scope, name, channels) VALUES (?, ?, ?, ?, ?)",
      hash,
      createdAt,
      scope,
      name,
      JSON.stringify(channels),
    );
  }

  async noteKeyUse(keyHash: string, at: Instant): Promise<void> {
    await this.database.run(
      "UPDATE hq_keys SET last_used_at = ?1 WHERE hash = ?2 AND (last_used_at IS NULL OR last_used_at <= ?1)",
      at,
      keyHash,
    );
  }

  async removeKey(keyHash: string): Promise<void> {
    await this.database.run("DELETE FROM hq_keys WHERE hash = ?", keyHash);
  }

  async putSharedBasket(basket: SharedBasketRecord): Promise<void> {
    await this.database.run(
      "INSERT INTO shared_baskets (code, expires_at, basket) VALUES (?, ?, ?)",
      basket.code,
      basket.expiresAt,
      JSON.stringify(basket),
    );
  }

  async purgeSharedBaskets(before: Instant): Promise<void> {
    await this.database.run("DELETE FROM shared_baskets WHERE expires_at < ?", before);
  }

  addEvent(event: OutgoingEvent): Promise<void> {
    return this.addEvents([event]);
  }

  async addEvents(events: readonly OutgoingEvent[]): Promise<void> {
    await insertRows(this.database, {
      into: "outbox (id, type, subject, at, data)",
      rows: events.map(({ id, type, order, at, data }) => [id, type, order, at, data]),
    });
  }

  async addLatest(event: Parameters<EventWrites["addLatest"]>[0]): Promise<void> {
    const { id, type, at, data } = event;
    // Its type is its subject, by which those that wait are found. One that says what was said already is that one.
    const row = await this.database.get(
      "INSERT INTO outbox (id, type, subject, at, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING seq",
      id,
      type,
      type,
      at,
      data,
    );
    if (row === undefined) return;
    const seq = Number(row.seq);
    const ofEndpoints = "subject = ? AND endpoint IN (SELECT id FROM webhook_endpoints)";
    await this.database.run(`DELETE FROM deliveries WHERE ${ofEndpoints} AND next_try_at IS NULL`, type);
    // An endpoint that does not answer is not asked sooner for it.
    await this.database.run(`UPDATE deliveries SET seq = ? WHERE ${ofEndpoints}`, seq, type);
    await this.database.run("DELETE FROM outbox WHERE spread = 0 AND subject = ? AND seq < ?", type, seq);
  }

  async addWebhookEndpoint({ id, url, secret, types, createdAt, pausedAt }: WebhookEndpoint): Promise<void> {
    await this.database.run(
      "INSERT INTO webhook_endpoints (id, url, secret, types, created_at, paused_at) VALUES (?, ?, ?, ?, ?, ?)",
      id,
      url,
      keptWebhookSecret(this.database.secrets, id, secret),
      JSON.stringify(types),
      createdAt,
      pausedAt,
    );
  }

  async changeWebhookEndpoint({
    id,
    url,
    types,
    pausedAt,
  }: Parameters<EventWrites["changeWebhookEndpoint"]>[0]): Promise<boolean> {
    const changed = await this.database.run(
      "UPDATE webhook_endpoints SET url = ?, types = ?, paused_at = ? WHERE id = ?",
      url,
      JSON.stringify(types),
      pausedAt,
      id,
    );
    return changed > 0;
  }

  async sendAgain({ endpoint, event, at }: Parameters<EventWrites["sendAgain"]>[0]): Promise<boolean> {
    const due = await this.database.run(
      `INSERT INTO deliveries (endpoint, seq, subject, failures, next_try_at) SELECT ?, seq, subject, 0, ? FROM outbox WHERE id = ?
        ON CONFLICT (endpoint, seq) DO UPDATE SET failures = 0, next_try_at = excluded.next_try_at`,
      endpoint,
      at,
      event,
    );
    return due > 0;
  }

  async noteAttempt({ endpoint, event, type, at, tookMs, failure }: DeliveryAttempt): Promise<void> {
    await this.database.run(
      "INSERT INTO delivery_attempts (endpoint, event, type, at, took_ms, failure) VALUES (?, ?, ?, ?, ?, ?)",
      endpoint,
      event,
      type,
      at,
      tookMs,
      failure,
    );
  }

  async removeWebhookEndpoint(id: string): Promise<boolean> {
    await this.database.run("DELETE FROM deliveries WHERE endpoint = ?", id);
    await this.database.run("DELETE FROM delivery_attempts WHERE endpoint = ?", id);
    return (await this.database.run("DELETE FROM webhook_endpoints WHERE id = ?", id)) > 0;
  }

  async spreadEvents(at: Instant): Promise<void> {
    await this.database.run(
      `INSERT INTO deliveries (endpoint, seq, subject, failures, next_try_at)
        SELECT e.id, o.seq, o.subject, 0, ? FROM outbox o JOIN webhook_endpoints e
          ON (e.types = '[]' OR EXISTS (SELECT 1 FROM json_each(e.types) t WHERE t.value = o.type))
        WHERE o.spread = 0 ON CONFLICT (endpoint, seq) DO NOTHING`,
      at,
    );
    await this.database.run(
      `INSERT INTO deliveries (endpoint, seq, subject, failures, next_try_at)
        SELECT c.id, o.seq, o.subject, 0, ? FROM outbox o JOIN orders r ON r.id = o.subject JOIN connectors c ON c.channel = r.channel
        WHERE o.spread = 0`,
      at,
    );
    await this.database.run("UPDATE outbox SET spread = 1 WHERE spread = 0");
  }

  async putDelivery({ endpoint, event, failures, nextTryAt, lastFailure }: WebhookDelivery): Promise<void> {
    await this.database.run(
      "UPDATE deliveries SET failures = ?, next_try_at = ?, last_failure = ? WHERE endpoint = ? AND seq = (SELECT seq FROM outbox WHERE id = ?)",
      failures,
      nextTryAt,
      lastFailure,
      endpoint,
      event.id,
    );
  }

  async dropDelivery({ endpoint, event }: Pick<WebhookDelivery, "endpoint" | "event">): Promise<void> {
    await this.database.run(
      "DELETE FROM deliveries WHERE endpoint = ? AND seq = (SELECT seq FROM outbox WHERE id = ?)",
      endpoint,
      event.id,
    );
  }

  async reviveDeliveries({
    to,
    endpoint,
    event,
    at,
  }: {
    readonly to: Receivers;
    readonly endpoint: string | null;
    readonly event: string | null;
    readonly at: Instant;
  }): Promise<number> {
    return await this.database.run(
      `UPDATE deliveries SET failures = 0, next_try_at = ? WHERE next_try_at IS NULL AND endpoint IN (SELECT id FROM ${RECEIVER_TABLES[to]}) AND (? IS NULL OR endpoint = ?)
        AND (? IS NULL OR seq = (SELECT seq FROM outbox WHERE id = ?))`,
      at,
      endpoint,
      endpoint,
      event,
      event,
    );
  }

  async purgeEvents(before: Instant): Promise<void> {
    const idle = "spread = 1 AND at < ? AND seq NOT IN (SELECT seq FROM deliveries)";
    await this.database.run("DELETE FROM delivery_attempts WHERE at < ?", before);
    await this.database.run(
      `INSERT INTO retailer (name, value) SELECT 'eventsPurgedTo', CAST(max(seq) AS TEXT) FROM outbox WHERE ${idle} HAVING max(seq) IS NOT NULL
        ON CONFLICT (name) DO UPDATE SET value = CAST(max(CAST(retailer.value AS BIGINT), CAST(excluded.value AS BIGINT)) AS TEXT)`,
      before,
    );
    await this.database.run(`DELETE FROM outbox WHERE ${idle}`, before);
  }
}
