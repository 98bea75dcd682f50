import type { StoreId } from "#domain/ids.ts";
import type { ReturnPolicy } from "#domain/returns/policy.ts";
import type { Purchase } from "#domain/returns/purchase.ts";
import { purchaseKey } from "#domain/returns/purchase.ts";
import type { Returned } from "#domain/returns/returned.ts";
import { orderLineOf, type Ticket } from "#domain/ticket/ticket.ts";
import type { ReturnWrites } from "../../returns/port.ts";
import { SqliteConnectorWrites } from "./connector-writes.ts";

/** The acts on what was bought and came back. */
export class SqliteReturnWrites extends SqliteConnectorWrites implements ReturnWrites {
  async putRetailerReturnPolicy(policy: ReturnPolicy): Promise<void> {
    this.database.run(
      "INSERT INTO retailer (name, value) VALUES ('returns', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      JSON.stringify(policy),
    );
  }

  async putOwnReturnPolicy(store: StoreId, policy: ReturnPolicy | null): Promise<void> {
    if (policy === null) this.database.run("DELETE FROM store_return_policies WHERE store = ?", store);
    else
      this.database.run(
        "INSERT INTO store_return_policies (store, policy) VALUES (?, ?) ON CONFLICT (store) DO UPDATE SET policy = excluded.policy",
        store,
        JSON.stringify(policy),
      );
  }

  async putReturned(returned: Returned): Promise<void> {
    this.database.run(
      "INSERT INTO returned (purchase, data) VALUES (?, ?) ON CONFLICT (purchase) DO UPDATE SET data = excluded.data",
      purchaseKey(returned.purchase),
      JSON.stringify(returned),
    );
  }

  async putOrderPurchase(
    purchase: Purchase,
    { externalId, paidMinor }: { readonly externalId: string; readonly paidMinor: number },
  ): Promise<void> {
    const { ref, number, customer, day, settled, at } = purchase;
    this.database.run(
      `INSERT INTO order_purchases (id, number, external_id, customer, day, paid_minor, settled_minor, at, purchase) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET customer = excluded.customer, paid_minor = excluded.paid_minor, settled_minor = excluded.settled_minor,
          purchase = excluded.purchase`,
      ref.id,
      number,
      externalId,
      customer,
      day,
      paidMinor,
      settled.minor,
      at,
      JSON.stringify(purchase),
    );
  }

  /** By what else a ticket is found: the cards it was paid with, and the orders that it pays. */
  protected noteFoundBy({ id, tenders, lines }: Ticket): void {
    for (const tender of tenders)
      if (tender.kind === "card" && tender.approvalCode !== "")
        this.database.run(
          "INSERT INTO approvals (code, ticket) VALUES (?, ?) ON CONFLICT DO NOTHING",
          tender.approvalCode,
          id,
        );
    for (const order of new Set(lines.flatMap((line) => orderLineOf(line)?.order ?? [])))
      this.database.run("INSERT INTO order_tickets (order_id, ticket) VALUES (?, ?)", order, id);
  }
}
