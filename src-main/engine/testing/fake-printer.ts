import type { ReceiptRow } from "#domain/receipt/row.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { PrinterTrouble } from "#protocol/till/devices.ts";
import {
  MAX_QUEUED_RECEIPTS,
  type PrinterSetup,
  type PrinterStatus,
  type ReceiptPrinter,
} from "../../devices/receipt-printer/port.ts";

/** A printer without wire or paper: prints at once, or keeps receipts waiting while it is broken. */
export class FakePrinter implements ReceiptPrinter {
  readonly setup: PrinterSetup;
  readonly printed: (readonly ReceiptRow[])[] = [];
  /** How often the drawer sprang open. */
  kicks = 0;
  readonly #listeners = new Set<() => void>();
  #waiting: (readonly ReceiptRow[])[] = [];
  #trouble: PrinterTrouble | null = null;
  #closed = false;

  constructor(setup: PrinterSetup) {
    this.setup = setup;
  }

  get closed(): boolean {
    return this.#closed;
  }

  print(rows: readonly ReceiptRow[]): void {
    if (this.#closed) return;
    this.#waiting = [...this.#waiting, rows].slice(-MAX_QUEUED_RECEIPTS);
    this.#printWaiting();
  }

  async test(rows: readonly ReceiptRow[]): Promise<Result<null, PrinterTrouble>> {
    if (this.#trouble !== null) return refused(this.#trouble);
    this.printed.push(rows);
    return ok(null);
  }

  async openDrawer(): Promise<Result<null, PrinterTrouble | "noDrawer">> {
    if (this.setup.drawer === "none") return refused("noDrawer");
    if (this.#trouble !== null) return refused(this.#trouble);
    this.kicks += 1;
    return ok(null);
  }

  async takeBack(): Promise<readonly (readonly ReceiptRow[])[]> {
    const taken = this.#waiting;
    this.#waiting = [];
    this.#tell();
    return taken;
  }

  status(): PrinterStatus {
    const state = this.#trouble === null ? "ready" : "failing";
    return { queued: this.#waiting.length, state, trouble: this.#trouble };
  }

  watch(onChange: () => void): () => void {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting = [];
  }

  breakDown(trouble: PrinterTrouble): void {
    this.#trouble = trouble;
    this.#tell();
  }

  repair(): void {
    this.#trouble = null;
    this.#printWaiting();
  }

  #printWaiting(): void {
    if (this.#trouble === null) this.printed.push(...this.#waiting.splice(0));
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
