import type { OrderId, StoreId } from "#domain/ids.ts";
import type { MailReturn } from "#domain/returns/mail-return.ts";
import type { ReturnPolicy } from "#domain/returns/policy.ts";
import { type Purchase, type PurchaseRef, purchaseKey } from "#domain/returns/purchase.ts";
import type { Returned } from "#domain/returns/returned.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { PurchaseSearch, ReturnLogEntry, ReturnLogSearch, ReturnReads } from "../../returns/port.ts";
import { SqliteConnectorReads } from "./connector-reads.ts";
import { searchPattern } from "./search-words.ts";
import { stored } from "./stored.ts";

/** Where nothing is named by which tickets are kept in order, only so many of the newest are looked through. */
const NEWEST_TICKETS = 20_000;

type Value = string | number;
interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

const CARD_HOLDERS = "SELECT id FROM customers WHERE customer ->> 'cardNumber' = ?";

/** What was bought and what came back of it. */
export class SqliteReturnReads extends SqliteConnectorReads implements ReturnReads {
  async retailerReturnPolicy(): Promise<ReturnPolicy | null> {
    const row = this.database.get("SELECT value FROM retailer WHERE name = 'returns'");
    return row === undefined ? null : stored<ReturnPolicy>(row.value);
  }

  async ownReturnPolicy(store: StoreId): Promise<ReturnPolicy | null> {
    const row = this.database.get("SELECT policy FROM store_return_policies WHERE store = ?", store);
    return row === undefined ? null : stored<ReturnPolicy>(row.policy);
  }

  async categories(): Promise<readonly string[]> {
    return this.database
      .all(
        "SELECT DISTINCT product ->> 'category' AS category FROM products WHERE product ->> 'category' <> '' ORDER BY 1",
      )
      .map(({ category }) => String(category));
  }

  async mailReturn(id: string): Promise<MailReturn | null> {
    const row = this.database.get("SELECT data FROM mail_returns WHERE id = ?", id);
    return row === undefined ? null : stored<MailReturn>(row.data);
  }

  async mailReturnNamed({
    channel,
    externalId,
  }: Parameters<ReturnReads["mailReturnNamed"]>[0]): Promise<MailReturn | null> {
    const row = this.database.get(
      "SELECT data FROM mail_returns WHERE channel = ? AND external_id = ?",
      channel,
      externalId,
    );
    return row === undefined ? null : stored<MailReturn>(row.data);
  }

  async mailReturnsOf(purchase: PurchaseRef): Promise<readonly MailReturn[]> {
    return this.database
      .all("SELECT data FROM mail_returns WHERE purchase = ? ORDER BY id", purchaseKey(purchase))
      .map(({ data }) => stored<MailReturn>(data));
  }

  async overdueMailReturns({
    before,
    after,
    limit,
  }: Parameters<ReturnReads["overdueMailReturns"]>[0]): Promise<readonly MailReturn[]> {
    return this.database
      .all(
        "SELECT data FROM mail_returns WHERE state = 'announced' AND arrive_by < ? AND id > ? ORDER BY id LIMIT ?",
        before,
        after,
        limit,
      )
      .map(({ data }) => stored<MailReturn>(data));
  }

  async returnLog({
    kind,
    state,
    store,
    search,
    offset,
    limit,
  }: ReturnLogSearch): Promise<{ readonly entries: readonly ReturnLogEntry[]; readonly total: number }> {
    const where =
      "(?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR state = ?2) AND (?3 IS NULL OR store = ?3) AND words LIKE ?4 ESCAPE '\\'";
    const named = [kind, state, store, searchPattern(search)];
    const total = this.database.get(`SELECT count(*) AS n FROM return_log WHERE ${where}`, ...named)?.n;
    const entries = this.database
      .all(
        `SELECT id, kind FROM return_log WHERE ${where} ORDER BY at DESC, id DESC LIMIT ?5 OFFSET ?6`,
        ...named,
        limit,
        offset,
      )
      .map((row): ReturnLogEntry => ({ id: String(row.id), kind: row.kind === "mail" ? "mail" : "till" }));
    return { entries, total: Number(total) };
  }

  async returned(purchase: PurchaseRef): Promise<Returned | null> {
    const row = this.database.get("SELECT data FROM returned WHERE purchase = ?", purchaseKey(purchase));
    return row === undefined ? null : stored<Returned>(row.data);
  }

  async orderPurchase(order: OrderId): Promise<Purchase | null> {
    const row = this.database.get("SELECT purchase FROM order_purchases WHERE id = ?", order);
    return row === undefined ? null : stored<Purchase>(row.purchase);
  }

