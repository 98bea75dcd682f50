import type { Instant, StoreId } from "#domain/ids.ts";
import type { MailReturn } from "#domain/returns/mail-return.ts";
import type { ReturnPolicy } from "#domain/returns/policy.ts";
import type { Purchase } from "#domain/returns/purchase.ts";
import { purchaseKey } from "#domain/returns/purchase.ts";
import type { Returned } from "#domain/returns/returned.ts";
import { orderLineOf, type Ticket } from "#domain/ticket/ticket.ts";
import type { ReturnLogEntry, ReturnWrites } from "../../returns/port.ts";
import { SqliteConnectorWrites } from "./connector-writes.ts";
import { mailReturnWords, returnWords } from "./search-words.ts";

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

  async putMailReturn(mailReturn: MailReturn): Promise<void> {
    const { id, channel, externalId, purchase, state, arriveBy, announcedAt, arrivals } = mailReturn;
    this.database.run(
      `INSERT INTO mail_returns (id, channel, external_id, purchase, state, arrive_by, data) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, data = excluded.data`,
      id,
      channel,
      externalId,
      purchaseKey(purchase.ref),
      state,
      arriveBy,
      JSON.stringify(mailReturn),
    );
    this.#log({
      entry: { id, kind: "mail" },
      at: announcedAt,
      store: arrivals.at(-1)?.store ?? null,
      state,
      words: mailReturnWords(mailReturn),
    });
  }

  #log({
    entry: { id, kind },
    at,
    store,
    state,
    words,
  }: {
    readonly entry: ReturnLogEntry;
    readonly at: Instant;
    readonly store: StoreId | null;
    readonly state: MailReturn["state"] | null;
    readonly words: string;
  }): void {
    this.database.run(
      `INSERT INTO return_log (id, kind, at, store, state, words) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET store = excluded.store, state = excluded.state, words = excluded.words`,
      id,
      kind,
      at,
      store,
      state,
      words,
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

  /** By what else a ticket is found: as a return, by the cards it was paid with, and by the orders that it pays. */
  protected noteFoundBy(ticket: Ticket): void {
    const { id, tenders, lines, store, completedAt: at } = ticket;
    if (lines.some(({ kind }) => kind === "return"))
      this.#log({ entry: { id, kind: "till" }, at, store, state: null, words: returnWords(ticket) });
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
