import type { TicketId } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { sellsGiftCards } from "#domain/receipt/credit-rows.ts";
import type { ReceiptOrder } from "#domain/receipt/order-rows.ts";
import { type ReceiptKind, receiptRows } from "#domain/receipt/receipt-rows.ts";
import { ok, refused } from "#domain/result.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { valueKindOf } from "#domain/value/credit-code.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { Receipt, TicketSummary } from "#protocol/till/receipt.ts";
import type { CustomerBook } from "../customers/customer-book.ts";
import type { PendingTicket } from "../ports.ts";
import type { ReceiptCodes } from "../returns/receipt-codes.ts";
import { durably } from "./durably.ts";
import type { Printing } from "./printing.ts";
import type { Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** Sales of this till that are over: looked up, shown and printed again. */
export class Tickets {
  readonly #ports: ShopPorts;
  readonly #session: Session;
  readonly #printing: Printing;
  readonly #codes: Pick<ReceiptCodes, "codeOf">;
  readonly #customers: Pick<CustomerBook, "languageOf">;
  readonly #orderOf: (fact: Fact) => ReceiptOrder | null;

  constructor(
    ports: ShopPorts,
    parts: {
      readonly session: Session;
      readonly printing: Printing;
      readonly codes: Pick<ReceiptCodes, "codeOf">;
      readonly customers: Pick<CustomerBook, "languageOf">;
      /** What a receipt says of the order in a fact. */
      readonly orderOf: (fact: Fact) => ReceiptOrder | null;
    },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#printing = parts.printing;
    this.#codes = parts.codes;
    this.#customers = parts.customers;
    this.#orderOf = parts.orderOf;
  }

  /** Newest first. */
  async recent({ limit }: { readonly limit: number }): Promise<TicketSummary[]> {
    const found = await this.#ports.journal.recentTickets(limit);
    return found.map((each) => this.#summary(each));
  }

  async receipt({ ticket }: { readonly ticket: TicketId }): Promise<VerbAnswer<"receipt">> {
    const found = await this.#ports.journal.ticket(ticket);
    return found === null ? refused("noSuchTicket") : ok(this.receiptOf({ ...found, kind: "receipt" }));
  }

  /** A second receipt is a copy and says so, one for a gift has no prices; that it was printed stands in the journal before the paper moves. */
  async reprint({
    ticket,
    kind,
  }: {
    readonly ticket: TicketId;
    readonly kind: Exclude<ReceiptKind, "receipt" | "giftCard">;
  }): Promise<VerbAnswer<"reprint">> {
    const { journal, onTrouble } = this.#ports;
    const duty = this.#session.permitted("reprint");
    if (!duty.ok) return duty;
    const found = await journal.ticket(ticket);
    if (found === null) return refused("noSuchTicket");
    if (kind === "credit" && !givesCredit(found.ticket)) return refused("noCredit");
    if (!this.#printing.configured) return refused("noPrinter");
    const makeFact = () => ({ type: "receipt.reprinted", ticket }) as const;
    const written = await durably(() => journal.append({ staff: duty.value.staff.id, makeFact }), onTrouble);
    if (!written.ok) return written;
    const receipt = this.receiptOf({ ...found, kind });
    this.#printing.print(receipt.rows);
    return ok(receipt);
  }

  receiptOf({
    ticket,
    entry,
    kind,
  }: Pick<PendingTicket, "ticket" | "entry"> & { readonly kind: ReceiptKind }): Receipt {
    const parts = {
      ticket,
      settings: this.#ports.replica.settings(),
      staffName: this.#session.nameOf(ticket.staff),
      order: this.#orderOf(entry.fact),
      language: ticket.customer === null ? null : this.#customers.languageOf(ticket.customer),
      training: this.#ports.training ?? false,
    };
    const code = this.#codes.codeOf(ticket, { gift: kind === "gift" });
    const rows = receiptRows({ ...parts, kind, code });
    const giftCards =
      kind === "receipt" && sellsGiftCards(ticket) ? [...receiptRows({ ...parts, kind: "giftCard" })] : null;
    return {
      ticket: ticket.id,
      number: ticket.number,
      copy: kind === "copy" || kind === "credit",
      ...(givesCredit(ticket) ? { hasCreditSlip: true } : {}),
      rows: [...rows],
      ...(giftCards === null ? {} : { giftCards }),
    };
  }

  #summary({ ticket, sent }: PendingTicket): TicketSummary {
    return {
      id: ticket.id,
      number: ticket.number,
      completedAt: ticket.completedAt,
      staffName: this.#session.nameOf(ticket.staff),
      // Goods that are kept and cost more now do not move.
      pieces: ticket.lines.reduce((sum, { kind, quantity }) => sum + (kind === "repriced" ? 0 : quantity), 0),
      total: ticket.totals.due,
      sent,
    };
  }
}

/** Whether a ticket has slips that somebody can pay with. */
function givesCredit(ticket: Ticket): boolean {
  const given = ticket.tenders.some(
    (tender) =>
      tender.kind === "refund" && tender.to.kind === "credit" && valueKindOf(tender.to.code) === "credit",
  );
  return given || sellsGiftCards(ticket);
}
