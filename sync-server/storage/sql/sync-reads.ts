import { z } from "zod";
import { type DeviceId, idOf, instant, type StoreId } from "#domain/ids.ts";
import { GENESIS_HASH, type JournalEntry } from "#domain/journal/entry.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { NOTHING_STAGED, type StagedUpdates } from "#domain/updates/rings.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { JournalSpot, ReceivedEntry, TillOfStore } from "../../audit/port.ts";
import type { UpdateReads } from "../../updates/port.ts";
import type {
  ChainPosition,
  DeviceRecord,
  FeedHead,
  FeedRow,
  JournalAsk,
  QuarantinedEntry,
  ReadTransaction,
  Standing,
} from "../port.ts";
import type { Database, Row } from "./database.ts";
import { type FeedAsk, FeedPages } from "./feed-pages.ts";
import { ALL_FEED_HEADS, placeOfFeed } from "./feed-tables.ts";
import { stored } from "./stored.ts";

export const DEVICE_COLUMNS =
  "id, store, register, name, public_key, epoch, revoked_at, last_seen_at, clock_offset_ms, acted_to, version, since, let_in_at";

/** What is kept of the retailer as a whole, each as one value. */
export type RetailersWord =
  | "attributes"
  | "customers"
  | "demo"
  | "loyalty"
  | "loyaltyLapsesSince"
  | "movedAway"
  | "movedHere"
  | "prices"
  | "returns"
  | "rules"
  | "updates";

/** How far each feed had come. */
const eraHeadsSchema = z.array(z.tuple([z.string(), z.number().int()]));

const BEFORE_ALL: ChainPosition = { seq: 0, hash: GENESIS_HASH };

/** Of so many stores the settings that were read last are kept. */
const MOST_KEPT = 2_000;
const kept = new Map<StoreId, { readonly text: string; readonly settings: StoreSettings }>();

/** Read anew only where they are others: each sale and each till that listens asks for its store's, and all tills of a store share them. */
function settingsIn(text: string, store: StoreId): StoreSettings {
  const known = kept.get(store);
  if (known?.text === text) return known.settings;
  const settings = stored<StoreSettings>(text);
  kept.delete(store);
  kept.set(store, { text, settings });
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return settings;
}

function standingIn(row: Row): Standing {
  const device = toDevice(row);
  return {
    device,
    store: row.settings === null ? null : settingsIn(String(row.settings), device.store),
    era: row.era === null ? null : String(row.era),
    chainHead: positionIn(row.chain_head),
    heads: headsIn(String(row.heads ?? "")),
  };
}

/** The newest entry of a journal, as `seq hash`. */
function positionIn(text: unknown): ChainPosition {
  if (typeof text !== "string") return BEFORE_ALL;
  const [seq = "", hash = ""] = text.split(" ");
  return { seq: Number(seq), hash };
}

/** Feeds with how far each has come and is purged, as `feed head purgedTo` one behind the other: no feed has a blank in its name. */
function headsIn(text: string): ReadonlyMap<string, FeedHead> {
  const heads = new Map<string, FeedHead>();
  const words = text === "" ? [] : text.split(" ");
  for (let at = 0; at < words.length; at += 3)
    heads.set(words[at] ?? "", { head: Number(words[at + 1]), purgedTo: Number(words[at + 2]) });
  return heads;
}

/** What sync asks of the database: stores, tills, feeds and journals. Each question runs at once: a promise only because another engine's would. */
export class SqlSyncReads implements UpdateReads {
  protected readonly database: Database;
  readonly #pages: FeedPages;

  constructor(database: Database) {
    this.database = database;
    this.#pages = new FeedPages(database);
  }

  /** What the retailer has decided for all stores, by its name; null: nothing. */
  protected async retailers<T>(name: RetailersWord): Promise<T | null> {
    const row = await this.database.get("SELECT value FROM retailer WHERE name = ?", name);
    return row === undefined ? null : stored<T>(row.value);
  }

