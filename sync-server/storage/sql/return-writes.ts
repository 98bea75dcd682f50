import type { Purchase } from "#domain/returns/purchase.ts";
import { purchaseKey } from "#domain/returns/purchase.ts";
import type { Returned } from "#domain/returns/returned.ts";
import { orderLineOf, type Ticket } from "#domain/ticket/ticket.ts";
import type { ReturnWrites } from "../../returns/port.ts";
import { insertRows } from "./insert-rows.ts";
import { SqlMailReturnWrites } from "./mail-return-writes.ts";

/** The acts on what was bought and came back. */
export class SqlReturnWrites extends SqlMailReturnWrites implements ReturnWrites {
  async putReturned(returned: Returned): Promise<void> {
    await this.database.run(
      "INSERT INTO returned (purchase, data) VALUES (?, ?) ON CONFLICT (purchase) DO UPDATE SET data = excluded.data",
      purchaseKey(returned.purchase),
      JSON.stringify(returned),
    );
  }

  async putOrderPurchase(
    purchase: Purchase,
    { externalId, paidMinor }: { readonly externalId: string; readonly paidMinor: number },
  ): Promise<void> {
    const { ref, number, day, settled, at } = purchase;
    await this.database.run(
      `INSERT INTO order_purchases (id, number, external_id, day, paid_minor, settled_minor, at, purchase) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET paid_minor = excluded.paid_minor, settled_minor = excluded.settled_minor,
          purchase = excluded.purchase`,
      ref.id,
      number,
      externalId,
      day,
      paidMinor,
      settled.minor,
      at,
      JSON.stringify(purchase),
    );
  }

  /** By what else tickets are found: as returns, by the cards they were paid with, and by the orders that they pay. */
  protected async noteFoundBy(tickets: readonly Ticket[]): Promise<void> {
    for (const ticket of tickets) await this.logTillReturn(ticket);
    await insertRows(this.database, {
      into: "approvals (code, ticket)",
      rows: tickets.flatMap(({ id, tenders }) =>
        tenders.flatMap((tender) =>
          tender.kind === "card" && tender.approvalCode !== "" ? [[tender.approvalCode, id]] : [],
        ),
      ),
      tail: "ON CONFLICT DO NOTHING",
    });
    await insertRows(this.database, {
      into: "order_tickets (order_id, ticket)",
      rows: tickets.flatMap(({ id, lines }) =>
        [...new Set(lines.flatMap((line) => orderLineOf(line)?.order ?? []))].map((order) => [order, id]),
      ),
    });
  }
}
