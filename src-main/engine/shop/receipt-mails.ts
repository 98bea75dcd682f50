import { idOf } from "#domain/ids.ts";
import { ok, refused } from "#domain/result.ts";
import { type ReceiptMailRequest, receiptMailRequestSchema } from "#protocol/sync/receipt-mails.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { Unwatch } from "../ports.ts";
import { ServerRefusal } from "../sync/server-client.ts";
import { durably } from "./durably.ts";
import type { Invoices } from "./invoices.ts";
import type { Printing } from "./printing.ts";
import type { Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";

type Ports = Pick<ShopPorts, "clock" | "newId" | "journal" | "drafts" | "server" | "timers" | "onTrouble">;

const DRAFT = "receiptMail:";
/** How long a cashier waits to hear that the server has a mail; then it counts as kept here. */
const PATIENCE_MS = 4_000;
/** After a failure while the server seems to be there. */
const RETRY_MS = 30_000;
/** A receipt asked for so long after the sale is the second one: the first was shown or printed then. */
const FIRST_RECEIPT_MS = 3_600_000;

/** Receipts that go to customers by e-mail. The address is told to the server alone; until it has it, it lies on the till's disk and in no journal. */
export class ReceiptMails {
  readonly #ports: Ports;
  readonly #session: Session;
  readonly #printing: Printing;
  readonly #invoices: Invoices;
  /** What the server does not have yet, oldest first. */
  readonly #kept = new Map<string, ReceiptMailRequest>();
  /** What the server will never take. */
  readonly #hopeless = new Set<string>();
  readonly #unwatch: Unwatch;
  #handing: Promise<void> | null = null;
  #retry: unknown = null;
  #isClosed = false;

  constructor(
    ports: Ports,
    parts: { readonly session: Session; readonly printing: Printing; readonly invoices: Invoices },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#printing = parts.printing;
    this.#invoices = parts.invoices;
    this.#unwatch = ports.server.watch(() => void this.#handOver());
  }

  /** Takes up what was kept before the restart. */
  async load(): Promise<void> {
    for (const { value } of await this.#ports.drafts.list(DRAFT)) {
      const mail = receiptMailRequestSchema.safeParse(value);
      if (mail.success) this.#kept.set(mail.data.id, mail.data);
    }
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
    const { journal, newId, drafts, onTrouble } = this.#ports;
    const { ticket, document } = args;
    const found = await journal.ticket(ticket);
    if (found === null) return refused("noSuchTicket");
    const handed =
      document.kind === "receipt"
        ? this.#isSecond(found.ticket.completedAt)
        : await this.#invoices.isHandedOut({ ticket, invoice: document.invoice });
    if (handed === null) return refused("noSuchInvoice");
    const mail: ReceiptMailRequest = { ...args, id: idOf<"Mail">(newId()), copy: handed };
    const kept = await durably(() => drafts.put(`${DRAFT}${mail.id}`, mail), onTrouble);
    if (!kept.ok) return kept;
    const makeFact = () => ({ type: "receipt.sent", ticket, by: "email" }) as const;
    const written = await durably(() => journal.append({ staff: duty.value.staff.id, makeFact }), onTrouble);
    if (!written.ok) {
      await durably(() => drafts.remove(`${DRAFT}${mail.id}`), onTrouble);
      return written;
    }
    if (document.kind === "invoice") await this.#invoices.handedOut({ ticket, invoice: document.invoice });
    this.#kept.set(mail.id, mail);
    await this.#withPatience(this.#handOver());
    if (this.#hopeless.delete(mail.id)) return refused("mailRefused");
    return ok({ state: this.#kept.has(mail.id) ? "kept" : "handedOver" });
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
      for (const mail of this.#kept.values()) if (!(await this.#handOverOne(mail))) return;
    } finally {
      this.#handing = null;
    }
  }

  /** False when the server is not there after all. */
  async #handOverOne(mail: ReceiptMailRequest): Promise<boolean> {
    try {
      await this.#ports.server.mailReceipt(mail);
    } catch (error) {
      if (!isHopeless(error)) {
        this.#retryLater();
        return false;
      }
      this.#hopeless.add(mail.id);
      this.#ports.onTrouble(error);
    }
    // What cannot be removed from the disk goes again after a restart, and counts once at the server.
    await durably(() => this.#ports.drafts.remove(`${DRAFT}${mail.id}`), this.#ports.onTrouble);
    this.#kept.delete(mail.id);
    return true;
  }

  #retryLater(): void {
    if (this.#isClosed) return;
    this.#stopRetry();
    this.#retry = this.#ports.timers.set(() => void this.#handOver(), RETRY_MS);
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
function isHopeless(error: unknown): boolean {
  return error instanceof ServerRefusal && error.reason === "badRequest";
}
