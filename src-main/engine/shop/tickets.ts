import type { TicketId } from "#domain/ids.ts";
import { ok, refused } from "#domain/result.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { Receipt, TicketSummary } from "#protocol/till/receipt.ts";
import type { PendingTicket } from "../ports.ts";
import { durably } from "./durably.ts";
import type { Printing } from "./printing.ts";
import { receiptRows } from "./receipts.ts";
import type { Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** Sales of this till that are over: looked up, shown and printed again. */
export class Tickets {
  readonly #ports: ShopPorts;
  readonly #session: Session;
  readonly #printing: Printing;

  constructor(ports: ShopPorts, parts: { readonly session: Session; readonly printing: Printing }) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#printing = parts.printing;
  }

  /** Newest first. */
  async recent({ limit }: { readonly limit: number }): Promise<TicketSummary[]> {
    const found = await this.#ports.journal.recentTickets(limit);
    return found.map((each) => this.#summary(each));
  }

  async receipt({ ticket }: { readonly ticket: TicketId }): Promise<VerbAnswer<"receipt">> {
    const found = await this.#ports.journal.ticket(ticket);
    return found === null
      ? refused("noSuchTicket")
      : ok(this.receiptOf({ ticket: found.ticket, copy: false }));
  }

  /** A second receipt is a copy and says so; that it was printed stands in the journal before the paper moves. */
  async reprint({ ticket }: { readonly ticket: TicketId }): Promise<VerbAnswer<"reprint">> {
    const { journal, onTrouble } = this.#ports;
    const duty = this.#session.permitted("reprint");
    if (!duty.ok) return duty;
    const found = await journal.ticket(ticket);
    if (found === null) return refused("noSuchTicket");
    if (!this.#printing.configured) return refused("noPrinter");
    const makeFact = () => ({ type: "receipt.reprinted", ticket }) as const;
    const written = await durably(() => journal.append({ staff: duty.value.staff.id, makeFact }), onTrouble);
    if (!written.ok) return written;
    const receipt = this.receiptOf({ ticket: found.ticket, copy: true });
    this.#printing.print(receipt.rows);
    return ok(receipt);
  }

  receiptOf({ ticket, copy }: { readonly ticket: Ticket; readonly copy: boolean }): Receipt {
    const settings = this.#ports.replica.settings();
    const rows = receiptRows({ ticket, settings, copy, staffName: this.#session.nameOf(ticket.staff) });
    return { ticket: ticket.id, number: ticket.number, copy, rows: [...rows] };
  }

  #summary({ ticket, sent }: PendingTicket): TicketSummary {
    return {
      id: ticket.id,
      number: ticket.number,
      completedAt: ticket.completedAt,
      staffName: this.#session.nameOf(ticket.staff),
      pieces: ticket.lines.reduce((sum, line) => sum + line.quantity, 0),
      total: ticket.totals.due,
      sent,
    };
  }
}
