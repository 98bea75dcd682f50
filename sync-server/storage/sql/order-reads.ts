import type { StoreAsk } from "#domain/access/roles.ts";
import type { Assignee, Exception, ExceptionKind } from "#domain/exceptions/exceptions.ts";
import {
  type BusinessDay,
  type DeviceId,
  type FulfilmentId,
  type Instant,
  idOf,
  instant,
  type NoticeId,
  type OrderId,
  type StoreId,
  type VariantId,
} from "#domain/ids.ts";
import type { Order, PickupVerifier } from "#domain/orders/order.ts";
import { DEFAULT_RETAILER_RULES, type RetailerRules } from "#domain/orders/retailer-rules.ts";
import type { FulfilmentState } from "#domain/orders/transitions.ts";
import { type Shelf, shelfKey } from "#domain/stock/shelf.ts";
import type { ExceptionFigures, ExceptionReads, ExceptionsAsk, TaskRecord } from "../../exceptions/port.ts";
import type { FulfilmentRow, LeaseRecord, OrderReads, Reservation } from "../../orders/port.ts";
import { askedStores } from "./asked-stores.ts";
import { SqlCouponReads } from "./coupon-reads.ts";
import type { Row } from "./database.ts";
import { searchPattern } from "./search-words.ts";
import { ofShelves, shelfIn, shelvesAsked } from "./shelves.ts";
import { stored } from "./stored.ts";

const OPEN = "('allocated', 'accepted', 'picking', 'short', 'ready')";
const FULFILMENT = "id, order_id, store, state, day, seen_to, next_at";

/** Orders, what stores do of them, what went wrong and who may act. */
export class SqlOrderReads extends SqlCouponReads implements OrderReads, ExceptionReads {
  async order(id: OrderId): Promise<Order | null> {
    return toOrder(await this.database.get("SELECT data FROM orders WHERE id = ?", id));
  }

  async orderByExternalId(name: {
    readonly channel: string;
    readonly externalId: string;
  }): Promise<Order | null> {
    return toOrder(
      await this.database.get(
        "SELECT data FROM orders WHERE channel = ? AND external_id = ?",
        name.channel,
        name.externalId,
      ),
    );
  }

  async orderOfFulfilment(id: FulfilmentId): Promise<Order | null> {
    return toOrder(
      await this.database.get(
        "SELECT o.data FROM fulfilments f JOIN orders o ON o.id = f.order_id WHERE f.id = ?",
        id,
      ),
    );
  }

