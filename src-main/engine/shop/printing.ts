import { z } from "zod";
import { testRows } from "#domain/receipt/receipt-rows.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { PrinterView } from "#protocol/till/status.ts";
import type { PrinterSetup, PrinterTrouble, ReceiptPrinter } from "../../devices/receipt-printer/port.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "./changes.ts";
import { durably } from "./durably.ts";
import type { Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";

const DRAFT = "printer";
const setupSchema: z.ZodType<PrinterSetup> = z.strictObject({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
  columns: z.union([z.literal(32), z.literal(42), z.literal(48)]),
});

const NO_PRINTER: PrinterView = {
  configured: false,
  address: null,
  queued: 0,
  state: "none",
  lastError: null,
};

interface Connected {
  readonly setup: PrinterSetup;
  readonly printer: ReceiptPrinter;
  readonly unwatch: Unwatch;
}

/** The till's receipt printer: which one it is, and handing receipts to it. No printer and a broken one never stop a sale. */
export class Printing {
  readonly #ports: ShopPorts;
  readonly #session: Session;
  readonly #changes = new Changes();
  #connected: Connected | null = null;

  constructor(ports: ShopPorts, session: Session) {
    this.#ports = ports;
    this.#session = session;
  }

  /** Connects the printer that was set up before the restart. */
  async load(): Promise<void> {
    const setup = setupSchema.safeParse(await this.#ports.drafts.get(DRAFT));
    if (setup.success) this.#connect(setup.data);
  }

  get configured(): boolean {
    return this.#connected !== null;
  }

  print(rows: readonly ReceiptRow[]): void {
    this.#connected?.printer.print(rows);
  }

  /** Opens the drawer at the printer now, or says why not. Nobody waits for it to sell. */
  async openDrawer(): Promise<Result<null, PrinterTrouble | "noDrawer">> {
    return this.#connected === null ? refused("noDrawer") : this.#connected.printer.openDrawer();
  }

  /** Null takes the printer away. */
  async configure(setup: PrinterSetup | null): Promise<VerbAnswer<"configurePrinter">> {
    if (this.#session.onDuty() === null) return refused("notSignedIn");
    const { drafts, onTrouble } = this.#ports;
    const write = setup === null ? () => drafts.remove(DRAFT) : () => drafts.put(DRAFT, setup);
    const written = await durably(write, onTrouble);
    if (!written.ok) return written;
    await this.close();
    if (setup !== null) this.#connect(setup);
    this.#changes.tell();
    return ok({});
  }

  async test(): Promise<VerbAnswer<"testPrinter">> {
    if (this.#connected === null) return refused("noPrinter");
    const tested = await this.#connected.printer.test(testRows(this.#ports.replica.settings()));
    return tested.ok ? ok({}) : refused("unreachable");
  }

  view(): PrinterView {
    if (this.#connected === null) return NO_PRINTER;
    const { setup, printer } = this.#connected;
    const { queued, state, trouble } = printer.status();
    return { configured: true, address: `${setup.host}:${setup.port}`, queued, state, lastError: trouble };
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  async close(): Promise<void> {
    const closing = this.#connected;
    this.#connected = null;
    closing?.unwatch();
    await closing?.printer.close();
  }

  #connect(setup: PrinterSetup): void {
    const printer = this.#ports.openPrinter(setup);
    this.#connected = { setup, printer, unwatch: printer.watch(() => this.#changes.tell()) };
  }
}
