import type { PrinterId } from "#domain/ids.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { PrinterCard, PrinterPurpose, PrinterSetup, PrinterTrouble } from "#protocol/till/devices.ts";
import type { ReceiptPrinter } from "../../devices/receipt-printer/port.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "./changes.ts";
import { durably } from "./durably.ts";
import { printerFor, printerWithDrawer, type Routable } from "./print-routing.ts";
import { readSetups, writeSetups } from "./printer-setups.ts";
import type { ShopPorts } from "./shop-ports.ts";

interface Connected extends Routable {
  readonly setup: PrinterSetup;
  readonly printer: ReceiptPrinter;
  readonly unwatch: Unwatch;
}

/** The till's printers: which there are, and handing to each what is printed there. No printer and a broken one never stop a sale. */
export class Printing {
  readonly #ports: Pick<ShopPorts, "drafts" | "openPrinter" | "onTrouble">;
  readonly #changes = new Changes();
  #connected: readonly Connected[] = [];

  constructor(ports: Pick<ShopPorts, "drafts" | "openPrinter" | "onTrouble">) {
    this.#ports = ports;
  }

  /** Connects the printers that were set up before the restart. */
  async load(): Promise<void> {
    this.#connected = (await readSetups(this.#ports.drafts)).map((setup) => this.#connect(setup));
  }

  /** Whether receipts are printed here. */
  get configured(): boolean {
    return this.canPrint("receipt");
  }

  canPrint(purpose: PrinterPurpose): boolean {
    return printerFor(purpose, this.#connected) !== null;
  }

  /** Hands something to the printer for its purpose; reports and invoices go where receipts go. */
  print(rows: readonly ReceiptRow[], purpose: PrinterPurpose = "receipt"): void {
    printerFor(purpose, this.#connected)?.printer.print(rows);
  }

  /** Opens the cash drawer now, or says why not. */
  async openDrawer(): Promise<Result<null, PrinterTrouble | "noDrawer">> {
    const at = printerWithDrawer(this.#connected);
    return at === null ? refused("noDrawer") : at.printer.openDrawer();
  }

  get setups(): readonly PrinterSetup[] {
    return this.#connected.map(({ setup }) => setup);
  }

  /** The driver of a printer that was set up here; null where it was not, or is gone. */
  find(id: PrinterId): ReceiptPrinter | null {
    return this.#connected.find(({ setup }) => setup.id === id)?.printer ?? null;
  }

  /** Puts a printer in the place of the one of the same id, or behind the others. What waited at it waits at the new one. */
  async put(setup: PrinterSetup): Promise<Result<null, "storage">> {
    const before = this.#connected.find((each) => each.setup.id === setup.id);
    const others = this.#connected.filter((each) => each !== before).map((each) => each.setup);
    const place = before === undefined ? others.length : this.#connected.indexOf(before);
    const written = await this.#write(others.toSpliced(place, 0, setup));
    if (!written.ok) return written;
    const waiting = (await before?.printer.takeBack()) ?? [];
    await this.#disconnect(before);
    const connected = this.#connect(setup);
    this.#connected = this.#connected.toSpliced(place, before === undefined ? 0 : 1, connected);
    for (const rows of waiting) connected.printer.print(rows);
    this.#changes.tell();
    return ok(null);
  }

  async remove(id: PrinterId): Promise<Result<null, "storage">> {
    const written = await this.#write(this.setups.filter((setup) => setup.id !== id));
    if (!written.ok) return written;
    const gone = this.#connected.find(({ setup }) => setup.id === id);
    this.#connected = this.#connected.filter((each) => each !== gone);
    await this.#disconnect(gone);
    this.#changes.tell();
    return ok(null);
  }

  cards(): PrinterCard[] {
    return this.#connected.map(({ setup, printer }) => ({ ...setup, ...printer.status() }));
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  async close(): Promise<void> {
    const closing = this.#connected;
    this.#connected = [];
    await Promise.all(closing.map((each) => this.#disconnect(each)));
  }

  #write(setups: readonly PrinterSetup[]): Promise<Result<unknown, "storage">> {
    const { drafts, onTrouble } = this.#ports;
    return durably(() => writeSetups(drafts, setups), onTrouble);
  }

  #connect(setup: PrinterSetup): Connected {
    const printer = this.#ports.openPrinter(setup);
    return {
      setup,
      printer,
      get isFailing() {
        return printer.status().state === "failing";
      },
      unwatch: printer.watch(() => this.#changes.tell()),
    };
  }

  async #disconnect(connected: Connected | undefined): Promise<void> {
    connected?.unwatch();
    await connected?.printer.close();
  }
}
