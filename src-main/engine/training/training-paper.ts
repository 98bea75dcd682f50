import { receiptLanguage } from "#domain/receipt/receipt-rows.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { RULE } from "#domain/receipt/row-kinds.ts";
import { ok } from "#domain/result.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { DrawDocument } from "../../devices/document/port.ts";
import type { ConnectPrinter } from "../../devices/receipt-printer/port.ts";

type SettingsNow = () => StoreSettings | null;

/** Paper of a training: says in big letters above and below that it is none of a sale, in the store's language. */
export function trainingPaper(
  rows: readonly ReceiptRow[],
  settings: StoreSettings | null,
): readonly ReceiptRow[] {
  const words = receiptLanguage(settings, null).words.titles.training;
  const big: ReceiptRow = { kind: "big", left: words, right: "" };
  const [first, ...rest] = rows;
  if (first?.kind === "language") return [first, big, RULE, ...rest, RULE, big];
  return [big, RULE, ...rows, RULE, big];
}

/** The till's own printers, with all that comes out of them marked. The drawer stays shut: the money in it is real. */
export function trainingPrinters(connect: ConnectPrinter, settings: SettingsNow): ConnectPrinter {
  return (setup) => {
    const printer = connect(setup);
    return {
      print: (rows) => printer.print(trainingPaper(rows, settings())),
      test: (rows) => printer.test(trainingPaper(rows, settings())),
      openDrawer: async () => ok(null),
      takeBack: () => printer.takeBack(),
      status: () => printer.status(),
      watch: (onChange) => printer.watch(onChange),
      close: () => printer.close(),
    };
  };
}

export function trainingDocuments(draw: DrawDocument, settings: SettingsNow): DrawDocument {
  return (job) => draw({ ...job, rows: trainingPaper(job.rows, settings()) });
}
