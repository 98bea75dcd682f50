import PDFDocument from "pdfkit";
import { collected } from "#paper/collected.ts";
import { fontsFor, parsedFont } from "#paper/fonts.ts";
import type { Page } from "#paper/receipt-pdf.ts";
import { drawLine, lineHeightOf, type TextStyle, widthOf, wrapped } from "#paper/text.ts";
import { type Bars, gtinBars, textBars } from "#protocol/codes/bars.ts";
import { qrPath } from "#protocol/codes/qr-path.ts";

/** One label of a shelf. All texts are as they are read. */
export interface ShelfLabel {
  readonly name: string;
  readonly price: string;
  /** The price before; null: it is not reduced. */
  readonly before: string | null;
  readonly lowest30: string | null;
  /** Price per unit, prices for more pieces. */
  readonly notes: readonly string[];
  readonly sku: string;
  readonly gtin: string | null;
  /** What the code on it says. */
  readonly qr: string;
}

export interface LabelSheetJob {
  readonly title: string;
  readonly labels: readonly ShelfLabel[];
  /** BCP 47. */
  readonly language: string;
  /** Milliseconds since 1970; stands in the file. */
  readonly madeAt: number;
}

const MM = 72 / 25.4;
/** A4 with labels of 63.5 x 38.1 mm, three by seven, as makers of label sheets sell them. */
const SHEET = { columns: 3, rows: 7, widthMm: 63.5, heightMm: 38.1, leftMm: 7.2, topMm: 15.1, gapMm: 2.5 };
const PADDING = 2.5 * MM;
const QR_SIZE = 12 * MM;
const BARS_HEIGHT = 8 * MM;
/** Of an EAN-13 at 80 %: 0.264 mm a module. */
const MAX_MODULE = 0.264 * MM;

/** Between the codes and what stands above them. */
const CLEAR = 2;

const NAME: TextStyle = { fontSize: 8, isStrong: true };
const PRICE: TextStyle = { fontSize: 20, isStrong: true };
const SMALL: TextStyle = { fontSize: 6.5, isStrong: false };
const TINY: TextStyle = { fontSize: 5.5, isStrong: false };

/** Sheets of shelf labels as a PDF, ready to be cut. Throws when a code cannot be drawn. */
export async function labelSheetPdf({ title, labels, language, madeAt }: LabelSheetJob): Promise<Uint8Array> {
  const document = new PDFDocument({
    autoFirstPage: false,
    pdfVersion: "1.7",
    lang: language,
    displayTitle: true,
    info: { Title: title, Producer: "Onetill", Creator: "Onetill", CreationDate: new Date(madeAt) },
  });
  const bytes = collected(document);
  for (const name of fontsFor(JSON.stringify(labels))) document.registerFont(name, parsedFont(name));
  const perPage = SHEET.columns * SHEET.rows;
  for (const [index, label] of labels.entries()) {
    if (index % perPage === 0) document.addPage({ size: "A4", margin: 0 });
    const place = index % perPage;
    const column = place % SHEET.columns;
    drawLabel(document, label, {
      x: (SHEET.leftMm + column * (SHEET.widthMm + SHEET.gapMm)) * MM,
      y: (SHEET.topMm + Math.floor(place / SHEET.columns) * SHEET.heightMm) * MM,
    });
  }
  if (labels.length === 0) document.addPage({ size: "A4", margin: 0 });
  document.end();
  return bytes;
}

function drawLabel(
  document: PDFKit.PDFDocument,
  label: ShelfLabel,
  corner: { readonly x: number; readonly y: number },
): void {
  const width = SHEET.widthMm * MM - 2 * PADDING;
  const left = corner.x + PADDING;
  const bottom = corner.y + SHEET.heightMm * MM - PADDING;
  const page: Page = { document, left, width, fontSize: NAME.fontSize, direction: "ltr" };
  document.lineWidth(0.25).strokeColor("#bbbbbb");
  document.rect(corner.x, corner.y, SHEET.widthMm * MM, SHEET.heightMm * MM).stroke();
  document.fillColor("#000000");
  let y = corner.y + PADDING;
  for (const line of wrapped(page, label.name, { ...NAME, width }).slice(0, 2)) {
    drawLine(page, line, { ...NAME, x: left, y });
    y += lineHeightOf(NAME);
  }
  drawPrice(page, label, bottom - QR_SIZE);
  drawQr(document, label.qr, { x: left + width - QR_SIZE, y: bottom - QR_SIZE });
  drawBars(page, label, { bottom, width: width - QR_SIZE - 2 * PADDING });
}

/** The price at the left, beside it to the right edge what explains it. */
function drawPrice(page: Page, { price, before, lowest30, notes }: ShelfLabel, qrTop: number): void {
  const y = qrTop - lineHeightOf(PRICE) + CLEAR;
  const full = widthOf(page, price, PRICE);
  const room = page.width * 0.62;
  const style = full <= room ? PRICE : { ...PRICE, fontSize: (PRICE.fontSize * room) / full };
  drawLine(page, price, { ...style, x: page.left, y: y + (PRICE.fontSize - style.fontSize) });
  const beside = [before, ...notes].filter((text) => text !== null).slice(0, 3);
  const taken = Math.min(full, room) + PADDING;
  const top = qrTop - CLEAR - beside.length * lineHeightOf(SMALL);
  for (const [index, text] of beside.entries()) {
    const x = page.left + Math.max(taken, page.width - widthOf(page, text, SMALL));
    drawLine(page, text, { ...SMALL, x, y: top + index * lineHeightOf(SMALL) });
  }
  if (lowest30 !== null) drawLine(page, lowest30, { ...TINY, x: page.left, y: y - lineHeightOf(TINY) - 1 });
}

function drawQr(
  document: PDFKit.PDFDocument,
  text: string,
  { x, y }: { readonly x: number; readonly y: number },
): void {
  const { size, path } = qrPath(text);
  document
    .save()
    .translate(x, y)
    .scale(QR_SIZE / size)
    .path(path)
    .fill("even-odd")
    .restore();
}

function drawBars(
  page: Page,
  { gtin, sku }: ShelfLabel,
  { bottom, width }: { readonly bottom: number; readonly width: number },
): void {
  const { document, left } = page;
  const digits = gtin ?? sku;
  const code = barsFor(gtin, sku);
  if (code !== null) {
    const module = Math.min(MAX_MODULE, width / code.width);
    const top = bottom - BARS_HEIGHT - lineHeightOf(TINY);
    for (const { x, width: dark } of code.bars)
      document.rect(left + x * module, top, dark * module, BARS_HEIGHT);
    document.fill("#000000");
  }
  drawLine(page, gtin === null ? digits : `${digits}  ${sku}`, {
    ...TINY,
    x: left,
    y: bottom - lineHeightOf(TINY),
  });
}

/** An article number in signs that no bars have goes in letters alone. */
function barsFor(gtin: string | null, sku: string): Bars | null {
  if (gtin !== null) return gtinBars(gtin);
  return /^[\x20-\x7e]{1,24}$/.test(sku) ? textBars(sku) : null;
}
