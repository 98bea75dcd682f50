import { type Instant, idOf } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";
import { type DashboardReads, SALES_SLOT_MS, type StoreCount, type StoreName } from "../../dashboard/port.ts";
import type { Row } from "./database.ts";
import { SqlStoreReads } from "./store-reads.ts";

/** Sums by index: none of them reads a ticket, an order or a level. */
export class SqlDashboardReads extends SqlStoreReads implements DashboardReads {
  async storeNames(): Promise<readonly StoreName[]> {
    return (
      await this.database.all(
        `SELECT id, code, settings ->> 'name' AS name, settings ->> 'currency' AS currency, settings ->> 'timeZone' AS zone,
          settings ->> 'closedAt' IS NOT NULL AS closed FROM stores ORDER BY code`,
      )
    ).map((row) => ({
      store: idOf<"Store">(String(row.id)),
      code: String(row.code),
      name: String(row.name),
      currency: String(row.currency) as Currency,
      timeZone: String(row.zone),
      isClosed: Number(row.closed) === 1,
    }));
  }

  async salesByStore({
    day,
    before,
  }: Parameters<DashboardReads["salesByStore"]>[0]): ReturnType<DashboardReads["salesByStore"]> {
    return (
      await this.database.all(
        `SELECT store, currency, sum(tickets) AS n, sum(minor) AS total FROM sales_slots WHERE day = ? AND (?2 IS NULL OR slot < ?2)
          GROUP BY store, currency`,
        day,
        before === null ? null : Math.floor(before / SALES_SLOT_MS),
      )
    ).map((row) => ({
      store: idOf<"Store">(String(row.store)),
      currency: String(row.currency) as Currency,
      tickets: Number(row.n),
      minor: Number(row.total),
    }));
  }

  async ordersByChannel({
    from,
    until,
  }: {
    readonly from: Instant;
    readonly until: Instant;
  }): ReturnType<DashboardReads["ordersByChannel"]> {
    return (
      await this.database.all(
        `SELECT channel, data ->> '$.currency' AS currency, count(*) AS n, sum(CAST(data ->> '$.payment.paid.minor' AS BIGINT)) AS total FROM orders
          WHERE placed_at >= ? AND placed_at < ? GROUP BY channel, data ->> '$.currency'`,
        from,
        until,
      )
    ).map((row) => ({
      channel: idOf<"Channel">(String(row.channel)),
      currency: String(row.currency) as Currency,
      orders: Number(row.n),
      minor: Number(row.total),
    }));
  }

  async ordersWaiting(): Promise<readonly StoreCount[]> {
    return await this.#parts("state IN ('allocated', 'accepted', 'picking', 'short')");
  }

  async ordersReady(): Promise<readonly StoreCount[]> {
    return await this.#parts("state = 'ready'");
  }

  async exceptionsOpen(): ReturnType<DashboardReads["exceptionsOpen"]> {
    return (
      await this.database.all(
        "SELECT kind, store, count(*) AS n FROM exceptions WHERE resolved = 0 GROUP BY kind, store",
      )
    ).map((row) => ({
      kind: String(row.kind),
      store: String(row.store) === "" ? null : idOf<"Store">(String(row.store)),
      count: Number(row.n),
    }));
  }

  async stockBelowZero(): Promise<readonly StoreCount[]> {
    return (
      await this.database.all("SELECT store, count(*) AS n FROM stock WHERE on_hand < 0 GROUP BY store")
    ).map(toCount);
  }

  async #parts(where: string): Promise<readonly StoreCount[]> {
    return (
      await this.database.all(`SELECT store, count(*) AS n FROM fulfilments WHERE ${where} GROUP BY store`)
    ).map(toCount);
  }
}

function toCount(row: Row): StoreCount {
  return { store: idOf<"Store">(String(row.store)), count: Number(row.n) };
}
