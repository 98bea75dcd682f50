import {
  type DeviceId,
  type Gtin,
  type ImageHash,
  idOf,
  instant,
  type ProductId,
  type Sku,
  type StoreId,
  type TicketId,
  type VariantId,
} from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { GENESIS_HASH } from "#domain/journal/entry.ts";
import { gtinKey } from "#domain/product/gtin.ts";
import type { Price, Product } from "#domain/product/product.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type {
  ChainPosition,
  DeviceRecord,
  ExceptionRecord,
  FeedHead,
  FeedRow,
  LeaseRecord,
  PictureRecord,
  QuarantinedEntry,
  ReadTransaction,
  TicketRecord,
  VariantOwner,
} from "../port.ts";
import type { Database, Row } from "./database.ts";
import { searchPattern } from "./search-words.ts";

/** What this server wrote as JSON it reads back as the same type; nothing else writes these columns. */
function stored<T>(value: unknown): T {
  return JSON.parse(String(value)) as T;
}

const DEVICE_COLUMNS =
  "id, store, register, name, public_key, epoch, revoked_at, last_seen_at, clock_offset_ms";

/** The questions of the port, in SQL. Each runs at once: a promise only because another engine's would. */
export class SqliteReads implements ReadTransaction {
  protected readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  async stores(): Promise<readonly StoreSettings[]> {
    return this.database
      .all("SELECT settings FROM stores ORDER BY code")
      .map((row) => stored<StoreSettings>(row.settings));
  }

  async store(id: StoreId): Promise<StoreSettings | null> {
    const row = this.database.get("SELECT settings FROM stores WHERE id = ?", id);
    return row === undefined ? null : stored<StoreSettings>(row.settings);
  }

  async storeByCode(code: string): Promise<StoreSettings | null> {
    const row = this.database.get("SELECT settings FROM stores WHERE code = ?", code);
    return row === undefined ? null : stored<StoreSettings>(row.settings);
  }

  async devices(): Promise<readonly DeviceRecord[]> {
    return this.database.all(`SELECT ${DEVICE_COLUMNS} FROM devices ORDER BY store, register`).map(toDevice);
  }

  async device(id: DeviceId): Promise<DeviceRecord | null> {
    const row = this.database.get(`SELECT ${DEVICE_COLUMNS} FROM devices WHERE id = ?`, id);
    return row === undefined ? null : toDevice(row);
  }

  async deviceByToken(tokenHash: string): Promise<DeviceRecord | null> {
    const row = this.database.get(`SELECT ${DEVICE_COLUMNS} FROM devices WHERE token_hash = ?`, tokenHash);
    return row === undefined ? null : toDevice(row);
  }

  async hasHqKey(keyHash: string): Promise<boolean> {
    return this.database.get("SELECT 1 FROM hq_keys WHERE hash = ?", keyHash) !== undefined;
  }

  async feedHead(feed: string): Promise<FeedHead> {
    const row = this.database.get("SELECT head, purged_to FROM feeds WHERE feed = ?", feed);
    return row === undefined
      ? { head: 0, purgedTo: 0 }
      : { head: Number(row.head), purgedTo: Number(row.purged_to) };
  }

