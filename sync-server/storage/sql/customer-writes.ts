import type { Customer } from "#domain/customer/customer.ts";
import type { ChannelId, CustomerId } from "#domain/ids.ts";
import type { HistoryRef } from "../../customers/port.ts";
import { CUSTOMER_COLUMNS } from "./customer-columns.ts";
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

  async putCustomer(customer: Customer): Promise<void> {
    await this.database.run(
      `INSERT INTO customers (id, customer, name, email, card, phone, phone_tail) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET customer = excluded.customer, name = excluded.name, email = excluded.email, card = excluded.card,
        phone = excluded.phone, phone_tail = excluded.phone_tail`,
      customer.id,
      JSON.stringify(customer),
      CUSTOMER_COLUMNS.name(customer),
      CUSTOMER_COLUMNS.email(customer),
      CUSTOMER_COLUMNS.card(customer),
      CUSTOMER_COLUMNS.phone(customer),
      CUSTOMER_COLUMNS.phone_tail(customer),
    );
    const blocks = CUSTOMER_COLUMNS.blocks(customer);
    await this.database.run(
      "DELETE FROM customer_blocks WHERE customer = ? AND block NOT IN (SELECT value FROM json_each(?))",
      customer.id,
      blocks,
    );
    await this.database.run(
      "INSERT INTO customer_blocks (block, customer) SELECT value, ? FROM json_each(?) WHERE true ON CONFLICT DO NOTHING",
      customer.id,
      blocks,
    );
  }

  /** Puts something into its customer's history, or takes it out where it is nobody's. `channel` is an order's. */
  protected async noteHistory(
    { kind, id, at }: HistoryRef,
    { customer, channel }: { readonly customer: CustomerId | null; readonly channel: ChannelId | null },
  ): Promise<void> {
    if (customer === null) {
      this.database.send("DELETE FROM customer_history WHERE kind = ? AND id = ?", kind, id);
      return;
    }
    await this.database.run(
      `INSERT INTO customer_history (kind, id, customer, at, channel) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (kind, id) DO UPDATE SET customer = excluded.customer, at = excluded.at, channel = excluded.channel`,
      kind,
      id,
      customer,
      at,
      channel,
    );
  }
}
