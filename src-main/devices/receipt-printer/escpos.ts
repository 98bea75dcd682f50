import ReceiptPrinterEncoder, {
  type ReceiptPrinterEncoderOptions,
} from "@point-of-sale/receipt-printer-encoder";
import { isRightToLeft } from "#domain/receipt/direction.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { hasLetters, lettersOf, plainText } from "./code-pages.ts";
import { alignedLines, pairLines } from "./columns.ts";
import { logoPicture } from "./logo.ts";
import { ANY_ESC_POS, printerKind, type ReceiptKind } from "./models.ts";
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

/** What every row is printed with. */
interface Job {
  readonly encoder: ReceiptPrinterEncoder;
  readonly columns: number;
  readonly dots: number;
  /** Null where the printer's own letters are enough for the whole receipt, or all there is. */
  readonly drawn: DrawTextRow | null;
  /** What the printer has letters for. */
  readonly letters: ReadonlySet<number>;
  readonly drawsQr: boolean;
}

/**
 * A receipt as the bytes its printer understands (ESC/POS, or what Star's models speak), with the paper cut at the end. Rows that the printer's letters cannot show,
 * and all rows of a right-to-left receipt, are printed as pictures in bundled fonts.
 */
export async function toEscPos(
  rows: readonly ReceiptRow[],
  { columns, model = null }: Pick<PrinterSetup, "columns"> & Partial<Pick<PrinterSetup, "model">>,
): Promise<Uint8Array> {
  const kind = receiptKind(model);
  const encoder = encoderFor(kind, columns);
  encoder.initialize().codepage("auto");
  const letters = lettersOf(kind.codePages);
  const placed = withDirections(rows);
  const pictures = placed.flatMap(({ row, direction }) =>
    isText(row) && isPicture(letters, row, direction) ? [row] : [],
  );
  const drawn = pictures.length === 0 ? null : await openTextPictures(pictures).catch(withoutFonts);
  const { drawsQr } = kind;
  const job: Job = { encoder, columns, dots: paperDots({ columns }), drawn, letters, drawsQr };
  for (const { row, direction } of placed) printRow(job, row, direction);
  return encoder.cut().encode();
}

/** What opens the cash drawer on a printer's pin; null where it has none there. */
export function drawerKick({ model, columns, drawer }: PrinterSetup): Uint8Array | null {
  if (drawer === "none" || printerKind(model).speaks !== "receipts") return null;
  return encoderFor(receiptKind(model), columns)
    .pulse(drawer === "pin2" ? 0 : 1)
    .encode();
}

/** DLE DC4 1: a pulse that is made before all that waits in the printer's buffer. */
const PULSE_AT_ONCE = [0x10, 0x14, 0x01] as const;
const PULSE_HUNDRED_MS = 1;

/** What opens the drawer of a printer that has no paper and so leaves alone what is sent in turn; null where it knows no such word. */
export function drawerKickAtOnce({
  model,
  drawer,
}: Pick<PrinterSetup, "model" | "drawer">): Uint8Array | null {
  if (drawer === "none" || !receiptKind(model).isEscPos) return null;
  return Uint8Array.of(...PULSE_AT_ONCE, drawer === "pin2" ? 0 : 1, PULSE_HUNDRED_MS);
}

function receiptKind(model: string | null): ReceiptKind {
  const kind = printerKind(model);
  return kind.speaks === "receipts" ? kind : ANY_ESC_POS;
}

function encoderFor(kind: ReceiptKind, columns: PrinterSetup["columns"]): ReceiptPrinterEncoder {
  const options: ReceiptPrinterEncoderOptions = {
    columns,
    codepageCandidates: [...kind.codePages],
    // A picture, a barcode and a QR code feed the paper themselves.
    feedAfterBlock: false,
    ...(kind.isEscPos ? { imageMode: "raster" } : {}),
  };
  return new ReceiptPrinterEncoder(
    kind.encoderModel === null
      ? { ...options, language: "esc-pos", feedBeforeCut: FEED_BEFORE_CUT }
      : { ...options, printerModel: kind.encoderModel },
  );
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
      if (job.drawn !== null && isPicture(job.letters, row, direction))
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

function isPicture(letters: ReadonlySet<number>, row: TextRow, direction: TextDirection): boolean {
  if (direction === "rtl") return true;
  const texts = row.kind === "text" ? [row.text] : [row.left, row.right];
  return !texts.every((text) => hasLetters(letters, plainText(text)));
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
  const plan = planQr({ text, dots, printerDraws: job.drawsQr });
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
