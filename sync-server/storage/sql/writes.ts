import {
  type DeviceId,
  type ImageHash,
  type Instant,
  idOf,
  instant,
  type StoreId,
  type VariantId,
} from "#domain/ids.ts";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { gtinKey } from "#domain/product/gtin.ts";
import type { Price, Product } from "#domain/product/product.ts";
import { movedAs } from "#domain/stock/moved-as.ts";
import type { StockMovement } from "#domain/stock/stock.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { StagedUpdates } from "#domain/updates/rings.ts";
import type { MovedAway } from "../../backup/port.ts";
import type { DemoRecord } from "../../demo/port.ts";
import type { PriceKey } from "../../prices/port.ts";
import type { Attempt, NewDevice, PictureRecord, WriteTransaction } from "../port.ts";
import { SqlActWrites } from "./act-writes.ts";
import { ALL_FEED_HEADS, placeOfFeed } from "./feed-tables.ts";
import { insertReturning, insertRows } from "./insert-rows.ts";
import { keptReceiptKey } from "./kept-secrets.ts";
import { searchWords } from "./search-words.ts";

/** The acts of the port, in SQL. Atomicity is the transaction's; uniqueness is the tables'. */
export class SqlWrites extends SqlActWrites implements WriteTransaction {
  async attempt(work: () => Promise<void>): Promise<Attempt> {
    await this.database.savepoint();
    try {
      await work();
      await this.database.settled();
    } catch (error) {
      if (!this.database.mayGoOnAfter(error)) throw error;
      await this.database.undoToSavepoint();
      return { ok: false, error };
    }
    await this.database.keepSavepoint();
    return { ok: true };
  }

  async putStore(settings: StoreSettings): Promise<void> {
    await this.database.run(
      "INSERT INTO stores (id, code, settings) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET code = excluded.code, settings = excluded.settings",
      settings.store,
      settings.code,
      JSON.stringify(settings),
    );
  }

  async addDevice(device: NewDevice, tokenHash: string): Promise<void> {
    await this.database.run(
      "INSERT INTO devices (id, store, register, name, public_key, token_hash, epoch) VALUES (?, ?, ?, ?, ?, ?, ?)",
      device.id,
      device.store,
      device.register,
      device.name,
      device.publicKey,
      tokenHash,
      device.epoch,
    );
  }

  async addReceiptSigningKey(privateKey: string, at: Instant): Promise<void> {
    await this.database.run(
      "INSERT INTO receipt_signing (one, private_key, made_at) VALUES (1, ?, ?) ON CONFLICT (one) DO NOTHING",
      keptReceiptKey(this.database.secrets, privateKey),
      at,
    );
  }

  async nextRegister(store: StoreId): Promise<number> {
    return Number(
      (
        await this.database.get(
          `SELECT min(known.register) + 1 AS n
           FROM (SELECT coalesce((SELECT floor FROM register_floors WHERE store = ?1), 1) - 1 AS register UNION ALL SELECT register FROM devices
             WHERE store = ?1 AND register >= coalesce((SELECT floor FROM register_floors WHERE store = ?1), 1)) AS known
           WHERE NOT EXISTS (SELECT 1 FROM devices WHERE store = ?1 AND register = known.register + 1)`,
          store,
        )
      )?.n,
    );
  }

  async beginEpoch(device: DeviceId, epoch: number): Promise<void> {
    await this.database.run("UPDATE devices SET epoch = ?, acted_to = 0 WHERE id = ?", epoch, device);
  }

  async revokeDevice(device: DeviceId, at: Instant): Promise<void> {
    await this.database.run(
      "UPDATE devices SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
      at,
      device,
    );
    await this.database.run("DELETE FROM lent_keys WHERE device = ?", device);
  }

  async noteContact({
    device,
    at,
    clockOffsetMs,
    version = null,
  }: Parameters<WriteTransaction["noteContact"]>[0]): Promise<void> {
    await this.database.run(
      `UPDATE devices SET last_seen_at = ?1, clock_offset_ms = coalesce(?2, clock_offset_ms), version = coalesce(?3, version)
        WHERE id = ?4 AND (last_seen_at IS NULL OR last_seen_at <= ?1)`,
      at,
      clockOffsetMs,
      version,
      device,
    );
  }

  async putStagedUpdates(staged: StagedUpdates): Promise<void> {
    await this.putRetailers("updates", staged);
  }

  async setMovedAway(moved: MovedAway | null): Promise<void> {
    await this.putRetailers("movedAway", moved);
  }

  async setMovedHere(move: string): Promise<void> {
    await this.putRetailers("movedHere", move);
  }

  async putDemo(demo: DemoRecord): Promise<void> {
    await this.putRetailers("demo", demo);
  }

  async noteActs({
    device,
    actedTo,
  }: {
    readonly device: DeviceId;
    readonly actedTo: Instant;
  }): Promise<void> {
    this.database.send("UPDATE devices SET acted_to = ? WHERE id = ?", actedTo, device);
  }

