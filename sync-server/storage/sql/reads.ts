import type { StoreAsk } from "#domain/access/roles.ts";
import {
  type Gtin,
  type ImageHash,
  type Instant,
  idOf,
  instant,
  type ProductId,
  type Sku,
  type StoreId,
  type TicketId,
  type VariantId,
} from "#domain/ids.ts";
import { gtinKey } from "#domain/product/gtin.ts";
import type { Price, Product } from "#domain/product/product.ts";
import type { BookedCount } from "#domain/stock/counting.ts";
import { type Shelf, shelfKey } from "#domain/stock/shelf.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { MovedAway } from "../../backup/port.ts";
import type { DemoRecord } from "../../demo/port.ts";
import type { TillLag, WorkWaiting } from "../../metrics/port.ts";
import type { PictureRecord, ReadTransaction, TicketRecord, VariantOwner } from "../port.ts";
import { askedStores } from "./asked-stores.ts";
import type { Row } from "./database.ts";
import { receiptKeyKept } from "./kept-secrets.ts";
import { tillLagsIn, workWaitingIn } from "./metric-rows.ts";
import { searchPattern } from "./search-words.ts";
import { ofShelves, shelfIn, shelvesAsked } from "./shelves.ts";
import { SqlShopProductReads } from "./shop-product-reads.ts";
import { stored } from "./stored.ts";
import { TICKETS_BY_PLACE } from "./ticket-places.ts";

/** Asked at every movement. */
export const LAST_COUNT =
  "SELECT reason ->> 'entry' AS entry, reason ->> 'count' AS count, acted_at FROM movements WHERE store = ? AND variant = ? AND reason ->> 'kind' = 'counted' ORDER BY acted_at DESC LIMIT 1";

/** Where the newest tickets of some stores are: of each store so many of its own at most are looked at, however many the chain has. */
export const NEWEST_OF_STORES = `SELECT (SELECT json_group_array(own.cursor) FROM (
    SELECT t.cursor FROM tickets t WHERE t.store = s.value AND t.cursor < ? ORDER BY t.cursor DESC LIMIT ?) own) AS cursors
  FROM json_each(?) s`;

/** All questions of the port: those of sync, and what HQ asks about sales, stock and the catalogue. */
export class SqlReads extends SqlShopProductReads implements ReadTransaction {
  workWaiting(): Promise<WorkWaiting> {
    return workWaitingIn(this.database);
  }

  tillLags(): Promise<readonly TillLag[]> {
    return tillLagsIn(this.database);
  }

  async demo(): Promise<DemoRecord | null> {
    return await this.retailers<DemoRecord>("demo");
  }

  movedAway(): Promise<MovedAway | null> {
    return this.retailers<MovedAway>("movedAway");
  }

  movedHere(): Promise<string | null> {
    return this.retailers<string>("movedHere");
  }

  async receiptSigningKey(): Promise<string | null> {
    const row = await this.database.get("SELECT private_key FROM receipt_signing");
    return row === undefined ? null : receiptKeyKept(this.database.secrets, row.private_key);
  }

  async ticket(id: TicketId): Promise<TicketRecord | null> {
    const row = await this.database.get(
      `SELECT t.cursor, t.register, t.received_at, t.ticket FROM ${TICKETS_BY_PLACE} WHERE p.id = ?`,
      id,
    );
    return row === undefined ? null : toTicket(row);
  }

  async tickets({
    store,
    before,
    limit,
  }: {
    readonly store: StoreAsk;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly TicketRecord[]> {
    const asked = askedStores(store);
    const below = before ?? Number.MAX_SAFE_INTEGER;
    const rows =
      asked === null
        ? await this.database.all(
            `SELECT t.cursor, t.register, t.received_at, t.ticket FROM ${TICKETS_BY_PLACE} WHERE p.cursor < ? ORDER BY p.cursor DESC LIMIT ?`,
            below,
            limit,
          )
        : await this.#ticketsAt(await this.#newestOf(asked, below, limit));
    return rows.map(toTicket);
  }

  /** The places of the newest tickets of all these stores together. */
  async #newestOf(stores: string, below: number, limit: number): Promise<readonly number[]> {
    const found = await this.database.all(NEWEST_OF_STORES, below, limit, stores);
    const cursors = found.flatMap((row) => stored<readonly number[]>(row.cursors));
    return cursors.sort((one, other) => other - one).slice(0, limit);
  }

  #ticketsAt(cursors: readonly number[]): Promise<readonly Row[]> {
    return this.database.all(
      `SELECT t.cursor, t.register, t.received_at, t.ticket FROM ${TICKETS_BY_PLACE}
        WHERE p.cursor IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) ORDER BY p.cursor DESC`,
      JSON.stringify(cursors),
    );
  }

