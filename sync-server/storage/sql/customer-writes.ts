import type { Customer } from "#domain/customer/customer.ts";
import { blockingKeys } from "#domain/customer/duplicates.ts";
import type { ChannelId, CustomerId } from "#domain/ids.ts";
import type { HistoryRef } from "../../customers/port.ts";
import { CUSTOMER_COLUMNS } from "./customer-columns.ts";
import { insertRows } from "./insert-rows.ts";
import { SqlReads } from "./reads.ts";
import type { RetailersWord } from "./sync-reads.ts";

/** The acts on customers, and whose each ticket and order is; and how what the retailer decides is kept. */
export class SqlCustomerWrites extends SqlReads {
  /** Null: nothing is decided any more. */
  protected async putRetailers(name: RetailersWord, value: unknown): Promise<void> {
    if (value === null) await this.database.run("DELETE FROM retailer WHERE name = ?", name);
    else
      await this.database.run(
        "INSERT INTO retailer (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        JSON.stringify(value),
      );
  }

  async putCustomers(customers: readonly Customer[]): Promise<void> {
    if (customers.length === 0) return;
    await insertRows(this.database, {
      into: "customers (id, customer, name, email, card, phone, phone_tail)",
      rows: customers.map((customer) => [
        ...[customer.id, JSON.stringify(customer), CUSTOMER_COLUMNS.name(customer)],
        ...[CUSTOMER_COLUMNS.email(customer), CUSTOMER_COLUMNS.card(customer)],
        ...[CUSTOMER_COLUMNS.phone(customer), CUSTOMER_COLUMNS.phone_tail(customer)],
      ]),
      tail: `ON CONFLICT (id) DO UPDATE SET customer = excluded.customer, name = excluded.name, email = excluded.email, card = excluded.card,
        phone = excluded.phone, phone_tail = excluded.phone_tail`,
    });
    const blocks = customers.flatMap((customer) =>
      blockingKeys(customer).map((block) => [block, customer.id] as const),
    );
    this.database.send(
      `DELETE FROM customer_blocks WHERE customer IN (SELECT value FROM json_each(?1))
        AND block || ' ' || customer NOT IN (SELECT value FROM json_each(?2))`,
      JSON.stringify(customers.map(({ id }) => id)),
      JSON.stringify(blocks.map((named) => named.join(" "))),
    );
    await insertRows(this.database, {
      into: "customer_blocks (block, customer)",
      rows: blocks,
      tail: "ON CONFLICT DO NOTHING",
    });
  }

  /** Takes something out of the history of whoever's it was: it is nobody's. */
  protected async dropHistory({ kind, id }: Pick<HistoryRef, "kind" | "id">): Promise<void> {
    this.database.send("DELETE FROM customer_history WHERE kind = ? AND id = ?", kind, id);
  }

  /** Puts each into its customer's history. `channel` is an order's. */
  protected async noteHistory(
    refs: readonly (HistoryRef & { readonly customer: CustomerId; readonly channel: ChannelId | null })[],
  ): Promise<void> {
    await insertRows(this.database, {
      into: "customer_history (kind, id, customer, at, channel)",
      rows: refs.map(({ kind, id, customer, at, channel }) => [kind, id, customer, at, channel]),
      tail: "ON CONFLICT (kind, id) DO UPDATE SET customer = excluded.customer, at = excluded.at, channel = excluded.channel",
    });
  }
}