  async addHqKey(keyHash: string, at: Instant): Promise<void> {
    await this.database.run("INSERT INTO hq_keys (hash, created_at) VALUES (?, ?)", keyHash, at);
  }

  async addPairingCode({
    hash,
    store,
    expiresAt,
  }: {
    readonly hash: string;
    readonly store: StoreId;
    readonly expiresAt: Instant;
  }): Promise<void> {
    await this.database.run(
      "INSERT INTO pairing_codes (hash, store, expires_at) VALUES (?, ?, ?)",
      hash,
      store,
      expiresAt,
    );
  }

  async takePairingCode(
    hash: string,
  ): Promise<{ readonly store: StoreId; readonly expiresAt: Instant } | null> {
    const row = await this.database.get(
      "DELETE FROM pairing_codes WHERE hash = ? RETURNING store, expires_at",
      hash,
    );
    return row === undefined
      ? null
      : { store: idOf<"Store">(String(row.store)), expiresAt: instant(Number(row.expires_at)) };
  }

  async putInFeed({ id, data, ...feed }: Parameters<WriteTransaction["putInFeed"]>[0]): Promise<number> {
    return this.putManyInFeed({ ...feed, documents: [{ id, data }] });
  }

  async putManyInFeed({
    feed,
    collection,
    documents,
    at,
  }: Parameters<WriteTransaction["putManyInFeed"]>[0]): Promise<number> {
    const { heads, rows, columns, places, values } = placeOfFeed(feed);
    const row = await this.database.get(
      `INSERT INTO ${heads} (${columns}, head) VALUES (${places}, ?) ON CONFLICT (${columns}) DO UPDATE SET head = ${heads}.head + excluded.head RETURNING head`,
      ...values,
      documents.length,
    );
    const head = Number(row?.head);
    const first = head - documents.length + 1;
    await insertRows(this.database, {
      into: `${rows} (${columns}, collection, id, seq, data, at)`,
      rows: documents.map(({ id, data }, place) => [...values, collection, id, first + place, data, at]),
      tail: `ON CONFLICT (${columns}, collection, id) DO UPDATE SET seq = excluded.seq, data = excluded.data, at = excluded.at`,
    });
    return head;
  }

  async beginEra({ era, at }: { readonly era: string; readonly at: Instant }): Promise<void> {
    const feeds = await this.database.all(
      `SELECT feed, head FROM (${ALL_FEED_HEADS}) AS feeds ORDER BY feed`,
    );
    const heads = feeds.map(({ feed, head }) => [String(feed), Number(head)]);
    await this.database.run(
      "INSERT INTO feed_eras (era, at, heads) VALUES (?, ?, ?)",
      era,
      at,
      JSON.stringify(heads),
    );
  }

  async purgeEras(before: Instant): Promise<void> {
    await this.database.run(
      "DELETE FROM feed_eras WHERE at < ? AND number < (SELECT max(number) FROM feed_eras)",
      before,
    );
  }

  async purgeTombstones(before: Instant): Promise<void> {
    const ofChain = await this.database.all(
      "DELETE FROM chain_feed_rows WHERE data IS NULL AND at < ? RETURNING feed, seq",
      before,
    );
    for (const { feed, seq } of ofChain)
      await this.database.run(
        "UPDATE chain_feeds SET purged_to = max(purged_to, ?) WHERE feed = ?",
        seq ?? 0,
        feed ?? "",
      );
    const ofStores = await this.database.all(
      "DELETE FROM store_feed_rows WHERE data IS NULL AND at < ? RETURNING store, family, seq",
      before,
    );
    for (const { store, family, seq } of ofStores)
      await this.database.run(
        "UPDATE store_feeds SET purged_to = max(purged_to, ?) WHERE store = ? AND family = ?",
        seq ?? 0,
        store ?? "",
        family ?? "",
      );
  }

  async addEntry(entry: JournalEntry, receivedAt: Instant): Promise<void> {
    this.database.send(
      "INSERT INTO journal (store, device, epoch, seq, hash, entry, received_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
      entry.store,
      entry.device,
      entry.epoch,
      entry.seq,
      entry.hash,
      // What is checked and handed out is made canonical then: as it stands here it is only read again.
      JSON.stringify(entry),
      receivedAt,
    );
  }

  async quarantine({
    entries,
    reason,
    at,
  }: {
    readonly entries: readonly JournalEntry[];
    readonly reason: string;
    readonly at: Instant;
  }): Promise<void> {
    for (const entry of entries) {
      await this.database.run(
        "INSERT INTO quarantine (hash, device, reason, entry, received_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING",
        entry.hash,
        entry.device,
        reason,
        canonicalJson(entry),
        at,
      );
    }
  }

