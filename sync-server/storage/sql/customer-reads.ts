import type { Customer } from "#domain/customer/customer.ts";
import { emailKey } from "#domain/customer/email.ts";
import { phoneTail } from "#domain/customer/phone.ts";
import { type AskedCustomer, askedCustomer } from "#domain/customer/search.ts";
import { type ChannelId, type CustomerId, idOf, instant } from "#domain/ids.ts";
import type { OrderContact } from "#domain/orders/order.ts";
import type { CustomerReads, CustomersFound, HistoryRef } from "../../customers/port.ts";
import { SqlConnectorReads } from "./connector-reads.ts";
import { stored } from "./stored.ts";

/** Whoever asks for a former id means the profile that it is part of by now. */
const NOW_CALLED =
  "SELECT customer FROM customers WHERE id = coalesce((SELECT customer FROM former_customers WHERE former = ?1), ?1)";

/** The same for each of a list. */
const CUSTOMERS_NAMED = `SELECT named.value AS id, (SELECT c.customer FROM customers c
    WHERE c.id = coalesce((SELECT f.customer FROM former_customers f WHERE f.former = named.value), named.value)) AS customer
  FROM json_each(?) named`;

const OF_SEVERAL =
  "SELECT kind, id, at FROM customer_history WHERE customer IN (SELECT value FROM json_each(?)) AND (channel IS NULL OR ? = '[]' OR channel IN (SELECT value FROM json_each(?))) ORDER BY at DESC, kind DESC, id DESC LIMIT ?";

export const HISTORY =
  "SELECT kind, id, at FROM customer_history WHERE customer = ? AND (channel IS NULL OR ? = '[]' OR channel IN (SELECT value FROM json_each(?))) ORDER BY at DESC, kind DESC, id DESC LIMIT ?";

/** Asked at every order. */
export const CUSTOMERS_LIKE =
  "SELECT customer FROM customers WHERE (email <> '' AND email = ?) OR (phone_tail <> '' AND phone_tail = ?) ORDER BY id";

/** A page of those that fit: looked for in an index that has all they are found by, so that only the profiles that are shown are read. */
export function customersPage(fits: string): string {
  return `SELECT c.customer FROM (SELECT id, name FROM customers WHERE ${fits} ORDER BY name, id LIMIT ? OFFSET ?) found
    CROSS JOIN customers c ON c.id = found.id ORDER BY found.name, found.id`;
}

interface Where {
  readonly sql: string;
  readonly values: readonly string[];
}

const EVERYBODY: Where = { sql: "TRUE", values: [] };

/** Customers, and where what they bought and ordered stands. */
export class SqlCustomerReads extends SqlConnectorReads implements CustomerReads {
  async customer(id: CustomerId): Promise<Customer | null> {
    const row = await this.database.get(NOW_CALLED, id);
    return row === undefined ? null : stored<Customer>(row.customer);
  }

  async customersNamed(ids: readonly CustomerId[]): Promise<ReadonlyMap<CustomerId, Customer>> {
    const found = await this.database.all(CUSTOMERS_NAMED, JSON.stringify([...new Set(ids)]));
    return new Map(
      found.flatMap(({ id, customer }) =>
        customer === null ? [] : [[idOf<"Customer">(String(id)), stored<Customer>(customer)]],
      ),
    );
  }

  async customerIds(id: CustomerId): Promise<readonly CustomerId[]> {
    const row = await this.database.get("SELECT customer FROM former_customers WHERE former = ?", id);
    const now = row === undefined ? id : idOf<"Customer">(String(row.customer));
    const former = await this.database.all(
      "SELECT former FROM former_customers WHERE customer = ? ORDER BY former",
      now,
    );
    return [now, ...former.map((each) => idOf<"Customer">(String(each.former)))];
  }

  async searchCustomers({
    search,
    offset,
    limit,
  }: Parameters<CustomerReads["searchCustomers"]>[0]): Promise<CustomersFound> {
    const asked = askedCustomer(search);
    const isSearch = search.trim() !== "";
    if (asked === null && isSearch) return { customers: [], total: null, hasMore: false };
    const { sql, values } = asked === null ? EVERYBODY : whereFits(asked);
    const rows = await this.database.all(customersPage(sql), ...values, limit + 1, offset);
    return {
      customers: rows.slice(0, limit).map((row) => stored<Customer>(row.customer)),
      total: isSearch ? null : Number((await this.database.get("SELECT count(*) AS n FROM customers"))?.n),
      hasMore: rows.length > limit,
    };
  }

  async customersLike({ email, phone }: Pick<OrderContact, "email" | "phone">): Promise<readonly Customer[]> {
    const address = emailKey(email) ?? "";
    const tail = phoneTail(phone) ?? "";
    return (await this.database.all(CUSTOMERS_LIKE, address, tail)).map((row) =>
      stored<Customer>(row.customer),
    );
  }

  async historyOf({
    customer,
    channels,
    limit,
  }: Parameters<CustomerReads["historyOf"]>[0]): Promise<readonly HistoryRef[]> {
    const named = JSON.stringify(channels);
    const ids = await this.customerIds(customer);
    const [sql, whose] = ids.length === 1 ? [HISTORY, ids[0] ?? customer] : [OF_SEVERAL, JSON.stringify(ids)];
    return (await this.database.all(sql, whose, named, named, limit)).map((row) => ({
      // Only what puts tickets and orders writes it.
      kind: String(row.kind) as HistoryRef["kind"],
      id: String(row.id),
      at: instant(Number(row.at)),
    }));
  }

  async isNamedThrough({
    customer,
    channels,
  }: {
    readonly customer: CustomerId;
    readonly channels: readonly ChannelId[];
  }): Promise<boolean> {
    const found = await this.database.get(
      `SELECT 1 FROM customer_history h JOIN orders o ON o.id = h.id
        WHERE h.customer IN (SELECT value FROM json_each(?)) AND h.kind = 'order' AND h.channel IN (SELECT value FROM json_each(?)) AND o.data -> 'namesCustomer' = 'true' LIMIT 1`,
      JSON.stringify(await this.customerIds(customer)),
      JSON.stringify(channels),
    );
    return found !== undefined;
  }
}

/** The same customers that the till finds: `customerFit` above zero. */
export function whereFits({ text, words, card, phone }: AskedCustomer): Where {
  const inName = words.map(() => "instr(name, ?) > 0").join(" AND ");
  const inPhone =
    "instr(phone, ?) > 0 OR (length(phone) >= 6 AND length(?) >= length(phone) AND substr(?, length(?) - length(phone) + 1) = phone)";
  return {
    sql: `((${inName}) OR instr(email, ?) > 0 OR (card <> '' AND substr(card, 1, length(?)) = ?) OR (? <> '' AND (${inPhone})))`,
    values: [...words, text, card, card, phone, phone, phone, phone, phone],
  };
}
