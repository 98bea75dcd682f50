import type { Customer } from "#domain/customer/customer.ts";
import { emailKey } from "#domain/customer/email.ts";
import { phoneTail } from "#domain/customer/phone.ts";
import { type AskedCustomer, askedCustomer } from "#domain/customer/search.ts";
import { type ChannelId, type CustomerId, instant } from "#domain/ids.ts";
import type { OrderContact } from "#domain/orders/order.ts";
import type { CustomerReads, HistoryRef } from "../../customers/port.ts";
import { SqliteConnectorReads } from "./connector-reads.ts";
import { stored } from "./stored.ts";

export const HISTORY =
  "SELECT kind, id, at FROM customer_history WHERE customer = ? AND (channel IS NULL OR ? = '[]' OR channel IN (SELECT value FROM json_each(?))) ORDER BY at DESC, kind DESC, id DESC LIMIT ?";

/** Asked at every order. */
export const CUSTOMERS_LIKE =
  "SELECT customer FROM customers WHERE (email <> '' AND email = ?) OR (phone_tail <> '' AND phone_tail = ?) ORDER BY id";

interface Where {
  readonly sql: string;
  readonly values: readonly string[];
}

/** Customers, and where what they bought and ordered stands. */
export class SqliteCustomerReads extends SqliteConnectorReads implements CustomerReads {
  async customer(id: CustomerId): Promise<Customer | null> {
    const row = this.database.get("SELECT customer FROM customers WHERE id = ?", id);
    return row === undefined ? null : stored<Customer>(row.customer);
  }

  async searchCustomers({ search, offset, limit }: Parameters<CustomerReads["searchCustomers"]>[0]): Promise<{
    readonly customers: readonly Customer[];
    readonly total: number;
  }> {
    const asked = askedCustomer(search);
    if (asked === null && search.trim() !== "") return { customers: [], total: 0 };
    const { sql, values } = asked === null ? { sql: "TRUE", values: [] } : whereFits(asked);
    const total = this.database.get(`SELECT count(*) AS n FROM customers WHERE ${sql}`, ...values)?.n;
    const rows = this.database.all(
      `SELECT customer FROM customers WHERE ${sql} ORDER BY name, id LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    );
    return { customers: rows.map((row) => stored<Customer>(row.customer)), total: Number(total) };
  }

  async customersLike({ email, phone }: Pick<OrderContact, "email" | "phone">): Promise<readonly Customer[]> {
    const address = emailKey(email) ?? "";
    const tail = phoneTail(phone) ?? "";
    return this.database.all(CUSTOMERS_LIKE, address, tail).map((row) => stored<Customer>(row.customer));
  }

  async historyOf({
    customer,
    channels,
    limit,
  }: Parameters<CustomerReads["historyOf"]>[0]): Promise<readonly HistoryRef[]> {
    const named = JSON.stringify(channels);
    return this.database.all(HISTORY, customer, named, named, limit).map((row) => ({
      // Only what puts tickets and orders writes it.
      kind: String(row.kind) as HistoryRef["kind"],
      id: String(row.id),
      at: instant(Number(row.at)),
    }));
  }

  async hasOrderedThrough({
    customer,
    channels,
  }: {
    readonly customer: CustomerId;
    readonly channels: readonly ChannelId[];
  }): Promise<boolean> {
    const found = this.database.get(
      "SELECT 1 FROM customer_history WHERE customer = ? AND channel IN (SELECT value FROM json_each(?)) LIMIT 1",
      customer,
      JSON.stringify(channels),
    );
    return found !== undefined;
  }
}

/** The same customers that the till finds: `customerFit` above zero. */
function whereFits({ text, words, card, phone }: AskedCustomer): Where {
  const inName = words.map(() => "instr(name, ?) > 0").join(" AND ");
  const inPhone = "instr(phone, ?) > 0 OR (length(phone) >= 6 AND substr(?, -length(phone)) = phone)";
  return {
    sql: `((${inName}) OR instr(email, ?) > 0 OR (card <> '' AND substr(card, 1, length(?)) = ?) OR (? <> '' AND (${inPhone})))`,
    values: [...words, text, card, card, phone, phone, phone],
  };
}
