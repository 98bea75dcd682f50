import {
  type DeviceId,
  type ImageHash,
  type Instant,
  idOf,
  instant,
  type StoreId,
  type TicketId,
} from "#domain/ids.ts";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { gtinKey } from "#domain/product/gtin.ts";
import type { Price, Product } from "#domain/product/product.ts";
import { movedAs } from "#domain/stock/moved-as.ts";
import { type Shelf, shelfKey } from "#domain/stock/shelf.ts";
import type { StockMovement } from "#domain/stock/stock.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { StagedUpdates } from "#domain/updates/rings.ts";
import type { MovedAway } from "../../backup/port.ts";
import type { DemoRecord } from "../../demo/port.ts";
import type { PriceKey } from "../../prices/port.ts";
import { atOnce } from "../../sync/at-once.ts";
import type { Attempt, NewDevice, PictureRecord, StockMove, WriteTransaction } from "../port.ts";
import { SqlActWrites } from "./act-writes.ts";
import { ALL_FEED_HEADS, type FeedPlace, placeOfFeed } from "./feed-tables.ts";
import { insertReturning, insertRows } from "./insert-rows.ts";
import { keptReceiptKey } from "./kept-secrets.ts";
import { searchWords } from "./search-words.ts";
import { shelfIn } from "./shelves.ts";

/** What is to be put into a feed, and where that lies. */
interface FeedsDocuments {
  readonly place: FeedPlace;
  readonly documents: Parameters<WriteTransaction["putInFeeds"]>[0]["documents"][number][];
}

/** The acts of the port, in SQL. Atomicity is the transaction's; uniqueness is the tables'. */
export class SqlWrites extends SqlActWrites implements WriteTransaction {
  async attempt(work: () => Promise<void>): Promise<Attempt> {
    await this.database.savepoint();
    const done = await this.attemptOnce(work);
    if (done.ok) await this.database.keepSavepoint();
    else await this.database.undoToSavepoint();
    return done;
  }

