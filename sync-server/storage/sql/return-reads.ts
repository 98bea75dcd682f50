import { cardKey } from "#domain/customer/card.ts";
import type { OrderId } from "#domain/ids.ts";
import { type Purchase, type PurchaseRef, purchaseKey } from "#domain/returns/purchase.ts";
import type { Returned } from "#domain/returns/returned.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { PurchaseSearch, ReturnReads } from "../../returns/port.ts";
import { askedStores } from "./asked-stores.ts";
import { placeOfFeed } from "./feed-tables.ts";
import { SqlMailReturnReads } from "./mail-return-reads.ts";
import { stored } from "./stored.ts";
import { joinTicket, TICKETS_BY_PLACE } from "./ticket-places.ts";

/** Where nothing is named by which tickets are kept in order, only so many of the newest are looked through. */
const NEWEST_TICKETS = 20_000;

type Value = string | number;
interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** What belongs to whoever has the card, by its number as cards are compared. */
const OF_CARD =
  "SELECT h.id FROM customers c CROSS JOIN customer_history h ON h.customer IN (SELECT c.id UNION SELECT f.former FROM former_customers f WHERE f.customer = c.id) WHERE c.card <> '' AND c.card = ?";
/** Under whatever id the person was known. */
const OF_CUSTOMER = `WITH RECURSIVE person(id) AS (SELECT coalesce((SELECT customer FROM former_customers WHERE former = who.id), who.id) FROM (SELECT ? AS id) who
    UNION SELECT f.former FROM former_customers f JOIN person ON f.customer = person.id)
  SELECT id FROM customer_history WHERE customer IN (SELECT id FROM person)`;

/** What was bought and what came back of it. */
export class SqlReturnReads extends SqlMailReturnReads implements ReturnReads {
  async returned(purchase: PurchaseRef): Promise<Returned | null> {
    const row = await this.database.get(
      "SELECT data FROM returned WHERE purchase = ?",
      purchaseKey(purchase),
    );
    return row === undefined ? null : stored<Returned>(row.data);
  }

  async everReturned(purchases: readonly PurchaseRef[]): Promise<readonly PurchaseRef[]> {
    const rows = await this.database.all(
      "SELECT purchase FROM returned WHERE purchase IN (SELECT value FROM json_each(?))",
      JSON.stringify(purchases.map(purchaseKey)),
    );
    const keys = new Set(rows.map(({ purchase }) => String(purchase)));
    return purchases.filter((each) => keys.has(purchaseKey(each)));
  }

  async orderPurchase(order: OrderId): Promise<Purchase | null> {
    const row = await this.database.get("SELECT purchase FROM order_purchases WHERE id = ?", order);
    return row === undefined ? null : stored<Purchase>(row.purchase);
  }

  async ticketsPaying(order: OrderId): Promise<readonly Ticket[]> {
    return (
      await this.database.all(
        `SELECT t.ticket FROM order_tickets o ${joinTicket("o.ticket")} WHERE o.order_id = ? ORDER BY t.cursor`,
        order,
      )
    ).map(({ ticket }) => stored<Ticket>(ticket));
  }

  async findTickets(ask: PurchaseSearch): Promise<readonly Ticket[]> {
    const { sql, values } = joined([...ticketConditions(ask), ...ofStores("p.store", ask)]);
    return (
      await this.database.all(
        `SELECT t.ticket FROM ${TICKETS_BY_PLACE} WHERE ${sql} ORDER BY p.cursor DESC LIMIT ?`,
        ...values,
        ask.limit,
      )
    ).map(({ ticket }) => stored<Ticket>(ticket));
  }

  async findOrderPurchases(ask: PurchaseSearch): Promise<readonly Purchase[]> {
    const { sql, values } = joined([...orderConditions(ask), ...ofStores("purchase ->> 'store'", ask)]);
    return (
      await this.database.all(
        `SELECT purchase FROM order_purchases WHERE ${sql} ORDER BY at DESC, id DESC LIMIT ?`,
        ...values,
        ask.limit,
      )
    ).map(({ purchase }) => stored<Purchase>(purchase));
  }

