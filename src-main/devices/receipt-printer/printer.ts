import type { ReceiptRow } from "#domain/receipt/row.ts";
import { ok, type Result } from "#domain/result.ts";
import type { PrinterLink, PrinterTrouble } from "#protocol/till/devices.ts";
import { deviceLink } from "./device-link.ts";
import { drawerKick, drawerKickAtOnce, toEscPos } from "./escpos.ts";
import { findPrinters } from "./finding/find-printers.ts";
import { type Link, type LinkPatience, sendOver } from "./link.ts";
import { printerKind, printerModels } from "./models.ts";
import { networkLink } from "./network-link.ts";
import type { ConnectPrinter, PrinterCatalogue, PrinterSetup, ReceiptPrinter } from "./port.ts";
import { PrintQueue, type RetryPauses } from "./print-queue.ts";
import { serialLink } from "./serial-link.ts";
import { spoolerLink } from "./spooler-link.ts";
import { toZpl } from "./zpl.ts";

const PATIENCE: LinkPatience = { connectMs: 3_000, statusMs: 500, printMs: 15_000 };
const PAUSES: RetryPauses = { firstMs: 1_000, longestMs: 30_000 };

/** A printer behind whatever link it was set up with. */
export const createPrinter: ConnectPrinter = (setup) => openPrinter(setup, {});

/** What the drivers know of printers that are not set up yet. */
export const PRINTER_CATALOGUE: PrinterCatalogue = { models: printerModels(), find: findPrinters };

/** Like `createPrinter`, with other waits. */
export function openPrinter(
  setup: PrinterSetup,
  {
    patience = PATIENCE,
    pauses = PAUSES,
  }: { readonly patience?: LinkPatience; readonly pauses?: RetryPauses },
): ReceiptPrinter {
  const link = linkOf(setup.link);
  const kind = printerKind(setup.model);
  const asks = kind.speaks === "receipts" && kind.asks;
  const send = (bytes: Uint8Array, signal: AbortSignal) => sendOver(link, { bytes, asks, patience, signal });
  const kick = drawerKick(setup);
  const kickAtOnce = drawerKickAtOnce(setup);
  const openDrawer = async (
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<Result<PrinterTrouble | null, PrinterTrouble>> => {
    const sent = await send(bytes, signal);
    if (sent.ok || sent.reason !== "outOfPaper" || kickAtOnce === null) return sent;
    const opened = await sendOver(link, { bytes: kickAtOnce, asks: false, patience, signal });
    return opened.ok ? ok(sent.reason) : opened;
  };
  return new PrintQueue({
    pauses,
    deliver: {
      rows: async (rows, signal) => send(await bytesOf(rows, setup), signal),
      kick: kick === null ? null : (signal) => openDrawer(kick, signal),
    },
  });
}

function bytesOf(rows: readonly ReceiptRow[], setup: PrinterSetup): Promise<Uint8Array> {
  const kind = printerKind(setup.model);
  return kind.speaks === "zpl" ? toZpl(rows, kind) : toEscPos(rows, setup);
}

function linkOf(link: PrinterLink): Link {
  switch (link.kind) {
    case "network":
      return networkLink(link);
    case "serial":
      return serialLink(link);
    case "device":
      return deviceLink(link.path);
    case "spooler":
      return spoolerLink(link.queue);
  }
}