  async attemptOnce(work: () => Promise<void>): Promise<Attempt> {
    try {
      await work();
      await this.database.settled();
    } catch (error) {
      if (!this.database.mayGoOnAfter(error)) throw error;
      return { ok: false, error };
    }
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

  async noteContacts(contacts: Parameters<WriteTransaction["noteContacts"]>[0]): Promise<void> {
    if (contacts.length === 0) return;
    this.database.send(
      `UPDATE devices SET last_seen_at = w.at, clock_offset_ms = coalesce(w.clock, clock_offset_ms), version = coalesce(w.program, version)
        FROM (SELECT value ->> 'device' AS device, CAST(value ->> 'at' AS BIGINT) AS at, CAST(value ->> 'clockOffsetMs' AS BIGINT) AS clock,
            value ->> 'version' AS program FROM json_each(?)) AS w
        WHERE devices.id = w.device AND (devices.last_seen_at IS NULL OR devices.last_seen_at <= w.at)`,
      JSON.stringify(contacts),
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

  async noteActs(acts: Parameters<WriteTransaction["noteActs"]>[0]): Promise<void> {
    if (acts.length === 0) return;
    this.database.send(
      "UPDATE devices SET acted_to = w.at FROM (SELECT key AS device, CAST(value AS BIGINT) AS at FROM json_each(?)) AS w WHERE devices.id = w.device",
      JSON.stringify(Object.fromEntries(acts.map(({ device, actedTo }) => [device, actedTo]))),
    );
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

  async putInFeeds({
    documents,
    at,
  }: Parameters<WriteTransaction["putInFeeds"]>[0]): Promise<ReadonlyMap<string, number>> {
    const feeds = new Map<string, FeedsDocuments>();
    for (const document of documents) {
      const { feed } = document;
      const known: FeedsDocuments = feeds.get(feed) ?? { place: placeOfFeed(feed), documents: [] };
      known.documents.push(document);
      feeds.set(feed, known);
    }
    const heads = new Map<string, number>();
    // Feeds of the chain lie in one table, those of stores in another.
    for (const table of new Set([...feeds.values()].map(({ place }) => place.heads))) {
      const here = [...feeds].filter(([, { place }]) => place.heads === table);
      for (const [feed, head] of await this.#putInto(table, new Map(here), at)) heads.set(feed, head);
    }
    return heads;
  }

  async #putInto(
    table: FeedPlace["heads"],
    feeds: ReadonlyMap<string, FeedsDocuments>,
    at: Instant,
  ): Promise<ReadonlyMap<string, number>> {
    const [first] = feeds.values();
    if (first === undefined) return new Map();
    const { rows, columns } = first.place;
    const found = await insertReturning(this.database, {
      into: `${table} (${columns}, head)`,
      rows: [...feeds.values()].map(({ place, documents }) => [...place.values, documents.length]),
      tail: `ON CONFLICT (${columns}) DO UPDATE SET head = ${table}.head + excluded.head RETURNING ${columns}, head`,
    });
    const key = columns.split(", ");
    const headOf = new Map(
      found.map((row) => [key.map((column) => row[column]).join(" "), Number(row.head)]),
    );
    const heads = new Map(
      [...feeds].map(([feed, { place }]) => [feed, headOf.get(place.values.join(" ")) ?? 0]),
    );
    await insertRows(this.database, {
      into: `${rows} (${columns}, collection, id, seq, data, at)`,
      rows: [...feeds].flatMap(([feed, { place, documents }]) => {
        const before = (heads.get(feed) ?? 0) - documents.length;
        return documents.map(({ collection, id, data }, nth) => [
          ...place.values,
          ...[collection, id, before + nth + 1, data, at],
        ]);
      }),
      tail: `ON CONFLICT (${columns}, collection, id) DO UPDATE SET seq = excluded.seq, data = excluded.data, at = excluded.at`,
    });
    return heads;
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

  async addEntries(entries: readonly JournalEntry[], receivedAt: Instant): Promise<void> {
    await insertRows(this.database, {
      into: "journal (store, device, epoch, seq, hash, entry, received_at)",
      rows: entries.map((entry) => [
        ...[entry.store, entry.device, entry.epoch, entry.seq, entry.hash],
        // What is checked and handed out is made canonical then: as it stands here it is only read again.
        ...[JSON.stringify(entry), receivedAt],
      ]),
    });
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

  async addTickets(
    tickets: Parameters<WriteTransaction["addTickets"]>[0],
    receivedAt: Instant,
  ): Promise<ReadonlySet<TicketId>> {
    const places = await insertReturning(this.database, {
      into: "ticket_places (id, number, store)",
      rows: tickets.map(({ ticket: { id, number, store } }) => [id, number, store]),
      tail: "ON CONFLICT (id) DO NOTHING RETURNING id, cursor",
    });
    const cursors = new Map(places.map(({ id, cursor }) => [idOf<"Ticket">(String(id)), Number(cursor)]));
    // Where one is there twice the first counts.
    const asked = new Map(tickets.toReversed().map((each) => [each.ticket.id, each]));
    const added = [...cursors].flatMap(([id, cursor]) => {
      const of = asked.get(id);
      return of === undefined ? [] : [{ ...of, cursor }];
    });
    await insertRows(this.database, {
      into: "tickets (cursor, id, store, day, register, total_minor, received_at, number, ticket)",
      rows: added.map(({ ticket, register, cursor }) => [
        ...[cursor, ticket.id, ticket.store, ticket.businessDay, register, ticket.totals.due.minor],
        ...[receivedAt, ticket.number, JSON.stringify(ticket)],
      ]),
    });
    await this.noteSales(added.map(({ ticket }) => ticket));
    await this.noteFoundBy(added.map(({ ticket }) => ticket));
    await this.noteHistory(
      added.flatMap(({ ticket: { id, completedAt: at, customer } }) =>
        customer === null ? [] : [{ kind: "ticket", id, at, customer, channel: null }],
      ),
    );
    return new Set(cursors.keys());
  }

  async addMovement(
    movement: StockMovement,
    { cause, at, actedAt = at }: Parameters<WriteTransaction["addMovement"]>[1],
  ): Promise<number | null> {
    const [level = null] = await this.addMovements([{ movement, cause, actedAt }], at);
    return level;
  }

  async addMovements(moves: readonly StockMove[], at: Instant): Promise<readonly (number | null)[]> {
    const added = await insertReturning(this.database, {
      into: "movements (cause, store, variant, quantity, reason, moved_as, at, acted_at)",
      rows: moves.map(({ movement: { store, variant, quantity, reason }, cause, actedAt }) => [
        ...[cause, store, variant, quantity, JSON.stringify(reason), movedAs(reason), at, actedAt],
      ]),
      tail: "ON CONFLICT DO NOTHING RETURNING cause, store, variant",
    });
    const isNew = new Set(added.map((row) => `${shelfKey(shelfIn(row))} ${row.cause}`));
    // The first of those that are the same counts.
    const fresh = moves.map(({ movement, cause }) => isNew.delete(`${shelfKey(movement)} ${cause}`));
    const booked = moves.filter((_, place) => fresh[place]);
    if (booked.length === 0) return moves.map(() => null);
    const [levels] = await atOnce([
      this.#moveStock(booked),
      this.holdAgainstCounts(booked),
      this.noteOnHand(booked.map(({ movement }) => movement)),
    ]);
    return moves.map(({ movement }, place) => {
      if (fresh[place] !== true) return null;
      const key = shelfKey(movement);
      const level = (levels.get(key) ?? 0) + movement.quantity;
      levels.set(key, level);
      return level;
    });
  }

  /** Answers what each shelf held before. */
  async #moveStock(moves: readonly StockMove[]): Promise<Map<string, number>> {
    const shelves = new Map<string, Moved>();
    for (const { movement, actedAt } of moves) {
      const key = shelfKey(movement);
      shelves.set(key, movedOn(shelves.get(key) ?? { ...UNMOVED, shelf: movement }, movement, actedAt));
    }
    const rows = await insertReturning(this.database, {
      into: "stock (store, variant, on_hand, moved_at, sold_at, counted_at)",
      rows: [...shelves.values()].map(({ shelf, pieces, movedAt, soldAt, countedAt }) => [
        ...[shelf.store, shelf.variant, pieces, movedAt, soldAt, countedAt],
      ]),
      tail: `ON CONFLICT (store, variant) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand, moved_at = max(stock.moved_at, excluded.moved_at),
          sold_at = max(stock.sold_at, excluded.sold_at), counted_at = max(stock.counted_at, excluded.counted_at) RETURNING store, variant, on_hand`,
    });
    return new Map(
      rows.map((row) => {
        const key = shelfKey(shelfIn(row));
        return [key, Number(row.on_hand) - (shelves.get(key)?.pieces ?? 0)];
      }),
    );
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

/** What several movements come to on one shelf; a moment is 0 where nothing was sold or counted. */
interface Moved {
  readonly shelf: Shelf;
  readonly pieces: number;
  readonly movedAt: number;
  readonly soldAt: number;
  readonly countedAt: number;
}

const UNMOVED = { pieces: 0, movedAt: 0, soldAt: 0, countedAt: 0 } as const;

function movedOn(so: Moved, { quantity, reason: { kind } }: StockMovement, actedAt: Instant): Moved {
  const isSold = kind === "sale" || kind === "order";
  return {
    shelf: so.shelf,
    pieces: so.pieces + quantity,
    movedAt: Math.max(so.movedAt, actedAt),
    soldAt: Math.max(so.soldAt, isSold ? actedAt : 0),
    countedAt: Math.max(so.countedAt, kind === "counted" ? actedAt : 0),
  };
}
