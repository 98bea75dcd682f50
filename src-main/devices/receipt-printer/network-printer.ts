import type { ReceiptRow } from "#domain/receipt/row.ts";
import { DRAWER_KICK, toEscPos } from "./escpos.ts";
import { type LinkPatience, sendToPrinter } from "./network-link.ts";
import type { ConnectPrinter, PrinterSetup, ReceiptPrinter } from "./port.ts";
import { PrintQueue, type RetryPauses } from "./print-queue.ts";

const PATIENCE: LinkPatience = { connectMs: 3_000, statusMs: 500, printMs: 15_000 };
const PAUSES: RetryPauses = { firstMs: 1_000, longestMs: 30_000 };

/** An ESC/POS printer on the network. Connects for each receipt, so that several tills can share one printer. */
export const createNetworkPrinter: ConnectPrinter = (setup) => openNetworkPrinter(setup, {});

/** Like `createNetworkPrinter`, with other waits. */
export function openNetworkPrinter(
  setup: PrinterSetup,
  {
    patience = PATIENCE,
    pauses = PAUSES,
  }: { readonly patience?: LinkPatience; readonly pauses?: RetryPauses },
): ReceiptPrinter {
  return new PrintQueue({
    pauses,
    kick: (signal) => sendToPrinter({ setup, bytes: DRAWER_KICK, patience, signal }),
    deliver: async (rows: readonly ReceiptRow[], signal) =>
      sendToPrinter({ setup, bytes: await toEscPos(rows, setup), patience, signal }),
  });
}
