import ReceiptPrinterEncoder from "@point-of-sale/receipt-printer-encoder";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import type { PrinterSetup } from "./port.ts";

/** Lines fed before the cut, so that the last line is above the knife. */
const FEED_BEFORE_CUT = 4;
const BARCODE_HEIGHT_DOTS = 60;
/** Digits and amounts keep their column; a name longer than the rest of the line goes on below. */
const COLUMN_GAP = 1;

/** A receipt as the bytes an ESC/POS printer understands, with the paper cut at the end. */
export function toEscPos(
  rows: readonly ReceiptRow[],
  { columns }: Pick<PrinterSetup, "columns">,
): Uint8Array {
  const encoder = new ReceiptPrinterEncoder({ language: "esc-pos", columns, feedBeforeCut: FEED_BEFORE_CUT });
  encoder.initialize().codepage("auto");
  for (const row of rows) encodeRow(encoder, row, columns);
  return encoder.cut().encode();
}

function encodeRow(encoder: ReceiptPrinterEncoder, row: ReceiptRow, columns: number): void {
  switch (row.kind) {
    case "text":
      encoder.bold(row.strong).align(row.align).line(printable(row.text)).align("left").bold(false);
      return;
    case "pair":
      encoder.bold(row.strong);
      encodePair(encoder, { left: row.left, right: row.right, width: columns });
      encoder.bold(false);
      return;
    case "big":
      encoder.bold(true).height(2);
      encodePair(encoder, { left: row.left, right: row.right, width: columns });
      encoder.height(1).bold(false);
      return;
    case "rule":
      encoder.line("-".repeat(columns));
      return;
    case "barcode":
      encoder
        .align("center")
        .barcode(printable(row.text), "code128", { height: BARCODE_HEIGHT_DOTS, text: true })
        .align("left");
      return;
  }
}

function encodePair(
  encoder: ReceiptPrinterEncoder,
  { left, right, width }: { readonly left: string; readonly right: string; readonly width: number },
): void {
  for (const line of pairLines({ left: printable(left), right: printable(right), width })) encoder.line(line);
}

/** Left text wrapped beside right text; the right one stands on the first line. Every line is exactly within `width` characters. */
export function pairLines({
  left,
  right,
  width,
}: {
  readonly left: string;
  readonly right: string;
  readonly width: number;
}): readonly string[] {
  const room = right === "" ? width : Math.max(1, width - right.length - COLUMN_GAP);
  const wrapped = wrap(left, room);
  const [first = ""] = wrapped;
  const top = right === "" ? first : first.padEnd(width - right.length) + right;
  return [top.slice(0, width), ...wrapped.slice(1)];
}

/** Breaks text between words; a word longer than the line is broken where the line ends. Leading blanks are kept. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(" ", width);
    const end = space > 0 && rest.slice(0, space).trim() !== "" ? space : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}

/** Printers know one kind of blank and one kind of dash; number formats use several. */
function printable(text: string): string {
  return text
    .replace(/[\u00a0\u2007\u202f\u2009]/g, " ")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .normalize("NFC");
}
