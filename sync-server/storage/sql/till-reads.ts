import { type DeviceId, idOf, instant, type StoreId } from "#domain/ids.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { LogLine } from "#protocol/sync/health.ts";
import type {
  Adoption,
  FeedReached,
  KeptHealth,
  TillFigures,
  TillReads,
  TillRecord,
  TillSort,
  TillsAsk,
} from "../../tills/port.ts";
import { SqlDashboardReads } from "./dashboard-reads.ts";
import type { Row } from "./database.ts";
import { lentKeyKept } from "./kept-secrets.ts";
import { stored } from "./stored.ts";
import { DEVICE_COLUMNS, toDevice } from "./sync-reads.ts";

const DEVICE = DEVICE_COLUMNS.split(", ")
  .map((column) => `d.${column}`)
  .join(", ");
const JOINED = "FROM devices d JOIN stores s ON s.id = d.store LEFT JOIN till_health h ON h.device = d.id";
const COLUMNS = `${DEVICE}, s.code AS store_code, s.settings ->> 'name' AS store_name, h.at AS health_at, h.health`;

/** What tills are sorted by; those that have not said come last, whichever way. */
const SORTS: Readonly<Record<TillSort, string>> = {
  till: "s.code",
  seen: "d.last_seen_at",
  unsent: "h.unsent",
  oldestUnsent: "h.oldest_unsent_at",
  clock: "abs(d.clock_offset_ms)",
  version: "d.version",
  disk: "CAST(h.health ->> '$.storage.diskFreeBytes' AS BIGINT)",
};

/** How the tills are and how far each has read. */
export class SqlTillReads extends SqlDashboardReads implements TillReads {
  async tills(ask: TillsAsk): Promise<{ readonly tills: readonly TillRecord[]; readonly total: number }> {
    const { where, values } = conditionsOf(ask);
    const total = Number(
      (await this.database.get(`SELECT count(*) AS n ${JOINED} WHERE ${where}`, ...values))?.n,
    );
    const direction = ask.descending ? "DESC" : "ASC";
    const ids = await this.database.all(
      `SELECT d.id ${JOINED} WHERE ${where} ORDER BY ${SORTS[ask.sort]} IS NULL, ${SORTS[ask.sort]} ${direction}, s.code, d.register LIMIT ? OFFSET ?`,
      ...values,
      ask.limit,
      ask.offset,
    );
    return { tills: await this.#tills(ids), total };
  }

  async till(device: DeviceId): Promise<TillRecord | null> {
    return await this.#till(device);
  }

  async #till(device: string): Promise<TillRecord | null> {
    const row = await this.database.get(`SELECT ${COLUMNS} ${JOINED} WHERE d.id = ?`, device);
    return row === undefined ? null : toTill(row);
  }

