import type { StoreSettings } from "../store/store.ts";
import { receiptLanguage } from "./receipt-rows.ts";
import type { ReceiptRow } from "./row.ts";
import { centered, pair, RULE } from "./row-kinds.ts";

/** What a scanner reads from the page: harmless wherever it is scanned. */
const TEST_CODE = "ONETILL-TEST";

/** A page that shows what a printer can: how wide its paper is, its letters, a barcode, a QR code, and by its end the cut. */
export function testRows(
  settings: StoreSettings | null,
  printer: { readonly name: string; readonly columns: number },
): readonly ReceiptRow[] {
  const { words, locale } = receiptLanguage(settings, null);
  const ruler = Array.from({ length: printer.columns }, (_, column) => String((column + 1) % 10)).join("");
  return [
    { kind: "language", tag: locale },
    ...(settings === null ? [] : [centered(settings.name, true)]),
    centered(words.testPage),
    centered(printer.name),
    RULE,
    pair(ruler, ""),
    pair("0123456789", "äöü ß € é"),
    pair("ąćęłńóśźż", "àâçèêëîï"),
    { kind: "big", left: "123", right: "4,56" },
    { kind: "barcode", text: TEST_CODE },
    { kind: "qr", text: TEST_CODE, label: "" },
  ];
}
