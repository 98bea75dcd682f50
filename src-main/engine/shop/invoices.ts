import { z } from "zod";
import { type CustomerId, type Instant, type InvoiceId, idOf, type TicketId } from "#domain/ids.ts";
import { checkInvoice, nthInvoice } from "#domain/invoice/invoice.ts";
import { invoiceRows } from "#domain/invoice/invoice-rows.ts";
import { type InvoiceRecipient, isSameRecipient, tidyRecipient } from "#domain/invoice/recipient.ts";
import type { PostalAddress } from "#domain/orders/order.ts";
import { ok, refused } from "#domain/result.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { idSchema, instantSchema } from "#protocol/scalars.ts";
import { invoiceRecipientSchema } from "#protocol/sync/invoice.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { CustomerBook } from "../customers/customer-book.ts";
import { INVOICE_DRAFT } from "../personal-drafts.ts";
import type { PendingTicket } from "../ports.ts";
import { durably } from "./durably.ts";
import type { Printing } from "./printing.ts";
import type { OnDuty, Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";
import { Turns } from "./turns.ts";

type Ports = Pick<ShopPorts, "clock" | "newId" | "journal" | "drafts" | "replica" | "onTrouble">;

/** So long a till knows for whom it made out an invoice; after that HQ does. */
const KNOWS_RECIPIENT_MS = 90 * 86_400_000;
/** What this till issued over one sale, beside the journal, where it is found by its sale. */
const issuedSchema = z.array(
  z.strictObject({
    id: idSchema<"Invoice">(),
    /** Null: forgotten; the invoice still counts. */
    recipient: invoiceRecipientSchema.nullable(),
    issuedAt: instantSchema,
    /** On paper or by e-mail: whatever comes after is a copy. */
    handedOut: z.boolean(),
  }),
);
type Issued = z.infer<typeof issuedSchema>[number];

/** Invoices over sales of this till, once per sale and recipient. */
export class Invoices {
  readonly #ports: Ports;
  readonly #session: Session;
  readonly #printing: Printing;
  readonly #customers: Pick<CustomerBook, "languageOf" | "get">;
  readonly #turns = new Turns();

  constructor(
    ports: Ports,
    parts: {
      readonly session: Session;
      readonly printing: Printing;
      readonly customers: Pick<CustomerBook, "languageOf" | "get">;
    },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#printing = parts.printing;
    this.#customers = parts.customers;
  }

  /** Forgets the recipients of invoices of long ago. */
  async load(): Promise<void> {
    const before = this.#ports.clock.now() - KNOWS_RECIPIENT_MS;
    for (const { ticket, issued } of await this.#all()) {
      if (!issued.some(({ issuedAt, recipient }) => issuedAt < before && recipient !== null)) continue;
      await this.#keep(
        ticket,
        issued.map((each) => (each.issuedAt < before ? { ...each, recipient: null } : each)),
      );
    }
  }

  /** Forgets for whom this till made out invoices to customers who are gone; the invoices themselves stand in the journal for as long as the law says. */
  async forgetCustomers(gone: ReadonlySet<CustomerId>): Promise<void> {
    for (const { ticket, issued } of await this.#all()) {
      const customer = await this.#customerOf(ticket);
      if (customer === null || !gone.has(customer)) continue;
      await this.#keep(
        ticket,
        issued.map((each) => ({ ...each, recipient: null })),
      );
    }
  }

  /** Of whose invoices this till still knows for whom they were made out. */
  async customers(): Promise<readonly CustomerId[]> {
    const customers: CustomerId[] = [];
    for (const { ticket, issued } of await this.#all()) {
      if (issued.every(({ recipient }) => recipient === null)) continue;
      const customer = await this.#customerOf(ticket);
      if (customer !== null) customers.push(customer);
    }
    return customers;
  }

  async #all(): Promise<readonly { readonly ticket: TicketId; readonly issued: readonly Issued[] }[]> {
    const kept = await this.#ports.drafts.list(INVOICE_DRAFT);
    return kept.flatMap(({ id, value }) => {
      const ticket = idOf<"Ticket">(id.slice(INVOICE_DRAFT.length));
      return value === undefined ? [] : { ticket, issued: issuedSchema.catch([]).parse(value) };
    });
  }

  async #customerOf(ticket: TicketId): Promise<CustomerId | null> {
    return (await this.#ports.journal.ticket(ticket))?.ticket.customer ?? null;
  }

  /** Whom a receipt of this sale may go to: as the last invoice says, else as the customer or the order does. */
  async contact({ ticket: id }: { readonly ticket: TicketId }): Promise<VerbAnswer<"receiptContact">> {
    if (this.#session.onDuty() === null) return refused("notSignedIn");
    const found = await this.#ports.journal.ticket(id);
    if (found === null) return refused("noSuchTicket");
    const known = await this.#knownOf(found);
    const last = (await this.#issued(id)).at(-1);
    return ok({
      email: known.email,
      recipient: toTyped(last?.recipient ?? known),
    });
  }

  issue(args: VerbParsedArgs<"issueInvoice">): Promise<VerbAnswer<"issueInvoice">> {
    // Two presses make one invoice.
    return this.#turns.take(() => this.#issueInTurn(args));
  }

  /** Whether an invoice has been given to the customer; null when this till issued none such. */
  async isHandedOut(of: { readonly ticket: TicketId; readonly invoice: InvoiceId }): Promise<boolean | null> {
    const issued = (await this.#issued(of.ticket)).find(({ id }) => id === of.invoice);
    return issued?.handedOut ?? null;
  }

  /** The customer has it now. */
  async handedOut(of: { readonly ticket: TicketId; readonly invoice: InvoiceId }): Promise<void> {
    const issued = await this.#issued(of.ticket);
    const noted = issued.map((each) => (each.id === of.invoice ? { ...each, handedOut: true } : each));
    await this.#keep(of.ticket, noted);
  }

  async #issueInTurn({
    ticket: id,
    recipient: typed,
    language,
  }: VerbParsedArgs<"issueInvoice">): Promise<VerbAnswer<"issueInvoice">> {
    const duty = this.#session.permitted("reprint");
    if (!duty.ok) return duty;
    const found = await this.#ports.journal.ticket(id);
    if (found === null) return refused("noSuchTicket");
    const { settings } = duty.value;
    const { ticket } = found;
    const recipient = checkInvoice({ ticket, recipient: tidyRecipient(typed) });
    if (!recipient.ok) return recipient;
    const issued = await this.#issued(id);
    const before = issued.find(
      (each) => each.recipient !== null && isSameRecipient(each.recipient, recipient.value),
    );
    const written =
      before === undefined ? await this.#write(duty.value, ticket, recipient.value) : ok(before);
    if (!written.ok) return written;
    const { id: invoice, issuedAt } = written.value;
    const isCopy = before?.handedOut ?? false;
    const rows = invoiceRows({
      ticket,
      settings,
      recipient: before?.recipient ?? recipient.value,
      issuedAt,
      nth: nthInvoice(invoice, issued),
      isCopy,
      language: language ?? (ticket.customer === null ? null : this.#customers.languageOf(ticket.customer)),
    });
    const printed = this.#printing.configured;
    this.#printing.print(rows);
    const now = { ...written.value, handedOut: isCopy || printed };
    const known = issued.map((each) => (each.id === invoice ? now : each));
    await this.#keep(id, before === undefined ? [...issued, now] : known);
    const paper = { ticket: id, number: ticket.number, copy: isCopy, rows: [...rows] };
    return ok({ invoice, printed, paper });
  }

  async #write({ staff }: OnDuty, { id: ticket }: Ticket, recipient: InvoiceRecipient) {
    const { journal, newId, onTrouble } = this.#ports;
    const id = idOf<"Invoice">(newId());
    const makeFact = () => ({ type: "invoice.issued", id, ticket, recipient }) as const;
    const written = await durably(() => journal.append({ staff: staff.id, makeFact }), onTrouble);
    if (!written.ok) return written;
    const issuedAt: Instant = written.value.at;
    return ok<Issued>({ id, recipient, issuedAt, handedOut: false });
  }

  async #issued(ticket: TicketId): Promise<readonly Issued[]> {
    return issuedSchema.catch([]).parse(await this.#ports.drafts.get(`${INVOICE_DRAFT}${ticket}`));
  }

  /** Not kept, the next one is issued anew instead of copied: a nuisance, no loss, for the journal has them all. */
  async #keep(ticket: TicketId, issued: readonly Issued[]): Promise<void> {
    await durably(() => this.#ports.drafts.put(`${INVOICE_DRAFT}${ticket}`, issued), this.#ports.onTrouble);
  }

  async #knownOf({ entry, ticket }: PendingTicket) {
    const customer = ticket.customer === null ? null : await this.#customers.get(ticket.customer);
    if (customer !== null) {
      const { email, name, company, addresses = [] } = customer;
      const recipient = company ?? { name, address: addresses.slice(0, 1).flatMap(onEnvelope), vatId: "" };
      return { email: email ?? "", ...recipient };
    }
    const { fact } = entry;
    const nobody = { email: "", name: "", address: [], vatId: "" };
    if (fact.type !== "order.placed") return nobody;
    return { ...nobody, email: fact.order.contact.email ?? "", name: fact.order.contact.name };
  }
}

/** As it is written on an envelope, below the name. */
function onEnvelope({ lines, postcode, city, country }: PostalAddress): readonly string[] {
  return [...lines, `${postcode} ${city}`.trim(), country];
}

function toTyped({ name, address, vatId }: InvoiceRecipient) {
  return { name, address: [...address], vatId };
}
