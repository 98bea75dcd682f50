import { type CustomerId, idOf } from "#domain/ids.ts";
import { ok, refused } from "#domain/result.ts";
import type { ReceiptMailRequest } from "#protocol/sync/receipt-mails.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { Unwatch } from "../ports.ts";
import { NotAServer, ServerRefusal, Unreachable } from "../sync/server-client.ts";
import { durably } from "./durably.ts";
import type { Invoices } from "./invoices.ts";
import { type KeptMail, KeptMails } from "./kept-mails.ts";
import type { Printing } from "./printing.ts";
import type { Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";

type Ports = Pick<ShopPorts, "clock" | "newId" | "journal" | "drafts" | "server" | "timers" | "onTrouble">;

/** How long a cashier waits to hear that the server has a mail; then it counts as kept here. */
const PATIENCE_MS = 4_000;
/** After a failure while the server seems to be there; each further one of the same mail doubles it. */
const RETRY_MS = 30_000;
const MAX_RETRY_MS = 3_600_000;
/** A receipt asked for so long after the sale is the second one: the first was shown or printed then. */
const FIRST_RECEIPT_MS = 3_600_000;

/** Unauthorised, forbidden, too old, too many requests. */
const REFUSES_THE_TILL: ReadonlySet<number> = new Set([401, 403, 426, 429]);

/** A mail and when it may be tried, milliseconds since 1970. */
interface Due {
  readonly mail: KeptMail;
  readonly failures: number;
  readonly notBefore: number;
}

/** Receipts that go to customers by e-mail. The address is told to the server alone; until it has it, it lies on the till's disk and in no journal. */
export class ReceiptMails {
  readonly #ports: Ports;
  readonly #session: Session;
  readonly #printing: Printing;
  readonly #invoices: Invoices;
  readonly #disk: KeptMails;
  /** What is still to be handed over, oldest first. */
  readonly #kept = new Map<string, Due>();
  /** Whose answer a cashier waits for. */
  readonly #awaited = new Set<string>();
  /** Whether the server can send mail, as it said last; a server of before it said so is taken at its best. */
  #isSent = true;
  readonly #unwatch: Unwatch;
  #handing: Promise<void> | null = null;
  #retry: unknown = null;
  #isClosed = false;

  constructor(
    ports: Ports,
    parts: { readonly session: Session; readonly printing: Printing; readonly invoices: Invoices },
  ) {
    this.#ports = ports;
    this.#disk = new KeptMails(ports);
    this.#session = parts.session;
    this.#printing = parts.printing;
    this.#invoices = parts.invoices;
    this.#unwatch = ports.server.watch(() => void this.#handOver());
  }

  /** Takes up what was kept before the restart. */
  async load(): Promise<void> {
    for (const mail of await this.#disk.list())
      if (mail.refusal === null) this.#kept.set(mail.request.id, { mail, failures: 0, notBefore: 0 });
    void this.#handOver();
  }

  close(): void {
    this.#isClosed = true;
    this.#unwatch();
    this.#stopRetry();
  }

  /** Once this answers, no crash can lose the mail. */
  async send(args: VerbParsedArgs<"sendReceipt">): Promise<VerbAnswer<"sendReceipt">> {
    const duty = this.#session.permitted("reprint");
    if (!duty.ok) return duty;
    const { journal, newId } = this.#ports;
    const { ticket, document } = args;
    const found = await journal.ticket(ticket);
    if (found === null) return refused("noSuchTicket");
    const copy =
      document.kind === "receipt"
        ? this.#isSecond(found.ticket.completedAt)
        : await this.#invoices.isHandedOut({ ticket, invoice: document.invoice });
    if (copy === null) return refused("noSuchInvoice");
    const id = idOf<"Mail">(newId());
    const request = { ...args, id, copy };
    const mail = { request, staff: duty.value.staff.id, refusal: null, keptAt: this.#ports.clock.now() };
    const kept = await this.#disk.put(mail);
    if (!kept.ok) return kept;
    this.#kept.set(id, { mail, failures: 0, notBefore: 0 });
    this.#awaited.add(id);
    await this.#withPatience(this.#handOver());
    if (this.#awaited.delete(id))
      return ok({ state: this.#kept.has(id) ? "kept" : this.#isSent ? "handedOver" : "waits" });
    return refused("mailRefused");
  }

  /** What waits for customers who are gone goes nowhere any more, and their addresses are forgotten. */
  async forgetCustomers(gone: ReadonlySet<CustomerId>): Promise<void> {
    for (const mail of await this.#disk.list()) {
      const customer = await this.#customerOf(mail);
      if (customer === null || !gone.has(customer)) continue;
      this.#kept.delete(mail.request.id);
      await this.#disk.remove(mail);
    }
  }

  /** For whom something waits. */
  async customers(): Promise<readonly CustomerId[]> {
    const customers: CustomerId[] = [];
    for (const mail of await this.#disk.list()) {
      const customer = await this.#customerOf(mail);
      if (customer !== null) customers.push(customer);
    }
    return customers;
  }

  async #customerOf({ request }: KeptMail): Promise<CustomerId | null> {
    return (await this.#ports.journal.ticket(request.ticket))?.ticket.customer ?? null;
  }

  #isSecond(completedAt: number): boolean {
    return this.#printing.configured || this.#ports.clock.now() - completedAt > FIRST_RECEIPT_MS;
  }

  /** Hands over all that is kept, one after another; one hand-over at a time. */
  #handOver(): Promise<void> {
    if (this.#isClosed || this.#kept.size === 0 || !this.#ports.server.online()) return Promise.resolve();
    this.#stopRetry();
    this.#handing ??= this.#handOverAll();
    return this.#handing;
  }

  async #handOverAll(): Promise<void> {
    try {
      // Mails that are kept meanwhile are gone through as well.
      for (const due of this.#kept.values())
        if (due.notBefore <= this.#ports.clock.now() && !(await this.#handOverOne(due))) {
          this.#retryIn(RETRY_MS);
          return;
        }
      this.#retryWhenDue();
    } finally {
      this.#handing = null;
    }
  }

  /** False when nothing can be handed over now, this mail or another. */
  async #handOverOne(due: Due): Promise<boolean> {
    const { request } = due.mail;
    try {
      const copy = await this.#isCopyByNow(request);
      const answer = await this.#ports.server.mailReceipt({ ...request, copy });
      this.#isSent = answer.sends ?? true;
    } catch (error) {
      if (stopsAll(error)) return false;
      if (isHopeless(error)) await this.#refuse(due.mail, error);
      else this.#later(due);
      return true;
    }
    if (await this.#noteSent(due.mail)) {
      await this.#disk.remove(due.mail);
      this.#kept.delete(request.id);
    } else this.#later(due);
    return true;
  }

  /** An invoice may have been printed while its mail waited. */
  async #isCopyByNow({ copy, ticket, document }: ReceiptMailRequest): Promise<boolean> {
    if (copy || document.kind === "receipt") return copy;
    return (await this.#invoices.isHandedOut({ ticket, invoice: document.invoice })) ?? copy;
  }

  /** Only what the server took was sent. False when the disk does not take the fact; the mail then counts once at the server, however often it goes. */
  async #noteSent({ request: { ticket, document }, staff }: KeptMail): Promise<boolean> {
    const { journal, onTrouble } = this.#ports;
    if (staff !== null) {
      const makeFact = () => ({ type: "receipt.sent", ticket, by: "email" }) as const;
      const written = await durably(() => journal.append({ staff, makeFact }), onTrouble);
      if (!written.ok) return false;
    }
    if (document.kind === "invoice") await this.#invoices.handedOut({ ticket, invoice: document.invoice });
    return true;
  }

  /** Told to the cashier who waits; one that nobody waits for any more stays on the disk with the reason. */
  async #refuse(mail: KeptMail, error: ServerRefusal): Promise<void> {
    this.#ports.onTrouble(error);
    if (!this.#kept.delete(mail.request.id)) return;
    if (this.#awaited.delete(mail.request.id)) await this.#disk.remove(mail);
    else await this.#disk.put({ ...mail, refusal: error.message });
  }

  #later(due: Due): void {
    // Forgotten while it was on its way.
    if (!this.#kept.has(due.mail.request.id)) return;
    const failures = due.failures + 1;
    const notBefore = this.#ports.clock.now() + Math.min(RETRY_MS * 2 ** (failures - 1), MAX_RETRY_MS);
    this.#kept.set(due.mail.request.id, { ...due, failures, notBefore });
  }

  #retryWhenDue(): void {
    if (this.#kept.size === 0) return;
    const next = Math.min(...[...this.#kept.values()].map(({ notBefore }) => notBefore));
    this.#retryIn(Math.max(next - this.#ports.clock.now(), 0));
  }

  #retryIn(ms: number): void {
    if (this.#isClosed) return;
    this.#stopRetry();
    this.#retry = this.#ports.timers.set(() => void this.#handOver(), ms);
  }

  #stopRetry(): void {
    if (this.#retry !== null) this.#ports.timers.clear(this.#retry);
    this.#retry = null;
  }

  async #withPatience(work: Promise<void>): Promise<void> {
    let timer: unknown = null;
    const patience = new Promise<void>((resolve) => {
      timer = this.#ports.timers.set(resolve, PATIENCE_MS);
    });
    await Promise.race([work, patience]);
    this.#ports.timers.clear(timer);
  }
}

/** The server will never take it, however often it is asked. */
function isHopeless(error: unknown): error is ServerRefusal {
  return error instanceof ServerRefusal && error.reason === "badRequest";
}

/** Nobody is there, or whoever is there takes nothing of this till now: no other mail would fare better. */
function stopsAll(error: unknown): boolean {
  if (error instanceof ServerRefusal) return REFUSES_THE_TILL.has(error.status);
  return error instanceof Unreachable || error instanceof NotAServer;
}
