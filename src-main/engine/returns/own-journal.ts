import type { TicketId } from "#domain/ids.ts";
import { effectsOf, ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { foldReturned } from "#domain/journal/fold.ts";
import { returnPolicyOf } from "#domain/returns/policy.ts";
import { type Purchase, purchaseKey } from "#domain/returns/purchase.ts";
import { purchaseOfTicket } from "#domain/returns/purchase-of-ticket.ts";
import type { Returned } from "#domain/returns/returned.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

/** What this till itself sold and took back, as far as the replica does not say so yet. */
export class OwnJournal {
  readonly #ports: Pick<ShopPorts, "journal" | "replica">;
  /** What was pending when it was last looked at, so that days of sales without the server are gone through once. */
  #pending: readonly JournalEntry[] = [];
  #returns: readonly JournalEntry[] = [];
  #sales: readonly Ticket[] = [];

  constructor(ports: Pick<ShopPorts, "journal" | "replica">) {
    this.#ports = ports;
  }

  /** What came back of a purchase, with this till's own returns on top. */
  folded(returned: Returned): Returned {
    this.#look();
    return foldReturned({ returned, pending: this.#returns });
  }

  /** Keys of the purchases of which something came back here that the replica does not say yet. */
  takenBack(): ReadonlySet<string> {
    this.#look();
    return new Set(
      this.#returns.flatMap((entry) => effectsOf(entry).returns.map(({ purchase }) => purchaseKey(purchase))),
    );
  }

  /** What was sold here that the replica does not say yet, oldest first. */
  sold(): readonly Purchase[] {
    this.#look();
    return this.#sales.flatMap((ticket) => this.#purchaseOf(ticket) ?? []);
  }

  /** What a ticket of this till sold, however long ago; null where it is none, or sold nothing. */
  async purchase(id: TicketId): Promise<Purchase | null> {
    const found = await this.#ports.journal.ticket(id);
    return found === null ? null : this.#purchaseOf(found.ticket);
  }

  #purchaseOf(ticket: Ticket): Purchase | null {
    const policy = returnPolicyOf(this.#ports.replica.settings() ?? {});
    return purchaseOfTicket(ticket, { usualDays: policy.windowDays });
  }

  #look(): void {
    const pending = this.#ports.journal.pendingFor("receipts");
    if (pending === this.#pending) return;
    this.#pending = pending;
    const tickets = pending.flatMap((entry) => {
      const ticket = ticketOf(entry.fact);
      return ticket === null ? [] : [{ entry, ticket }];
    });
    this.#sales = tickets.map(({ ticket }) => ticket);
    this.#returns = tickets.flatMap(({ entry, ticket }) => (ticket.returning === undefined ? [] : [entry]));
  }
}