  async ticketsPaying(order: OrderId): Promise<readonly Ticket[]> {
    return this.database
      .all(
        "SELECT t.ticket FROM order_tickets o JOIN tickets t ON t.id = o.ticket WHERE o.order_id = ? ORDER BY t.cursor",
        order,
      )
      .map(({ ticket }) => stored<Ticket>(ticket));
  }

  async findTickets(ask: PurchaseSearch): Promise<readonly Ticket[]> {
    const conditions = ticketConditions(ask);
    const { sql, values } = joined(conditions);
    return this.database
      .all(`SELECT ticket FROM tickets WHERE ${sql} ORDER BY cursor DESC LIMIT ?`, ...values, ask.limit)
      .map(({ ticket }) => stored<Ticket>(ticket));
  }

  async findOrderPurchases(ask: PurchaseSearch): Promise<readonly Purchase[]> {
    const { sql, values } = joined(orderConditions(ask));
    return this.database
      .all(
        `SELECT purchase FROM order_purchases WHERE ${sql} ORDER BY at DESC, id DESC LIMIT ?`,
        ...values,
        ask.limit,
      )
      .map(({ purchase }) => stored<Purchase>(purchase));
  }

  async documentsFrom({
    feed,
    collection,
    prefix,
    before,
    limit,
  }: Parameters<ReturnReads["documentsFrom"]>[0]): Promise<readonly string[]> {
    // What was published later has the higher number: nothing from there on has to be looked at.
    return this.database
      .all(
        `SELECT id FROM feed_rows WHERE feed = ? AND collection = ? AND data IS NOT NULL AND substr(id, 1, ?) = ? AND seq < coalesce(
          (SELECT seq FROM feed_rows WHERE feed = ? AND collection = ? AND at >= ? ORDER BY seq LIMIT 1), 9e15) ORDER BY seq LIMIT ?`,
        feed,
        collection,
        prefix.length,
        prefix,
        feed,
        collection,
        before,
        limit,
      )
      .map(({ id }) => String(id));
  }
}

function ticketConditions({ text, customer, variant, day, paidMinor }: PurchaseSearch): readonly Condition[] {
  const named: Condition[] = [];
  if (text !== null)
    named.push({
      sql: `cursor IN (SELECT cursor FROM tickets WHERE number = ?
        UNION SELECT t.cursor FROM approvals a JOIN tickets t ON t.id = a.ticket WHERE a.code = ?
        UNION SELECT t.cursor FROM tickets t WHERE t.customer IN (${CARD_HOLDERS}))`,
      values: [text, text, text],
    });
  if (customer !== null) named.push({ sql: "customer = ?", values: [customer] });
  if (variant !== null)
    named.push({
      sql: "id IN (SELECT cause FROM movements WHERE store IN (SELECT id FROM stores) AND variant = ?)",
      values: [variant],
    });
  if (day !== null) named.push({ sql: "store IN (SELECT id FROM stores) AND day = ?", values: [day] });
  const inOrder: readonly Condition[] =
    named.length > 0
      ? named
      : [
          {
            sql: "cursor > (SELECT coalesce(max(cursor), 0) FROM tickets) - ?",
            values: [NEWEST_TICKETS],
          },
        ];
  return paidMinor === null ? inOrder : [...inOrder, { sql: "total_minor = ?", values: [paidMinor] }];
}

function orderConditions({ text, customer, variant, day, paidMinor }: PurchaseSearch): readonly Condition[] {
  const named: Condition[] = [];
  if (text !== null)
    named.push({
      sql: `id IN (SELECT id FROM order_purchases WHERE number = ? UNION SELECT id FROM order_purchases WHERE external_id = ?
        UNION SELECT o.order_id FROM order_tickets o JOIN tickets t ON t.id = o.ticket WHERE t.number = ?
        UNION SELECT o.order_id FROM order_tickets o JOIN approvals a ON a.ticket = o.ticket WHERE a.code = ?
        UNION SELECT id FROM order_purchases WHERE customer IN (${CARD_HOLDERS}))`,
      values: [text, text, text, text, text],
    });
  if (customer !== null) named.push({ sql: "customer = ?", values: [customer] });
  if (variant !== null)
    named.push({
      sql: "EXISTS (SELECT 1 FROM json_each(purchase, '$.lines') line WHERE line.value ->> 'variant' = ?)",
      values: [variant],
    });
  if (day !== null) named.push({ sql: "day = ?", values: [day] });
  if (paidMinor !== null)
    named.push({ sql: "(paid_minor = ? OR settled_minor = ?)", values: [paidMinor, paidMinor] });
  return named;
}

function joined(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.length === 0 ? "1" : conditions.map(({ sql }) => `(${sql})`).join(" AND "),
    values: conditions.flatMap(({ values }) => values),
  };
}
