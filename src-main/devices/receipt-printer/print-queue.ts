import type { ReceiptRow } from "#domain/receipt/row.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { PrinterTrouble } from "#protocol/till/devices.ts";
import { MAX_QUEUED_RECEIPTS, type PrinterStatus, type ReceiptPrinter } from "./port.ts";

/** Pause after a failed try, milliseconds; doubles with each further one up to the longest. */
export interface RetryPauses {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** What a queue takes to a printer; never rejects. */
export interface Delivery {
  readonly rows: (rows: readonly ReceiptRow[], signal: AbortSignal) => Promise<Result<null, PrinterTrouble>>;
  /** Null where no cash drawer hangs on the printer. Answers what still keeps the printer from printing although the drawer opened. */
  readonly kick: ((signal: AbortSignal) => Promise<Result<PrinterTrouble | null, PrinterTrouble>>) | null;
}

/** Receipts on their way to a printer, one at a time and in order; whoever prints goes on selling at once. */
export class PrintQueue implements ReceiptPrinter {
  readonly #deliver: Delivery;
  readonly #pauses: RetryPauses;
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  #waiting: (readonly ReceiptRow[])[] = [];
  #state: PrinterStatus["state"] = "ready";
  #trouble: PrinterTrouble | null = null;
  #failures = 0;
  #retry: NodeJS.Timeout | null = null;
  /** The delivery under way; a test print waits for it, two never mix. */
  #delivery: Promise<unknown> = Promise.resolve();
  /** Stops what is under way, and nothing that follows. */
  #stopping = new AbortController();
  #busy = false;

  constructor({ deliver, pauses }: { readonly deliver: Delivery; readonly pauses: RetryPauses }) {
    this.#deliver = deliver;
    this.#pauses = pauses;
  }

  print(rows: readonly ReceiptRow[]): void {
    if (this.#closing.signal.aborted) return;
    this.#waiting = [...this.#waiting, rows].slice(-MAX_QUEUED_RECEIPTS);
    this.#tell();
    if (this.#retry === null) this.#pump();
  }

  async test(rows: readonly ReceiptRow[]): Promise<Result<null, PrinterTrouble>> {
    const result = await this.#inTurn((signal) => this.#deliver.rows(rows, signal));
    this.#note(result);
    // A printer that just answered need not wait out its pause.
    if (result.ok) this.#pump();
    return result;
  }

  async openDrawer(): Promise<Result<null, PrinterTrouble | "noDrawer">> {
    const { kick } = this.#deliver;
    if (kick === null) return refused("noDrawer");
    const result = await this.#inTurn(kick);
    const trouble = result.ok ? result.value : result.reason;
    if (trouble === null) {
      this.#note(ok(null));
      this.#pump();
    } else if (this.#waiting.length > 0) this.#note(refused(trouble));
    // Without a receipt that waits, nothing tries again by itself: a printer that missed a kick only may well print.
    else if (this.#state !== "failing") this.#show("ready", null);
    return result.ok ? ok(null) : result;
  }

  async takeBack(): Promise<readonly (readonly ReceiptRow[])[]> {
    const stopped = this.#stopping;
    this.#stopping = new AbortController();
    stopped.abort();
    await this.#delivery;
    const taken = this.#waiting;
    this.#waiting = [];
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#tell();
    return taken;
  }

  status(): PrinterStatus {
    return { queued: this.#waiting.length, state: this.#state, trouble: this.#trouble };
  }

  watch(onChange: () => void): () => void {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#waiting = [];
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#delivery;
    this.#listeners.clear();
  }

  #pump(): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    const next = this.#waiting[0];
    if (this.#busy || next === undefined || this.#closing.signal.aborted) return;
    this.#busy = true;
    const stopping = this.#stopping.signal;
    void this.#inTurn((signal) => this.#deliver.rows(next, signal)).then((result) => {
      this.#busy = false;
      if (!result.ok && stopping.aborted) {
        // What was called off in the middle says nothing of the printer.
        if (this.#state === "printing") this.#show("ready", null);
        this.#pump();
        return;
      }
      if (result.ok) this.#waiting = this.#waiting.filter((rows) => rows !== next);
      this.#note(result);
      if (result.ok) this.#pump();
      else this.#pumpLater();
    });
  }

  #inTurn<T>(
    act: (signal: AbortSignal) => Promise<Result<T, PrinterTrouble>>,
  ): Promise<Result<T, PrinterTrouble>> {
    const delivery = this.#delivery.then(
      (): Result<T, PrinterTrouble> | Promise<Result<T, PrinterTrouble>> => {
        if (this.#closing.signal.aborted) return refused("connectionLost");
        if (this.#state === "ready") this.#show("printing", null);
        return act(AbortSignal.any([this.#closing.signal, this.#stopping.signal]));
      },
    );
    this.#delivery = delivery;
    return delivery;
  }

  #note(result: Result<null, PrinterTrouble>): void {
    this.#failures = result.ok ? 0 : this.#failures + 1;
    if (result.ok) this.#show("ready", null);
    else this.#show("failing", result.reason);
  }

  #pumpLater(): void {
    if (this.#closing.signal.aborted) return;
    const pauseMs = Math.min(this.#pauses.firstMs * 2 ** (this.#failures - 1), this.#pauses.longestMs);
    this.#retry = setTimeout(() => this.#pump(), pauseMs);
    this.#retry.unref();
  }

  #show(state: PrinterStatus["state"], trouble: PrinterTrouble | null): void {
    this.#state = state;
    this.#trouble = trouble;
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