  async stagedUpdates(): Promise<StagedUpdates> {
    return (await this.retailers<StagedUpdates>("updates")) ?? NOTHING_STAGED;
  }

  async stores(): Promise<readonly StoreSettings[]> {
    return (await this.database.all("SELECT settings FROM stores ORDER BY code")).map((row) =>
      stored<StoreSettings>(row.settings),
    );
  }

  async store(id: StoreId): Promise<StoreSettings | null> {
    const row = await this.database.get("SELECT settings FROM stores WHERE id = ?", id);
    return row === undefined ? null : settingsIn(String(row.settings), id);
  }

  async storesOf(ids: readonly StoreId[]): Promise<ReadonlyMap<StoreId, StoreSettings>> {
    const rows = await this.database.all(
      "SELECT id, settings FROM stores WHERE id IN (SELECT value FROM json_each(?))",
      JSON.stringify(ids),
    );
    return new Map(
      rows.map((row) => {
        const id = idOf<"Store">(String(row.id));
        return [id, settingsIn(String(row.settings), id)];
      }),
    );
  }

  async storeByCode(code: string): Promise<StoreSettings | null> {
    const row = await this.database.get("SELECT settings FROM stores WHERE code = ?", code);
    return row === undefined ? null : stored<StoreSettings>(row.settings);
  }

  async devices(): Promise<readonly DeviceRecord[]> {
    return (await this.database.all(`SELECT ${DEVICE_COLUMNS} FROM devices ORDER BY store, register`)).map(
      toDevice,
    );
  }

  async devicesOfKey(publicKey: string): Promise<readonly DeviceRecord[]> {
    return (
      await this.database.all(
        `SELECT ${DEVICE_COLUMNS} FROM devices WHERE public_key = ? ORDER BY id`,
        publicKey,
      )
    ).map(toDevice);
  }

  async device(id: DeviceId): Promise<DeviceRecord | null> {
    const row = await this.database.get(`SELECT ${DEVICE_COLUMNS} FROM devices WHERE id = ?`, id);
    return row === undefined ? null : toDevice(row);
  }