  async feedRows({
    feed,
    collection,
    after,
    limit,
  }: {
    readonly feed: string;
    readonly collection: ReplicaCollection;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly FeedRow[]> {
    return this.database
      .all(
        "SELECT seq, id, data FROM feed_rows WHERE feed = ? AND collection = ? AND seq > ? ORDER BY seq LIMIT ?",
        feed,
        collection,
        after,
        limit,
      )
      .map((row) => ({
        seq: Number(row.seq),
        id: String(row.id),
        data: row.data === null ? null : String(row.data),
      }));
  }

  async feedCount({
    feed,
    collection,
  }: {
    readonly feed: string;
    readonly collection: ReplicaCollection;
  }): Promise<number> {
    return Number(
      this.database.get(
        "SELECT count(*) AS n FROM feed_rows WHERE feed = ? AND collection = ? AND data IS NOT NULL",
        feed,
        collection,
      )?.n,
    );
  }

  async chainHead({
    device,
    epoch,
  }: {
    readonly device: DeviceId;
    readonly epoch: number;
  }): Promise<ChainPosition> {
    const row = this.database.get(
      "SELECT seq, hash FROM journal WHERE device = ? AND epoch = ? ORDER BY seq DESC LIMIT 1",
      device,
      epoch,
    );
    return row === undefined
      ? { seq: 0, hash: GENESIS_HASH }
      : { seq: Number(row.seq), hash: String(row.hash) };
  }

  async entryHash({
    device,
    epoch,
    seq,
  }: {
    readonly device: DeviceId;
    readonly epoch: number;
    readonly seq: number;
  }): Promise<string | null> {
    const row = this.database.get(
      "SELECT hash FROM journal WHERE device = ? AND epoch = ? AND seq = ?",
      device,
      epoch,
      seq,
    );
    return row === undefined ? null : String(row.hash);
  }

  async entries({
    device,
    epoch,
    after,
    limit,
  }: {
    readonly device: DeviceId;
    readonly epoch: number;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly JournalEntry[]> {
    return this.database
      .all(
        "SELECT entry FROM journal WHERE device = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?",
        device,
        epoch,
        after,
        limit,
      )
      .map((row) => stored<JournalEntry>(row.entry));
  }

  async quarantined(device: DeviceId): Promise<readonly QuarantinedEntry[]> {
    return this.database
      .all(
        "SELECT entry, reason, received_at FROM quarantine WHERE device = ? ORDER BY received_at, rowid",
        device,
      )
      .map((row) => ({
        entry: stored<JournalEntry>(row.entry),
        reason: String(row.reason),
        receivedAt: instant(Number(row.received_at)),
      }));
  }

  async ticket(id: TicketId): Promise<TicketRecord | null> {
    const row = this.database.get(
      "SELECT cursor, register, received_at, ticket FROM tickets WHERE id = ?",
      id,
    );
    return row === undefined ? null : toTicket(row);
  }

  async tickets({
    store,
    before,
    limit,
  }: {
    readonly store: StoreId | null;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly TicketRecord[]> {
    return this.database
      .all(
        "SELECT cursor, register, received_at, ticket FROM tickets WHERE (? IS NULL OR store = ?) AND cursor < ? ORDER BY cursor DESC LIMIT ?",
        store,
        store,
        before ?? Number.MAX_SAFE_INTEGER,
        limit,
      )
      .map(toTicket);
  }

  async ticketCount(store: StoreId | null): Promise<number> {
    return Number(
      this.database.get("SELECT count(*) AS n FROM tickets WHERE ? IS NULL OR store = ?", store, store)?.n,
    );
  }

  async salesOf({
    store,
    day,
  }: {
    readonly store: StoreId;
    readonly day: string;
  }): Promise<{ readonly tickets: number; readonly totalMinor: number }> {
    const row = this.database.get(
      "SELECT count(*) AS n, coalesce(sum(total_minor), 0) AS total FROM tickets WHERE store = ? AND day = ?",
      store,
      day,
    );
    return { tickets: Number(row?.n), totalMinor: Number(row?.total) };
  }

  async onHand({
    store,
    variant,
  }: {
    readonly store: StoreId;
    readonly variant: VariantId;
  }): Promise<number> {
    return Number(
      this.database.get("SELECT on_hand FROM stock WHERE store = ? AND variant = ?", store, variant)
        ?.on_hand ?? 0,
    );
  }

  async movementSum({
    store,
    variant,
  }: {
    readonly store: StoreId;
    readonly variant: VariantId;
  }): Promise<number> {
    return Number(
      this.database.get(
        "SELECT coalesce(sum(quantity), 0) AS n FROM movements WHERE store = ? AND variant = ?",
        store,
        variant,
      )?.n,
    );
  }

  async product(id: ProductId): Promise<Product | null> {
    const row = this.database.get("SELECT product FROM products WHERE id = ?", id);
    return row === undefined ? null : stored<Product>(row.product);
  }

  async productByHandle(handle: string): Promise<Product | null> {
    const row = this.database.get("SELECT product FROM products WHERE handle = ?", handle);
    return row === undefined ? null : stored<Product>(row.product);
  }

  async variantBySku(sku: Sku): Promise<VariantOwner | null> {
    return toOwner(this.database.get("SELECT product, id FROM variants WHERE sku = ?", sku));
  }

  async variantByGtin(gtin: Gtin): Promise<VariantOwner | null> {
    return toOwner(
      this.database.get(
        "SELECT v.product, v.id FROM gtins g JOIN variants v ON v.id = g.variant WHERE g.gtin_key = ?",
        gtinKey(gtin),
      ),
    );
  }

  async searchProducts({
    text,
    offset,
    limit,
  }: {
    readonly text: string;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly products: readonly Product[]; readonly total: number }> {
    const pattern = searchPattern(text);
    const total = Number(
      this.database.get("SELECT count(*) AS n FROM products WHERE words LIKE ? ESCAPE '\\'", pattern)?.n,
    );
    const rows = this.database.all(
      "SELECT product FROM products WHERE words LIKE ? ESCAPE '\\' ORDER BY title, id LIMIT ? OFFSET ?",
      pattern,
      limit,
      offset,
    );
    return { products: rows.map((row) => stored<Product>(row.product)), total };
  }

  async pricesOf(variant: VariantId): Promise<readonly Price[]> {
    return this.database
      .all("SELECT price FROM prices WHERE variant = ? ORDER BY list, valid_from", variant)
      .map((row) => stored<Price>(row.price));
  }

  async exceptions(limit: number): Promise<readonly ExceptionRecord[]> {
    return this.database
      .all("SELECT * FROM exceptions ORDER BY raised_at DESC LIMIT ?", limit)
      .map((row) => ({
        id: String(row.id),
        kind: String(row.kind),
        store: idOf<"Store">(String(row.store)),
        raisedAt: instant(Number(row.raised_at)),
        detail: stored<Record<string, string>>(row.detail),
        resolved: row.resolved === 1,
      }));
  }

  async lease(subject: string): Promise<LeaseRecord | null> {
    const row = this.database.get("SELECT holder, expires_at FROM leases WHERE subject = ?", subject);
    if (row === undefined) return null;
    return {
      subject,
      holder: idOf<"Device">(String(row.holder)),
      expiresAt: instant(Number(row.expires_at)),
    };
  }

  async picture(hash: ImageHash): Promise<PictureRecord | null> {
    const row = this.database.get("SELECT mime, bytes FROM pictures WHERE hash = ?", hash);
    if (row === undefined || !(row.bytes instanceof Uint8Array)) return null;
    return { mime: String(row.mime), bytes: row.bytes };
  }
}

function toDevice(row: Row): DeviceRecord {
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
  };
}

function toTicket(row: Row): TicketRecord {
  return {
    cursor: Number(row.cursor),
    ticket: stored<Ticket>(row.ticket),
    receivedAt: instant(Number(row.received_at)),
    register: Number(row.register),
  };
}

function toOwner(row: Row | undefined): VariantOwner | null {
  return row === undefined
    ? null
    : { product: idOf<"Product">(String(row.product)), variant: idOf<"Variant">(String(row.id)) };
}