  async documentsFrom({
    feed,
    collection,
    prefix,
    before,
    limit,
  }: Parameters<ReturnReads["documentsFrom"]>[0]): Promise<readonly string[]> {
    // What was published later has the higher number: nothing from there on has to be looked at.
    const { rows, is, values } = placeOfFeed(feed);
    return (
      await this.database.all(
        `SELECT id FROM ${rows} WHERE ${is} AND collection = ? AND data IS NOT NULL AND substr(id, 1, length(?)) = ? AND seq < coalesce(
          (SELECT seq FROM ${rows} WHERE ${is} AND collection = ? AND at >= ? ORDER BY seq LIMIT 1), 9000000000000000) ORDER BY seq LIMIT ?`,
        ...values,
        collection,
        prefix,
        prefix,
        ...values,
        collection,
        before,
        limit,
      )
    ).map(({ id }) => String(id));
  }
}

function ticketConditions({ text, customer, variant, day, paidMinor }: PurchaseSearch): readonly Condition[] {
  const named: Condition[] = [];
  if (text !== null)
    named.push({
      sql: `p.cursor IN (SELECT cursor FROM ticket_places WHERE number = ?
        UNION SELECT found.cursor FROM approvals a JOIN ticket_places found ON found.id = a.ticket WHERE a.code = ?
        UNION SELECT cursor FROM ticket_places WHERE id IN (${OF_CARD} AND h.kind = 'ticket'))`,
      values: [text, text, cardKey(text) ?? ""],
    });
  if (customer !== null)
    named.push({ sql: `p.id IN (${OF_CUSTOMER} AND kind = 'ticket')`, values: [customer] });
  if (variant !== null)
    named.push({
      sql: "p.id IN (SELECT cause FROM movements WHERE store IN (SELECT id FROM stores) AND variant = ?)",
      values: [variant],
    });
  if (day !== null) named.push({ sql: "t.store IN (SELECT id FROM stores) AND t.day = ?", values: [day] });
  const inOrder: readonly Condition[] =
    named.length > 0
      ? named
      : [
          {
            sql: "p.cursor > (SELECT coalesce(max(cursor), 0) FROM ticket_places) - ?",
            values: [NEWEST_TICKETS],
          },
        ];
  return paidMinor === null ? inOrder : [...inOrder, { sql: "t.total_minor = ?", values: [paidMinor] }];
}

function orderConditions({ text, customer, variant, day, paidMinor }: PurchaseSearch): readonly Condition[] {
  const named: Condition[] = [];
  if (text !== null)
    named.push({
      sql: `id IN (SELECT id FROM order_purchases WHERE number = ? UNION SELECT id FROM order_purchases WHERE external_id = ?
        UNION SELECT o.order_id FROM order_tickets o JOIN ticket_places t ON t.id = o.ticket WHERE t.number = ?
        UNION SELECT o.order_id FROM order_tickets o JOIN approvals a ON a.ticket = o.ticket WHERE a.code = ?
        UNION ${OF_CARD} AND h.kind = 'order')`,
      values: [text, text, text, text, cardKey(text) ?? ""],
    });
  if (customer !== null) named.push({ sql: `id IN (${OF_CUSTOMER} AND kind = 'order')`, values: [customer] });
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

function ofStores(column: string, { store = null }: PurchaseSearch): readonly Condition[] {
  const asked = askedStores(store);
  return asked === null ? [] : [{ sql: `${column} IN (SELECT value FROM json_each(?))`, values: [asked] }];
}

function joined(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.length === 0 ? "TRUE" : conditions.map(({ sql }) => `(${sql})`).join(" AND "),
    values: conditions.flatMap(({ values }) => values),
  };
}
