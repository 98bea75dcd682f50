import type { ReceiptRow } from "#domain/receipt/row.ts";
import type { Result } from "#domain/result.ts";
import type {
  FoundPrinter,
  PrinterModel,
  PrinterSetup as PrinterSetupOfTill,
  PrinterTrouble,
} from "#protocol/till/devices.ts";

/** What a driver has to know of a printer: where it is, and what it understands. Whom it prints for is the engine's business. */
export type PrinterSetup = Pick<PrinterSetupOfTill, "link" | "model" | "columns" | "drawer">;

export interface PrinterStatus {
  readonly queued: number;
  readonly state: "ready" | "printing" | "failing";
  readonly trouble: PrinterTrouble | null;
}

/** Receipts beyond these push the oldest out of the queue: a printer that is off for a day does not print that day on waking. */
export const MAX_QUEUED_RECEIPTS = 50;

/**
 * A receipt printer as the till sees it. Printing never waits and never fails for the seller: receipts queue up, the driver
 * tries until the printer takes them, and the status says how it goes.
 */
export interface ReceiptPrinter {
  /** Queues a receipt behind those that wait already. */
  print(rows: readonly ReceiptRow[]): void;
  /** Prints once, now or never, and says whether the printer took it. */
  test(rows: readonly ReceiptRow[]): Promise<Result<null, PrinterTrouble>>;
  /** Opens the cash drawer that hangs on the printer, now or never: one that springs open later is worse than one that stays shut. */
  openDrawer(): Promise<Result<null, PrinterTrouble | "noDrawer">>;
  /** Takes all that waits out of the queue, in order; what is just on its way is stopped, and is among it unless the printer has it already. */
  takeBack(): Promise<readonly (readonly ReceiptRow[])[]>;
  status(): PrinterStatus;
  /** Calls back whenever the status changes; answers what ends it. */
  watch(onChange: () => void): () => void;
  /** Gives the connection up; receipts still waiting are not printed. */
  close(): Promise<void>;
}

/** Opens a driver for a printer that was set up; the engine is handed one and knows no other way to a printer. */
export type ConnectPrinter = (setup: PrinterSetup) => ReceiptPrinter;

/** What a till can tell of printers before one is set up. */
export interface PrinterCatalogue {
  readonly models: readonly PrinterModel[];
  /** Looks around this machine and its network; resolves when it has looked everywhere or the signal says stop. Never rejects. */
  readonly find: (onFound: (found: FoundPrinter) => void, signal: AbortSignal) => Promise<void>;
}