  async addTicket(
    ticket: Ticket,
    { register, receivedAt }: { readonly register: number; readonly receivedAt: Instant },
  ): Promise<boolean> {
    const place = await this.database.get(
      "INSERT INTO ticket_places (id, number, store) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING cursor",
      ticket.id,
      ticket.number,
      ticket.store,
    );
    if (place === undefined) return false;
    await this.database.run(
      "INSERT INTO tickets (cursor, id, store, day, register, total_minor, received_at, number, ticket) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      Number(place.cursor),
      ticket.id,
      ticket.store,
      ticket.businessDay,
      register,
      ticket.totals.due.minor,
      receivedAt,
      ticket.number,
      JSON.stringify(ticket),
    );
    await this.noteFoundBy(ticket);
    await this.noteSale(ticket);
    const { id, completedAt: at, customer } = ticket;
    await this.noteHistory({ kind: "ticket", id, at }, { customer, channel: null });
    return true;
  }

  async addMovement(
    movement: StockMovement,
    booked: { readonly cause: string; readonly at: Instant; readonly actedAt?: Instant },
  ): Promise<number | null> {
    return (await this.addMovements([movement], booked)).get(movement.variant) ?? null;
  }

  async addMovements(
    movements: readonly StockMovement[],
    { cause, at, actedAt = at }: { readonly cause: string; readonly at: Instant; readonly actedAt?: Instant },
  ): Promise<ReadonlyMap<VariantId, number>> {
    const added = await insertReturning(this.database, {
      into: "movements (cause, store, variant, quantity, reason, moved_as, at, acted_at)",
      rows: movements.map(({ store, variant, quantity, reason }) => [
        cause,
        store,
        variant,
        quantity,
        JSON.stringify(reason),
        movedAs(reason),
        at,
        actedAt,
      ]),
      tail: "ON CONFLICT DO NOTHING RETURNING variant",
    });
    const isNew = new Set(added.map(({ variant }) => String(variant)));
    const fresh = movements.filter(({ variant }) => isNew.has(variant));
    if (fresh.length === 0) return new Map();
    await this.holdAgainstCounts(fresh, actedAt);
    const levels = await insertReturning(this.database, {
      into: "stock (store, variant, on_hand, moved_at, sold_at, counted_at)",
      rows: fresh.map((movement) => [
        movement.store,
        movement.variant,
        movement.quantity,
        actedAt,
        ...momentsOf(movement, actedAt),
      ]),
      tail: `ON CONFLICT (store, variant) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand, moved_at = max(stock.moved_at, excluded.moved_at),
          sold_at = max(stock.sold_at, excluded.sold_at), counted_at = max(stock.counted_at, excluded.counted_at) RETURNING variant, on_hand`,
    });
    await this.noteOnHand(fresh);
    return new Map(levels.map((row) => [idOf<"Variant">(String(row.variant)), Number(row.on_hand)]));
  }

  async putProduct(product: Product): Promise<void> {
    const before = await this.variantIdsOf(product.id);
    await this.database.run(
      "INSERT INTO products (id, handle, title, words, product) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET handle = excluded.handle, title = excluded.title, words = excluded.words, product = excluded.product",
      product.id,
      product.handle,
      product.title,
      searchWords(product),
      JSON.stringify(product),
    );
    await this.database.run(
      "DELETE FROM gtins WHERE variant IN (SELECT id FROM variants WHERE product = ?)",
      product.id,
    );
    await this.database.run("DELETE FROM variants WHERE product = ?", product.id);
    for (const variant of product.variants) {
      await this.database.run(
        "INSERT INTO variants (id, product, sku) VALUES (?, ?, ?)",
        variant.id,
        product.id,
        variant.sku,
      );
      for (const gtin of variant.gtins)
        await this.database.run(
          "INSERT INTO gtins (gtin_key, variant) VALUES (?, ?)",
          gtinKey(gtin),
          variant.id,
        );
    }
    await this.noteInCatalogue(product, before);
  }

  async putPrice(price: Price): Promise<void> {
    await this.database.run(
      "INSERT INTO prices (variant, list, valid_from, price) VALUES (?, ?, ?, ?) ON CONFLICT (variant, list, valid_from) DO UPDATE SET price = excluded.price",
      price.variant,
      price.list,
      price.validFrom ?? 0,
      JSON.stringify(price),
    );
    await this.notePriceChanged(price);
  }

  override async removePrice(key: PriceKey): Promise<void> {
    await super.removePrice(key);
    await this.notePriceChanged(key);
  }

  async putPicture(hash: ImageHash, picture: PictureRecord): Promise<void> {
    await this.database.run(
      "INSERT INTO pictures (hash, mime, bytes) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING",
      hash,
      picture.mime,
      picture.bytes,
    );
  }
}

/** When this was sold and when counted, of a movement; 0 where it is neither. */
function momentsOf({ reason: { kind } }: StockMovement, actedAt: Instant): readonly [number, number] {
  return [kind === "sale" || kind === "order" ? actedAt : 0, kind === "counted" ? actedAt : 0];
}
