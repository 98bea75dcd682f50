import { type CustomerId, type EntryId, type Instant, idOf } from "#domain/ids.ts";
import type {
  CustomerEdit,
  CustomerMerge,
  CustomerRules,
  DuplicateRecord,
  ProfileWrites,
} from "../../customers/records.ts";
import { SqlCustomerWrites } from "./customer-writes.ts";
import { insertReturning, insertRows } from "./insert-rows.ts";
import { inOrder } from "./profile-reads.ts";

const THESE = "(SELECT value FROM json_each(?))";

/** The acts on what belongs to a profile besides itself. */
export class SqlProfileWrites extends SqlCustomerWrites implements ProfileWrites {
  async removeCustomer(id: CustomerId): Promise<void> {
    await this.database.run("DELETE FROM customers WHERE id = ?", id);
    await this.database.run("DELETE FROM customer_blocks WHERE customer = ?", id);
    await this.database.run("DELETE FROM customers_heard WHERE customer = ?", id);
  }

  async putFormerIds(customer: CustomerId, former: readonly CustomerId[]): Promise<void> {
    await this.database.run(
      "DELETE FROM former_customers WHERE customer = ? OR former = ?",
      customer,
      customer,
    );
    for (const id of former)
      await this.database.run(
        "INSERT INTO former_customers (former, customer) VALUES (?, ?) ON CONFLICT (former) DO UPDATE SET customer = excluded.customer",
        id,
        customer,
      );
  }

  async addCustomerEdit(edit: CustomerEdit): Promise<boolean> {
    const added = await this.database.run(
      "INSERT INTO customer_edits (id, customer, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      edit.id,
      edit.customer,
      JSON.stringify(edit),
    );
    return added === 1;
  }

  async putCustomerKey({
    entry,
    customer,
    key,
  }: {
    readonly entry: EntryId;
    readonly customer: CustomerId;
    readonly key: string;
  }): Promise<void> {
    await this.database.run(
      "INSERT INTO customer_keys (entry, customer, key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      entry,
      customer,
      key,
    );
  }

  async putCustomerMerge(merge: CustomerMerge): Promise<void> {
    await this.database.run(
      `INSERT INTO customer_merges (id, survivor, former, data) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data`,
      merge.id,
      merge.pair.survivor.id,
      merge.pair.former.id,
      JSON.stringify(merge),
    );
  }

  async putDuplicate(duplicate: Omit<DuplicateRecord, "isDismissed">): Promise<void> {
    const [one, other] = inOrder(duplicate);
    await this.database.run(
      `INSERT INTO duplicates (one, other, score, reasons, dismissed) VALUES (?, ?, ?, ?, 0)
        ON CONFLICT (one, other) DO UPDATE SET score = excluded.score, reasons = excluded.reasons`,
      one,
      other,
      duplicate.score,
      JSON.stringify(duplicate.reasons),
    );
  }

  async dismissDuplicate(pair: Pick<DuplicateRecord, "one" | "other">): Promise<boolean> {
    const [one, other] = inOrder(pair);
    return (
      (await this.database.run(
        "UPDATE duplicates SET dismissed = 1 WHERE one = ? AND other = ?",
        one,
        other,
      )) === 1
    );
  }

  async dropDuplicatesOf(customer: CustomerId): Promise<void> {
    await this.database.run(
      "DELETE FROM duplicates WHERE (one = ? OR other = ?) AND dismissed = 0",
      customer,
      customer,
    );
  }

  async noteCustomerStores(
    known: Parameters<ProfileWrites["noteCustomerStores"]>[0],
  ): Promise<ReadonlySet<CustomerId>> {
    const added = await insertReturning(this.database, {
      into: "customer_stores (customer, store)",
      rows: known.map(({ customer, store }) => [customer, store]),
      tail: "ON CONFLICT DO NOTHING RETURNING customer",
    });
    return new Set(added.map(({ customer }) => idOf<"Customer">(String(customer))));
  }

  async noteCustomersKnown(customers: readonly CustomerId[], at: Instant): Promise<void> {
    await insertRows(this.database, {
      into: "customers_heard (customer, at)",
      rows: customers.map((customer) => [customer, at]),
      tail: "ON CONFLICT DO NOTHING",
    });
  }

  async noteCustomerHeard(customer: CustomerId, at: Instant): Promise<void> {
    await this.database.run(
      "INSERT INTO customers_heard (customer, at) VALUES (?, ?) ON CONFLICT (customer) DO UPDATE SET at = max(customers_heard.at, excluded.at)",
      customer,
      at,
    );
  }

  async putShopCustomer({
    channel,
    externalId,
    customer,
    isProven,
  }: Parameters<ProfileWrites["putShopCustomer"]>[0]): Promise<void> {
    await this.database.run(
      `INSERT INTO shop_customers (channel, external_id, customer, proven) VALUES (?, ?, ?, ?)
        ON CONFLICT (channel, external_id) DO UPDATE SET customer = excluded.customer, proven = excluded.proven`,
      channel,
      externalId,
      customer,
      isProven ? 1 : 0,
    );
  }

  async doubtAccounts(of: readonly CustomerId[]): Promise<void> {
    await this.database.run(
      `UPDATE shop_customers SET proven = 0 WHERE customer IN ${THESE}`,
      JSON.stringify(of),
    );
  }

  async putCustomerRules(rules: CustomerRules): Promise<void> {
    await this.putRetailers("customers", rules);
  }

  async eraseCustomers(ids: readonly CustomerId[], at: Instant): Promise<void> {
    const these = JSON.stringify(ids);
    await this.database.run(
      `DELETE FROM mails WHERE ticket IN (SELECT id FROM customer_history WHERE kind = 'ticket' AND customer IN ${THESE})
        OR ticket IN (SELECT t.ticket FROM customer_history h JOIN order_tickets t ON t.order_id = h.id WHERE h.kind = 'order' AND h.customer IN ${THESE})`,
      these,
      these,
    );
    for (const [table, column] of NAMING)
      await this.database.run(`DELETE FROM ${table} WHERE ${column} IN ${THESE}`, these);
    for (const id of ids)
      await this.database.run(
        "INSERT INTO customers_erased (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        id,
        at,
      );
  }
}

/** Wherever something stands of a customer alone. */
const NAMING = [
  ["customers", "id"],
  ["customer_blocks", "customer"],
  ["customers_heard", "customer"],
  ["customer_keys", "customer"],
  ["customer_edits", "customer"],
  ["customer_merges", "survivor"],
  ["customer_merges", "former"],
  ["former_customers", "former"],
  ["former_customers", "customer"],
  ["customer_stores", "customer"],
  ["shop_customers", "customer"],
  ["duplicates", "one"],
  ["duplicates", "other"],
  ["customer_history", "customer"],
] as const;
