import type { Instant, StoreId } from "#domain/ids.ts";
import type { MailReturn } from "#domain/returns/mail-return.ts";
import type { ReturnPolicy } from "#domain/returns/policy.ts";
import { purchaseKey } from "#domain/returns/purchase.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { MailReturnWrites, ReturnLogEntry } from "../../returns/mail-port.ts";
import { SqlCaseWrites } from "./case-writes.ts";
import { mailReturnWords, returnWords } from "./search-words.ts";

/** The acts on returns by mail, on the list of all returns, and on how stores take goods back. */
export class SqlMailReturnWrites extends SqlCaseWrites implements MailReturnWrites {
  async putRetailerReturnPolicy(policy: ReturnPolicy): Promise<void> {
    await this.putRetailers("returns", policy);
  }

  async putOwnReturnPolicy(store: StoreId, policy: ReturnPolicy | null): Promise<void> {
    if (policy === null) await this.database.run("DELETE FROM store_return_policies WHERE store = ?", store);
    else
      await this.database.run(
        "INSERT INTO store_return_policies (store, policy) VALUES (?, ?) ON CONFLICT (store) DO UPDATE SET policy = excluded.policy",
        store,
        JSON.stringify(policy),
      );
  }

  async putMailReturn(mailReturn: MailReturn): Promise<void> {
    const { id, channel, externalId, purchase, state, arriveBy, announcedAt, arrivals } = mailReturn;
    await this.database.run(
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
    await this.#log({
      entry: { id, kind: "mail" },
      at: announcedAt,
      store: arrivals.at(-1)?.store ?? null,
      state,
      words: mailReturnWords(mailReturn),
    });
  }

  async #log({
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
  }): Promise<void> {
    await this.database.run(
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

  /** Puts a ticket that takes goods back onto the list of returns. */
  protected async logTillReturn(ticket: Ticket): Promise<void> {
    const { id, lines, store, completedAt: at } = ticket;
    if (!lines.some(({ kind }) => kind === "return")) return;
    await this.#log({ entry: { id, kind: "till" }, at, store, state: null, words: returnWords(ticket) });
  }
}