  /** Read one by one: to sort what all of them said would cost more than to find a page of them. */
  async #tills(ids: readonly Row[]): Promise<readonly TillRecord[]> {
    const tills: TillRecord[] = [];
    for (const { id } of ids) {
      const till = await this.#till(String(id));
      if (till !== null) tills.push(till);
    }
    return tills;
  }

  async tillVersions(
    stores: readonly StoreId[] | null,
  ): Promise<readonly { readonly version: string | null; readonly tills: number }[]> {
    return (
      await this.database.all(
        `SELECT version, count(*) AS n FROM devices WHERE revoked_at IS NULL AND (?1 IS NULL OR store IN (SELECT value FROM json_each(?1)))
          GROUP BY version ORDER BY n DESC, version NULLS FIRST`,
        listed(stores),
      )
    ).map((row) => ({ version: row.version === null ? null : String(row.version), tills: Number(row.n) }));
  }

  async feedsReached(device: DeviceId): Promise<readonly FeedReached[]> {
    return (
      await this.database.all(
        "SELECT feed, collection, seq FROM till_feeds WHERE device = ? ORDER BY collection, feed",
        device,
      )
    ).map((row) => ({
      feed: String(row.feed),
      collection: String(row.collection) as ReplicaCollection,
      seq: Number(row.seq),
    }));
  }

  async tillLog(device: DeviceId): ReturnType<TillReads["tillLog"]> {
    const row = await this.database.get("SELECT asked_at, at, lines FROM till_logs WHERE device = ?", device);
    if (row === undefined) return null;
    return {
      askedAt: instant(Number(row.asked_at)),
      at: row.at === null ? null : instant(Number(row.at)),
      lines: stored<readonly LogLine[]>(row.lines),
    };
  }

  async logsAwaited(devices: readonly DeviceId[]): Promise<ReadonlySet<DeviceId>> {
    const rows = await this.database.all(
      "SELECT device FROM till_logs WHERE at IS NULL AND device IN (SELECT value FROM json_each(?))",
      JSON.stringify(devices),
    );
    return new Set(rows.map(({ device }) => idOf<"Device">(String(device))));
  }

  async lentKey(device: DeviceId): Promise<string | null> {
    const row = await this.database.get("SELECT key FROM lent_keys WHERE device = ?", device);
    return row === undefined ? null : lentKeyKept(this.database.secrets, device, row.key);
  }

  async tillFigures({ stores, inTouchSince }: Parameters<TillReads["tillFigures"]>[0]): Promise<TillFigures> {
    const of = "revoked_at IS NULL AND (?1 IS NULL OR store IN (SELECT value FROM json_each(?1)))";
    const counted = await this.database.get(
      `SELECT count(*) AS n, coalesce(sum(CASE WHEN last_seen_at IS NULL OR last_seen_at < ?2 THEN 1 ELSE 0 END), 0) AS silent FROM devices WHERE ${of}`,
      listed(stores),
      inTouchSince,
    );
    const waiting = await this.database.all(
      `SELECT h.device, h.unsent, h.oldest_unsent_at AS at FROM till_health h JOIN devices ON id = h.device
        WHERE h.unsent > 0 AND h.oldest_unsent_at IS NOT NULL AND ${of} ORDER BY h.oldest_unsent_at`,
      listed(stores),
    );
    const [oldest] = waiting;
    return {
      tills: Number(counted?.n),
      silent: Number(counted?.silent),
      unsent: waiting.reduce((sum, row) => sum + Number(row.unsent), 0),
      oldestUnsent:
        oldest === undefined
          ? null
          : { device: idOf<"Device">(String(oldest.device)), at: instant(Number(oldest.at)) },
    };
  }

  async adoption({
    stores,
    feed,
    collection,
    seq,
    limit,
  }: Parameters<TillReads["adoption"]>[0]): Promise<Adoption> {
    const reached = `LEFT JOIN till_feeds f ON f.feed = ?1 AND f.collection = ?2 AND f.device = d.id`;
    const of = "d.revoked_at IS NULL AND d.store IN (SELECT value FROM json_each(?3))";
    const names = [feed, collection, JSON.stringify(stores)];
    const counted = await this.database.get(
      `SELECT count(*) AS n, coalesce(sum(CASE WHEN coalesce(f.seq, -1) >= ?4 THEN 1 ELSE 0 END), 0) AS have FROM devices d ${reached} WHERE ${of}`,
      ...names,
      seq,
    );
    const missing = await this.database.all(
      `SELECT d.id, f.seq AS reached FROM devices d ${reached} WHERE ${of} AND coalesce(f.seq, -1) < ?4 ORDER BY d.last_seen_at DESC NULLS LAST, d.id LIMIT ?5`,
      ...names,
      seq,
      limit,
    );
    const reachedBy = new Map(
      missing.map((row) => [String(row.id), row.reached === null ? null : Number(row.reached)]),
    );
    return {
      tills: Number(counted?.n),
      have: Number(counted?.have),
      missing: (await this.#tills(missing)).map((till) => ({
        ...till,
        reached: reachedBy.get(till.device.id) ?? null,
      })),
    };
  }
}

function listed(stores: readonly StoreId[] | null): string | null {
  return stores === null ? null : JSON.stringify(stores);
}

function conditionsOf(ask: TillsAsk): {
  readonly where: string;
  readonly values: readonly (string | number | null)[];
} {
  const parts: string[] = ["1 = 1"];
  const values: (string | number | null)[] = [];
  const add = (part: string, ...of: readonly (string | number)[]): void => {
    parts.push(part);
    values.push(...of);
  };
  if (ask.stores !== null) add("d.store IN (SELECT value FROM json_each(?))", JSON.stringify(ask.stores));
  for (const word of ask.search.split(/[\s-]+/).filter((each) => each !== "")) {
    const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
    add(
      "(d.name LIKE ? ESCAPE '\\' OR s.code LIKE ? ESCAPE '\\' OR s.settings ->> 'name' LIKE ? ESCAPE '\\' OR printf('%02d', d.register) = ?)",
      pattern,
      pattern,
      pattern,
      word,
    );
  }
  if (ask.state === "revoked") parts.push("d.revoked_at IS NOT NULL");
  else if (ask.state !== null) parts.push("d.revoked_at IS NULL");
  if (ask.state === "inTouch") add("d.last_seen_at >= ?", ask.inTouchSince);
  if (ask.state === "silent") add("d.last_seen_at < ?", ask.inTouchSince);
  if (ask.state === "never") parts.push("d.last_seen_at IS NULL");
  if (ask.version !== null) add("d.version = ?", ask.version);
  if (ask.silentBefore !== null) add("(d.last_seen_at IS NULL OR d.last_seen_at < ?)", ask.silentBefore);
  if (ask.hasUnsent) parts.push("h.unsent > 0");
  if (ask.hasTrouble) parts.push("h.has_trouble = 1");
  if (ask.clockOffBy !== null) add("abs(d.clock_offset_ms) >= ?", ask.clockOffBy);
  return { where: parts.join(" AND "), values };
}

function toTill(row: Row): TillRecord {
  return {
    device: toDevice(row),
    storeCode: String(row.store_code),
    storeName: String(row.store_name),
    health:
      row.health_at === null
        ? null
        : { at: instant(Number(row.health_at)), said: stored<KeptHealth>(row.health) },
  };
}