  async devicesOf(ids: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, DeviceRecord>> {
    const rows = await this.database.all(
      `SELECT ${DEVICE_COLUMNS} FROM devices WHERE id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(ids),
    );
    return new Map(rows.map(toDevice).map((device) => [device.id, device]));
  }

  async deviceByToken(tokenHash: string): Promise<DeviceRecord | null> {
    const row = await this.database.get(
      `SELECT ${DEVICE_COLUMNS} FROM devices WHERE token_hash = ?`,
      tokenHash,
    );
    return row === undefined ? null : toDevice(row);
  }

  async standings({
    tokenHashes,
    chainFeeds,
  }: Parameters<ReadTransaction["standings"]>[0]): Promise<ReadonlyMap<string, Standing>> {
    const columns = DEVICE_COLUMNS.split(", ").map((column) => `d.${column}`);
    const rows = await this.database.all(
      `SELECT ${columns.join(", ")}, d.token_hash, s.settings, (SELECT era FROM feed_eras ORDER BY number DESC LIMIT 1) AS era,
          (SELECT j.seq || ' ' || j.hash FROM journal j WHERE j.store = d.store AND j.device = d.id AND j.epoch = d.epoch ORDER BY j.seq DESC LIMIT 1) AS chain_head,
          (SELECT string_agg(f.feed || ' ' || f.head || ' ' || f.purged_to, ' ') FROM (
            SELECT c.feed, c.head, c.purged_to FROM chain_feeds c WHERE c.feed IN (SELECT value FROM json_each(?2))
            UNION ALL SELECT o.family || ':' || o.store AS feed, o.head, o.purged_to FROM store_feeds o WHERE o.store = d.store) AS f) AS heads
        FROM devices d LEFT JOIN stores s ON s.id = d.store WHERE d.token_hash IN (SELECT value FROM json_each(?1))`,
      JSON.stringify(tokenHashes),
      JSON.stringify(chainFeeds),
    );
    return new Map(rows.map((row) => [String(row.token_hash), standingIn(row)]));
  }

  async feedHead(feed: string): Promise<FeedHead> {
    const { heads, is, values } = placeOfFeed(feed);
    const row = await this.database.get(`SELECT head, purged_to FROM ${heads} WHERE ${is}`, ...values);
    return row === undefined
      ? { head: 0, purgedTo: 0 }
      : { head: Number(row.head), purgedTo: Number(row.purged_to) };
  }

  async collectionHead({
    feed,
    collection,
  }: {
    readonly feed: string;
    readonly collection: ReplicaCollection;
  }): Promise<number> {
    const { rows, is, values } = placeOfFeed(feed);
    const row = await this.database.get(
      `SELECT max(seq) AS head FROM ${rows} WHERE ${is} AND collection = ?`,
      ...values,
      collection,
    );
    return Number(row?.head ?? 0);
  }

  async feedHeads(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.all(ALL_FEED_HEADS);
    return new Map(rows.map(({ feed, head }) => [String(feed), Number(head)]));
  }

  async newestEra(): Promise<string | null> {
    const row = await this.database.get("SELECT era FROM feed_eras ORDER BY number DESC LIMIT 1");
    return row === undefined ? null : String(row.era);
  }

  async endOfEra(era: string): Promise<ReadonlyMap<string, number> | "goesOn" | "unknown"> {
    const row = await this.database.get(
      "SELECT e.number, (SELECT n.heads FROM feed_eras n WHERE n.number > e.number ORDER BY n.number LIMIT 1) AS heads FROM feed_eras e WHERE e.era = ?",
      era,
    );
    if (row === undefined) return "unknown";
    return row.heads === null ? "goesOn" : new Map(eraHeadsSchema.parse(JSON.parse(String(row.heads))));
  }

  async feedRows(ask: FeedAsk): Promise<readonly FeedRow[]> {
    return this.#pages.rows(ask);
  }

  async liveDocuments({
    feed,
    collection,
    after,
    limit,
  }: {
    readonly feed: string;
    readonly collection: ReplicaCollection;
    readonly after: string;
    readonly limit: number;
  }): Promise<readonly { readonly id: string; readonly data: string }[]> {
    const { rows, is, values } = placeOfFeed(feed);
    return (
      await this.database.all(
        `SELECT id, data FROM ${rows} WHERE ${is} AND collection = ? AND id > ? AND data IS NOT NULL ORDER BY id LIMIT ?`,
        ...values,
        collection,
        after,
        limit,
      )
    ).map((row) => ({ id: String(row.id), data: String(row.data) }));
  }

  async liveDocumentsNamed({
    feed,
    collection,
    ids,
  }: {
    readonly feed: string;
    readonly collection: ReplicaCollection;
    readonly ids: readonly string[];
  }): Promise<readonly { readonly id: string; readonly data: string }[]> {
    const { rows, is, values } = placeOfFeed(feed);
    return (
      await this.database.all(
        `SELECT id, data FROM ${rows} WHERE ${is} AND collection = ? AND id IN (SELECT value FROM json_each(?)) AND data IS NOT NULL ORDER BY id`,
        ...values,
        collection,
        JSON.stringify(ids),
      )
    ).map((row) => ({ id: String(row.id), data: String(row.data) }));
  }

  async liveDocument({
    feed,
    collection,
    id,
  }: {
    readonly feed: string;
    readonly collection: ReplicaCollection;
    readonly id: string;
  }): Promise<string | null> {
    const { rows, is, values } = placeOfFeed(feed);
    const row = await this.database.get(
      `SELECT data FROM ${rows} WHERE ${is} AND collection = ? AND id = ? AND data IS NOT NULL`,
      ...values,
      collection,
      id,
    );
    return row === undefined ? null : String(row.data);
  }

  async feedCount({
    feed,
    collection,
  }: {
    readonly feed: string;
    readonly collection: ReplicaCollection;
  }): Promise<number> {
    const { rows, is, values } = placeOfFeed(feed);
    return Number(
      (
        await this.database.get(
          `SELECT count(*) AS n FROM ${rows} WHERE ${is} AND collection = ? AND data IS NOT NULL`,
          ...values,
          collection,
        )
      )?.n,
    );
  }

  async chainHead(at: JournalAsk): Promise<ChainPosition> {
    const [head = BEFORE_ALL] = await this.chainHeads([at]);
    return head;
  }

  async chainHeads(at: readonly JournalAsk[]): Promise<readonly ChainPosition[]> {
    // Each is looked up by itself, at the end of its own part of the index.
    const rows = await this.database.all(
      `SELECT w.key, (SELECT j.seq || ' ' || j.hash FROM journal j WHERE j.store = w.value ->> 'store' AND j.device = w.value ->> 'device'
          AND j.epoch = CAST(w.value ->> 'epoch' AS BIGINT) ORDER BY j.seq DESC LIMIT 1) AS head
        FROM json_each(?) w`,
      JSON.stringify(at.map(({ store, device, epoch }) => ({ store, device, epoch }))),
    );
    const heads = new Map(rows.map(({ key, head }) => [Number(key), head]));
    return at.map((_, place) => positionIn(heads.get(place)));
  }

  async entryHash({
    store,
    device,
    epoch,
    seq,
  }: JournalAsk & { readonly seq: number }): Promise<string | null> {
    const row = await this.database.get(
      "SELECT hash FROM journal WHERE store = ? AND device = ? AND epoch = ? AND seq = ?",
      store,
      device,
      epoch,
      seq,
    );
    return row === undefined ? null : String(row.hash);
  }

  async entries({
    store,
    device,
    epoch,
    after,
    limit,
  }: JournalAsk & { readonly after: number; readonly limit: number }): Promise<readonly JournalEntry[]> {
    return (
      await this.database.all(
        "SELECT entry FROM journal WHERE store = ? AND device = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?",
        store,
        device,
        epoch,
        after,
        limit,
      )
    ).map((row) => stored<JournalEntry>(row.entry));
  }

  async receivedEntries({
    store,
    device,
    after,
    limit,
  }: TillOfStore & {
    readonly after: JournalSpot;
    readonly limit: number;
  }): Promise<readonly ReceivedEntry[]> {
    return (
      await this.database.all(
        "SELECT entry, received_at FROM journal WHERE store = ? AND device = ? AND (epoch, seq) > (?, ?) ORDER BY epoch, seq LIMIT ?",
        store,
        device,
        after.epoch,
        after.seq,
        limit,
      )
    ).map((row) => ({
      entry: stored<JournalEntry>(row.entry),
      receivedAt: instant(Number(row.received_at)),
    }));
  }

  async quarantined(device: DeviceId): Promise<readonly QuarantinedEntry[]> {
    return (
      await this.database.all(
        `SELECT entry, reason, received_at FROM quarantine WHERE device = ?1 OR device IN (SELECT wrote_as FROM former_keys WHERE device = ?1)
          ORDER BY received_at, rowid`,
        device,
      )
    ).map((row) => ({
      entry: stored<JournalEntry>(row.entry),
      reason: String(row.reason),
      receivedAt: instant(Number(row.received_at)),
    }));
  }
}

export function toDevice(row: Row): DeviceRecord {
  return {
    id: idOf<"Device">(String(row.id)),
    store: idOf<"Store">(String(row.store)),
    register: Number(row.register),
    name: String(row.name),
    publicKey: String(row.public_key),
    epoch: Number(row.epoch),
    revokedAt: row.revoked_at === null ? null : instant(Number(row.revoked_at)),
    lastSeenAt: row.last_seen_at === null ? null : instant(Number(row.last_seen_at)),
    clockOffsetMs: Number(row.clock_offset_ms),
    actedTo: instant(Number(row.acted_to)),
    version: row.version === null ? null : String(row.version),
    since: row.since === null ? null : instant(Number(row.since)),
    letInAt: row.let_in_at === null ? null : instant(Number(row.let_in_at)),
  };
}
