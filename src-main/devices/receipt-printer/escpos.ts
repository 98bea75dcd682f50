import ReceiptPrinterEncoder from "@point-of-sale/receipt-printer-encoder";
import { isRightToLeft } from "#domain/receipt/direction.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { CODE_PAGES, hasLetters, plainText } from "./code-pages.ts";
import { alignedLines, pairLines } from "./columns.ts";
import { logoPicture } from "./logo.ts";
import { paperDots } from "./paper.ts";
import type { PrinterSetup } from "./port.ts";
import { planQr } from "./qr.ts";
import { type Bitmap, imageOf } from "./raster/bitmap.ts";
import { harmless } from "./raster/harmless.ts";
import { type DrawTextRow, openTextPictures, type TextRow } from "./raster/text-picture.ts";
import type { TextDirection } from "./raster/typeset.ts";

/** Lines fed before the cut, so that the last line is above the knife. */
const FEED_BEFORE_CUT = 4;
const BARCODE_HEIGHT_DOTS = 60;
/** The encoder's widths of a bar, widest first, and the dots each stands for. */
const BAR_WIDTHS = [
  { width: 2, dots: 3 },
  { width: 1, dots: 2 },
] as const;
/** Code 128: every letter is 11 bars wide; start, check and stop are 35 together, and one letter chooses the set. */
const BARS_PER_LETTER = 11;
const BARS_BESIDE_LETTERS = 35;

/** ESC p: a pulse for the drawer at the printer's first pin, 50 ms on and 500 ms off. */
export const DRAWER_KICK: Uint8Array = Uint8Array.of(0x1b, 0x70, 0, 25, 250);

/** What every row is printed with. */
interface Job {
  readonly encoder: ReceiptPrinterEncoder;
  readonly columns: number;
  readonly dots: number;
  /** Null where the printer's own letters are enough for the whole receipt, or all there is. */
  readonly drawn: DrawTextRow | null;
}

/**
 * A receipt as the bytes an ESC/POS printer understands, with the paper cut at the end. Rows that the printer's letters cannot show, and all rows of a
 * right-to-left receipt, are printed as pictures in bundled fonts.
 */
export async function toEscPos(
  rows: readonly ReceiptRow[],
  { columns }: Pick<PrinterSetup, "columns">,
): Promise<Uint8Array> {
  const encoder = new ReceiptPrinterEncoder({
    language: "esc-pos",
    columns,
    feedBeforeCut: FEED_BEFORE_CUT,
    codepageCandidates: [...CODE_PAGES],
    imageMode: "raster",
    // A picture, a barcode and a QR code feed the paper themselves.
    feedAfterBlock: false,
  });
  encoder.initialize().codepage("auto");
  const placed = withDirections(rows);
  const pictures = placed.flatMap(({ row, direction }) =>
    isText(row) && isPicture(row, direction) ? [row] : [],
  );
  const drawn = pictures.length === 0 ? null : await openTextPictures(pictures).catch(withoutFonts);
  const job: Job = { encoder, columns, dots: paperDots({ columns }), drawn };
  for (const { row, direction } of placed) printRow(job, row, direction);
  return encoder.cut().encode();
}

/** A till whose fonts are damaged still prints what its printer's letters can show. */
function withoutFonts(error: unknown): null {
  console.error("the bundled fonts could not be read:", error);
  return null;
}

interface PlacedRow {
  readonly row: ReceiptRow;
  readonly direction: TextDirection;
}

function withDirections(rows: readonly ReceiptRow[]): readonly PlacedRow[] {
  let direction: TextDirection = "ltr";
  return rows.map((row) => {
    if (row.kind === "language") direction = isRightToLeft(row.tag) ? "rtl" : "ltr";
    return { row, direction };
  });
}

function printRow(job: Job, row: ReceiptRow, direction: TextDirection): void {
  switch (row.kind) {
    case "language":
      return;
    case "text":
    case "pair":
    case "big":
      if (job.drawn !== null && isPicture(row, direction))
        printPicture(job, job.drawn(row, { dots: job.dots, direction }));
      else printLetters(job, row);
      return;
    case "rule":
      job.encoder.line("-".repeat(job.columns));
      return;
    case "barcode":
      printBarcode(job, plainText(row.text));
      return;
    case "qr":
      printQr(job, row, direction);
      return;
    case "image":
      printLogo(job, row.png);
      return;
  }
}

function isText(row: ReceiptRow): row is TextRow {
  return row.kind === "text" || row.kind === "pair" || row.kind === "big";
}

function isPicture(row: TextRow, direction: TextDirection): boolean {
  if (direction === "rtl") return true;
  const texts = row.kind === "text" ? [row.text] : [row.left, row.right];
  return !texts.every((text) => hasLetters(plainText(text)));
}

function printPicture({ encoder }: Job, picture: Bitmap): void {
  const { width, height, data } = imageOf(harmless(picture));
  encoder.image({ width, height, data }, { width, height });
}

function printLetters({ encoder, columns: width }: Job, row: TextRow): void {
  const isBig = row.kind === "big";
  const lines =
    row.kind === "text"
      ? alignedLines({ text: plainText(row.text), align: row.align, width })
      : pairLines({ left: plainText(row.left), right: plainText(row.right), width });
  encoder.bold(isBig || row.strong).height(isBig ? 2 : 1);
  for (const line of lines) encoder.line(line);
  encoder.height(1).bold(false);
}

/** The number's bars in the widest that fit; what fits in none is printed as text, since a printer prints no bars at all then. */
function printBarcode(job: Job, text: string): void {
  const bars = BARS_PER_LETTER * text.length + BARS_BESIDE_LETTERS;
  const fitting = BAR_WIDTHS.find(({ dots }) => bars * dots <= job.dots);
  if (fitting === undefined || !/^[\x20-\x7e]+$/.test(text)) {
    printRow(job, { kind: "text", text, align: "center", strong: false }, "ltr");
    return;
  }
  job.encoder
    .newline()
    .align("center")
    .barcode(text, "code128", { height: BARCODE_HEIGHT_DOTS, width: fitting.width, text: true })
    .align("left");
}

function printQr(
  job: Job,
  { text, label }: Extract<ReceiptRow, { readonly kind: "qr" }>,
  direction: TextDirection,
): void {
  const { encoder, dots } = job;
  const plan = planQr({ text, dots });
  if (plan.by === "nobody") {
    printRow(job, { kind: "text", text, align: "left", strong: false }, direction);
  } else if (plan.by === "printer") {
    encoder
      .newline()
      .align("center")
      .qrcode(text, { model: 2, size: plan.dotsPerModule, errorlevel: "m" })
      .align("left")
      .newline();
  } else {
    encoder.align("center");
    printPicture(job, plan.picture);
    encoder.align("left");
  }
  if (label !== "") printRow(job, { kind: "text", text: label, align: "center", strong: false }, direction);
}

function printLogo(job: Job, png: string): void {
  const logo = logoPicture(png, job.dots);
  if (logo === null) return;
  job.encoder.align("center");
  printPicture(job, logo);
  job.encoder.align("left");
}