  async orders(
    ask: Parameters<OrderReads["orders"]>[0],
  ): Promise<{ readonly orders: readonly Order[]; readonly total: number }> {
    const { status, store, search, offset, limit } = ask;
    const where =
      "(? IS NULL OR o.status = ?) AND o.words LIKE ? ESCAPE '\\' AND (? IS NULL OR EXISTS (SELECT 1 FROM fulfilments f WHERE f.order_id = o.id AND f.store IN (SELECT value FROM json_each(?))))";
    const asked = askedStores(store);
    const values = [status, status, searchPattern(search), asked, asked];
    const total = (await this.database.get(`SELECT count(*) AS n FROM orders o WHERE ${where}`, ...values))
      ?.n;
    const rows = await this.database.all(
      `SELECT o.data FROM orders o WHERE ${where} ORDER BY o.placed_at DESC, o.id DESC LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    );
    return { orders: rows.map((row) => stored<Order>(row.data)), total: Number(total) };
  }

  async pickupVerifier(order: OrderId): Promise<PickupVerifier | null> {
    const pickup = (await this.database.get("SELECT pickup FROM orders WHERE id = ?", order))?.pickup ?? null;
    return pickup === null ? null : stored<PickupVerifier>(pickup);
  }

  async fulfilmentRow(id: FulfilmentId): Promise<FulfilmentRow | null> {
    const row = await this.database.get(`SELECT ${FULFILMENT} FROM fulfilments WHERE id = ?`, id);
    return row === undefined ? null : toFulfilment(row);
  }

  async fulfilmentsDue({
    at,
    limit,
  }: {
    readonly at: Instant;
    readonly limit: number;
  }): Promise<readonly FulfilmentRow[]> {
    return (
      await this.database.all(
        `SELECT ${FULFILMENT} FROM fulfilments WHERE next_at <= ? ORDER BY next_at, id LIMIT ?`,
        at,
        limit,
      )
    ).map(toFulfilment);
  }

  async openFulfilments(store: StoreId): Promise<readonly FulfilmentRow[]> {
    return (
      await this.database.all(
        `SELECT ${FULFILMENT} FROM fulfilments WHERE store = ? AND state IN ${OPEN} ORDER BY id`,
        store,
      )
    ).map(toFulfilment);
  }

  async fulfilmentsOn({
    store,
    day,
  }: {
    readonly store: StoreId;
    readonly day: BusinessDay;
  }): Promise<number> {
    return Number(
      (
        await this.database.get(
          "SELECT count(*) AS n FROM fulfilments WHERE store = ? AND day = ?",
          store,
          day,
        )
      )?.n,
    );
  }

  async reservationsOf(fulfilment: FulfilmentId): Promise<readonly Reservation[]> {
    return (
      await this.database.all(
        "SELECT variant, pieces FROM reservations WHERE fulfilment = ? ORDER BY variant",
        fulfilment,
      )
    ).map((row) => ({ variant: idOf<"Variant">(String(row.variant)), pieces: Number(row.pieces) }));
  }

  async reservedOf(shelves: readonly Shelf[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.all(
      ofShelves("SELECT sum(r.pieces) FROM reservations r WHERE r.store = w.store AND r.variant = w.variant"),
      shelvesAsked(shelves),
    );
    return new Map(rows.map((row) => [shelfKey(shelfIn(row)), Number(row.found)]));
  }

  async reserved({
    store,
    variant,
  }: {
    readonly store: StoreId;
    readonly variant: VariantId;
  }): Promise<number> {
    return Number(
      (
        await this.database.get(
          "SELECT coalesce(sum(pieces), 0) AS n FROM reservations WHERE store = ? AND variant = ?",
          store,
          variant,
        )
      )?.n,
    );
  }

  async retailerRules(): Promise<RetailerRules> {
    // Rules that were put before there were as many leave the others as they usually are.
    return { ...DEFAULT_RETAILER_RULES, ...(await this.retailers<Partial<RetailerRules>>("rules")) };
  }

  async lease(subject: string): Promise<LeaseRecord | null> {
    const row = await this.database.get("SELECT * FROM leases WHERE subject = ?", subject);
    return row === undefined ? null : toLease(row);
  }

  async leasesOf(device: DeviceId): Promise<readonly LeaseRecord[]> {
    return (
      await this.database.all(
        "SELECT * FROM leases WHERE holder = ? OR wanted_by = ? ORDER BY subject",
        device,
        device,
      )
    ).map(toLease);
  }

  async leasesExpired({
    before,
    limit,
  }: {
    readonly before: Instant;
    readonly limit: number;
  }): Promise<readonly LeaseRecord[]> {
    return (
      await this.database.all(
        "SELECT * FROM leases WHERE expires_at <= ? ORDER BY expires_at LIMIT ?",
        before,
        limit,
      )
    ).map(toLease);
  }

  async exception(id: string): Promise<Exception | null> {
    const row = await this.database.get("SELECT * FROM exceptions WHERE id = ?", id);
    return row === undefined ? null : toException(row);
  }

  async exceptions(limit: number, store: StoreAsk = null): Promise<readonly Exception[]> {
    return (
      await this.database.all(
        "SELECT * FROM exceptions WHERE ?1 IS NULL OR store IN (SELECT value FROM json_each(?1)) ORDER BY raised_at DESC LIMIT ?2",
        askedStores(store),
        limit,
      )
    ).map(toException);
  }

  async exceptionsAsked({
    stores,
    state,
    kind,
    assignee,
    oldestFirst,
    offset,
    limit,
  }: ExceptionsAsk): ReturnType<ExceptionReads["exceptionsAsked"]> {
    const fitting = `FROM exceptions WHERE (?1 IS NULL OR store IN (SELECT value FROM json_each(?1)))
      AND (?2 IS NULL OR resolved = ?2) AND (?3 IS NULL OR kind = ?3)
      AND (?4 IS NULL OR (?4 = 'nobody' AND assignee_id IS NULL) OR assignee_id = ?4)`;
    const asked = [askedStores(stores), state === "all" ? null : state === "open" ? 0 : 1, kind, assignee];
    const order = oldestFirst ? "ASC" : "DESC";
    const rows = await this.database.all(
      `SELECT * ${fitting} ORDER BY raised_at ${order}, id ${order} LIMIT ?5 OFFSET ?6`,
      ...asked,
      limit,
      offset,
    );
    const total = Number((await this.database.get(`SELECT count(*) AS n ${fitting}`, ...asked))?.n);
    return { exceptions: rows.map(toException), total };
  }

  async openByKind({
    stores,
    overdueBefore,
  }: Parameters<ExceptionReads["openByKind"]>[0]): ReturnType<ExceptionReads["openByKind"]> {
    return (
      await this.database.all(
        `SELECT kind, count(*) AS open, sum(CASE WHEN raised_at <= CAST(?2 ->> kind AS BIGINT) THEN 1 ELSE 0 END) AS overdue FROM exceptions
          WHERE resolved = 0 AND (?1 IS NULL OR store IN (SELECT value FROM json_each(?1))) GROUP BY kind ORDER BY overdue DESC, open DESC, kind`,
        askedStores(stores),
        JSON.stringify(overdueBefore),
      )
    ).map((row) => ({
      // Only `raiseException` writes it, from an exception.
      kind: String(row.kind) as ExceptionKind,
      open: Number(row.open),
      overdue: Number(row.overdue),
    }));
  }

  async openExceptions(limit: number, store: StoreAsk = null): Promise<readonly Exception[]> {
    return (
      await this.database.all(
        "SELECT * FROM exceptions WHERE resolved = 0 AND (?1 IS NULL OR store IN (SELECT value FROM json_each(?1))) ORDER BY raised_at DESC LIMIT ?2",
        askedStores(store),
        limit,
      )
    ).map(toException);
  }

  async openExceptionsOf(kind: ExceptionKind): Promise<readonly Exception[]> {
    return (
      await this.database.all(
        "SELECT * FROM exceptions WHERE resolved = 0 AND kind = ? ORDER BY raised_at, id",
        kind,
      )
    ).map(toException);
  }

  async exceptionsOf(order: OrderId): Promise<readonly string[]> {
    return (
      await this.database.all("SELECT id FROM exceptions WHERE order_id = ? ORDER BY raised_at, id", order)
    ).map((row) => String(row.id));
  }

  async task(id: NoticeId): Promise<TaskRecord | null> {
    const row = await this.database.get("SELECT * FROM tasks WHERE id = ?", id);
    return row === undefined ? null : toTask(row);
  }

  async openTasks(): Promise<readonly TaskRecord[]> {
    return (await this.database.all("SELECT * FROM tasks WHERE done_at IS NULL"))
      .map(toTask)
      .toSorted((a, b) => a.notice.raisedAt - b.notice.raisedAt || a.id.localeCompare(b.id));
  }

  async exceptionFigures(): Promise<ExceptionFigures> {
    const counts = await this.database.get(
      "SELECT count(*) - coalesce(sum(resolved), 0) AS open, coalesce(sum(resolved), 0) AS closed FROM exceptions",
    );
    const closed = Number(counts?.closed);
    const median = await this.database.get(
      "SELECT closed_at - raised_at AS ms FROM exceptions WHERE resolved = 1 ORDER BY ms LIMIT 1 OFFSET ?",
      Math.max(0, Math.ceil(closed / 2) - 1),
    );
    return {
      open: Number(counts?.open),
      closed,
      medianMs: median === undefined ? null : Number(median.ms),
    };
  }
}

function toOrder(row: Row | undefined): Order | null {
  return row === undefined ? null : stored<Order>(row.data);
}

function toFulfilment(row: Row): FulfilmentRow {
  return {
    id: idOf<"Fulfilment">(String(row.id)),
    order: idOf<"Order">(String(row.order_id)),
    store: idOf<"Store">(String(row.store)),
    // Only `putFulfilmentRow` writes it, from a fulfilment.
    state: String(row.state) as FulfilmentState,
    day: idOf<"BusinessDay">(String(row.day)),
    seenTo: instant(Number(row.seen_to)),
    nextAt: row.next_at === null ? null : instant(Number(row.next_at)),
  };
}

function toLease(row: Row): LeaseRecord {
  return {
    subject: String(row.subject),
    holder: idOf<"Device">(String(row.holder)),
    expiresAt: instant(Number(row.expires_at)),
    wantedBy: row.wanted_by === null ? null : idOf<"Device">(String(row.wanted_by)),
  };
}

function toTask(row: Row): TaskRecord {
  return {
    id: idOf<"Notice">(String(row.id)),
    exception: String(row.exception),
    store: idOf<"Store">(String(row.store)),
    doneAt: row.done_at === null ? null : instant(Number(row.done_at)),
    notice: stored<TaskRecord["notice"]>(row.notice),
  };
}

function toException(row: Row): Exception {
  const order = row.order_id === null ? null : idOf<"Order">(String(row.order_id));
  return {
    id: String(row.id),
    // Only `raiseException` writes it, from an exception.
    kind: String(row.kind) as ExceptionKind,
    store: row.store === "" ? null : idOf<"Store">(String(row.store)),
    subject:
      order === null
        ? null
        : { order, fulfilment: row.fulfilment === null ? null : idOf<"Fulfilment">(String(row.fulfilment)) },
    raisedAt: instant(Number(row.raised_at)),
    detail: stored<Record<string, string>>(row.detail),
    closing: row.closing === null ? null : stored<NonNullable<Exception["closing"]>>(row.closing),
    ...(row.assignee === null ? {} : { assignee: stored<Assignee>(row.assignee) }),
  };
}