  async ticketCount(store: StoreAsk): Promise<number> {
    const asked = askedStores(store);
    const counted =
      asked === null
        ? await this.database.get("SELECT count(*) AS n FROM ticket_places")
        : await this.database.get(
            "SELECT count(*) AS n FROM tickets WHERE store IN (SELECT value FROM json_each(?))",
            asked,
          );
    return Number(counted?.n);
  }

  async salesOf({
    store,
    day,
  }: {
    readonly store: StoreId;
    readonly day: string;
  }): Promise<{ readonly tickets: number; readonly totalMinor: number }> {
    const row = await this.database.get(
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
      (await this.database.get("SELECT on_hand FROM stock WHERE store = ? AND variant = ?", store, variant))
        ?.on_hand ?? 0,
    );
  }

  async movementSum({
    store,
    variant,
    until = null,
  }: {
    readonly store: StoreId;
    readonly variant: VariantId;
    readonly until?: Instant | null;
  }): Promise<number> {
    return Number(
      (
        await this.database.get(
          "SELECT coalesce(sum(quantity), 0) AS n FROM movements WHERE store = ? AND variant = ? AND acted_at <= ?",
          store,
          variant,
          until ?? Number.MAX_SAFE_INTEGER,
        )
      )?.n,
    );
  }

  async everCounted(shelves: readonly Shelf[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.all(
      ofShelves("SELECT s.counted_at FROM stock s WHERE s.store = w.store AND s.variant = w.variant"),
      shelvesAsked(shelves),
    );
    return new Set(rows.map((row) => shelfKey(shelfIn(row))));
  }

  async lastCount({
    store,
    variant,
  }: {
    readonly store: StoreId;
    readonly variant: VariantId;
  }): Promise<BookedCount | null> {
    const row = await this.database.get(LAST_COUNT, store, variant);
    if (row === undefined) return null;
    const booked = { entry: idOf<"Entry">(String(row.entry)), at: instant(Number(row.acted_at)) };
    return row.count == null ? booked : { ...booked, count: idOf<"Count">(String(row.count)) };
  }

  async product(id: ProductId): Promise<Product | null> {
    const row = await this.database.get("SELECT product FROM products WHERE id = ?", id);
    return row === undefined ? null : stored<Product>(row.product);
  }

  async productByHandle(handle: string): Promise<Product | null> {
    const row = await this.database.get("SELECT product FROM products WHERE handle = ?", handle);
    return row === undefined ? null : stored<Product>(row.product);
  }

  async productWith(variant: VariantId): Promise<Product | null> {
    const row = await this.database.get(
      "SELECT p.product FROM variants v JOIN products p ON p.id = v.product WHERE v.id = ?",
      variant,
    );
    return row === undefined ? null : stored<Product>(row.product);
  }

  async variantBySku(sku: Sku): Promise<VariantOwner | null> {
    return toOwner(await this.database.get("SELECT product, id FROM variants WHERE sku = ?", sku));
  }

  async variantByGtin(gtin: Gtin): Promise<VariantOwner | null> {
    return toOwner(
      await this.database.get(
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
      (await this.database.get("SELECT count(*) AS n FROM products WHERE words LIKE ? ESCAPE '\\'", pattern))
        ?.n,
    );
    const rows = await this.database.all(
      "SELECT product FROM products WHERE words LIKE ? ESCAPE '\\' ORDER BY title, id LIMIT ? OFFSET ?",
      pattern,
      limit,
      offset,
    );
    return { products: rows.map((row) => stored<Product>(row.product)), total };
  }

  async pricesOf(variant: VariantId): Promise<readonly Price[]> {
    return (
      await this.database.all("SELECT price FROM prices WHERE variant = ? ORDER BY list, valid_from", variant)
    ).map((row) => stored<Price>(row.price));
  }

  async picture(hash: ImageHash): Promise<PictureRecord | null> {
    const row = await this.database.get("SELECT mime, bytes FROM pictures WHERE hash = ?", hash);
    if (row === undefined || !(row.bytes instanceof Uint8Array)) return null;
    return { mime: String(row.mime), bytes: row.bytes };
  }

  async ticketsNumbered({
    begun,
    store,
    limit,
  }: Parameters<ReadTransaction["ticketsNumbered"]>[0]): Promise<readonly TicketRecord[]> {
    const asked = askedStores(store);
    const rows = await this.database.all(
      `SELECT t.cursor, t.register, t.received_at, t.ticket FROM ${TICKETS_BY_PLACE} WHERE p.number >= ? AND p.number < ?
        AND (? IS NULL OR p.store IN (SELECT value FROM json_each(?))) ORDER BY p.number DESC LIMIT ?`,
      begun,
      `${begun}${AFTER_ALL}`,
      asked,
      asked,
      limit,
    );
    return rows.map(toTicket);
  }
}

/** Sorts behind whatever stands in a receipt number, by bytes and as words do (CLDR's root collation gives it the highest weight). */
const AFTER_ALL = "\uFFFF";

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
