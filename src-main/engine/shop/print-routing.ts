import type { PrinterPurpose, PrinterSetup } from "#protocol/till/devices.ts";

/** A printer as far as it matters for what is sent to it. */
export interface Routable {
  readonly setup: Pick<PrinterSetup, "purposes" | "drawer">;
  readonly isFailing: boolean;
}

/** Where something goes that no printer was chosen for: slips and labels come out of the receipt printer, receipts out of no label printer. */
const ELSE: Readonly<Record<PrinterPurpose, readonly PrinterPurpose[]>> = {
  receipt: ["receipt"],
  pickSlip: ["pickSlip", "receipt"],
  label: ["label", "receipt"],
};

/** The printer for a purpose: of several one that works, else the first of them. Null where there is none. */
export function printerFor<P extends Routable>(purpose: PrinterPurpose, printers: readonly P[]): P | null {
  for (const each of ELSE[purpose]) {
    const fitting = printers.filter(({ setup }) => setup.purposes.includes(each));
    const chosen = fitting.find(({ isFailing }) => !isFailing) ?? fitting[0];
    if (chosen !== undefined) return chosen;
  }
  return null;
}

/** The printer that the cash drawer hangs on; null where none was told of. */
export function printerWithDrawer<P extends Routable>(printers: readonly P[]): P | null {
  return printers.find(({ setup }) => setup.drawer !== "none") ?? null;
}
