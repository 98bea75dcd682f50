import type { DeviceId, Instant } from "#domain/ids.ts";
import type { TillWrites } from "../../tills/port.ts";
import { SqlDashboardWrites } from "./dashboard-writes.ts";
import { keptLentKey, lentKeyKept } from "./kept-secrets.ts";

/** What tills say of themselves, and what HQ asks of them. */
export class SqlTillWrites extends SqlDashboardWrites implements TillWrites {
  async putHealth({ device, at, health, reached }: Parameters<TillWrites["putHealth"]>[0]): Promise<void> {
    const hasTrouble =
      health.trouble !== null ||
      (health.records ?? []).some(({ confirmedAt }) => confirmedAt === undefined) ||
      health.devices.some(({ trouble }) => trouble !== null);
    const isKept = await this.database.run(
      `INSERT INTO till_health (device, at, unsent, oldest_unsent_at, has_trouble, health) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (device) DO UPDATE SET at = excluded.at, unsent = excluded.unsent, oldest_unsent_at = excluded.oldest_unsent_at,
          has_trouble = excluded.has_trouble, health = excluded.health WHERE till_health.at <= excluded.at`,
      device,
      at,
      health.unsent,
      health.oldestUnsentAt,
      hasTrouble ? 1 : 0,
      JSON.stringify(health),
    );
    // It has said something later at another server, which wrote it sooner.
    if (isKept === 0) return;
    // Of feeds that it reads no more nothing stays.
    const all = JSON.stringify(reached);
    await this.database.run(
      `DELETE FROM till_feeds WHERE device = ? AND (feed, collection) NOT IN
        (SELECT value ->> 'feed', value ->> 'collection' FROM json_each(?))`,
      device,
      all,
    );
    await this.database.run(
      `INSERT INTO till_feeds (feed, collection, device, seq) SELECT value ->> 'feed', value ->> 'collection', ?, CAST(value ->> 'seq' AS BIGINT) FROM json_each(?) WHERE true
        ON CONFLICT (feed, collection, device) DO UPDATE SET seq = excluded.seq WHERE till_feeds.seq <> excluded.seq`,
      device,
      all,
    );
  }

  async askForLog(device: DeviceId, at: Instant): Promise<void> {
    await this.database.run(
      `INSERT INTO till_logs (device, asked_at, at, lines) VALUES (?, ?, NULL, '[]')
        ON CONFLICT (device) DO UPDATE SET asked_at = excluded.asked_at, at = NULL`,
      device,
      at,
    );
  }

  async putLog(device: DeviceId, { at, lines }: Parameters<TillWrites["putLog"]>[1]): Promise<void> {
    await this.database.run(
      "UPDATE till_logs SET at = ?, lines = ? WHERE device = ?",
      at,
      JSON.stringify(lines),
      device,
    );
  }

  async lendKey(device: DeviceId, key: string): Promise<string> {
    await this.database.run(
      "INSERT INTO lent_keys (device, key) VALUES (?, ?) ON CONFLICT (device) DO NOTHING",
      device,
      keptLentKey(this.database.secrets, device, key),
    );
    const row = await this.database.get("SELECT key FROM lent_keys WHERE device = ?", device);
    return lentKeyKept(this.database.secrets, device, row?.key);
  }

  async renameTill(device: DeviceId, name: string): Promise<void> {
    await this.database.run("UPDATE devices SET name = ? WHERE id = ?", name, device);
  }

  async restoreTill(device: DeviceId): Promise<void> {
    await this.database.run("UPDATE devices SET revoked_at = NULL WHERE id = ?", device);
  }
}
