import { parseGtin } from "#domain/product/gtin.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { plainText } from "./code-pages.ts";
import type { Bitmap } from "./raster/bitmap.ts";
import { openTextPictures, type TextRow } from "./raster/text-picture.ts";

/** How fine a label printer prints, in dots per millimetre. */
export interface LabelHead {
  readonly dotsPerMm: number;
}

/** As wide as the common labels for shelves and parcels, and the widest that a desktop printer takes. */
const LABEL_WIDTH_MM = 100;
const MARGIN_MM = 3;
const TEXT_MM = { normal: 3.5, big: 7 } as const;
const LINE_GAP_MM = 1;
const RULE_MM = 0.4;
const BARCODE_MM = 15;
/** Below a barcode the printer sets what it says. */
const BARCODE_TEXT_MM = 5;
const QR_MM = 22;
const EAN_13_DIGITS = 13;
/** A letter of the printer's own font is about so much of its height wide. */
const LETTER_WIDTH = 0.55;
/** Letters that every ZPL printer's built-in font has. */
const OWN_LETTERS = /^[\u0020-\u024f\u20ac\u0370-\u052f]*$/u;

interface Label {
  readonly dots: (mm: number) => number;
  readonly width: number;
  top: number;
  readonly fields: string[];
}

/**
 * Rows as one label in ZPL II, as long as what stands on it: UTF-8 and the printer's own scalable font. What that has no letters for is a picture in bundled fonts.
 * Logos are left out: on a label there is no room for them.
 */
export async function toZpl(rows: readonly ReceiptRow[], head: LabelHead): Promise<Uint8Array> {
  const pictures = rows.filter(isText).filter((row) => !hasOwnLetters(row));
  const drawn = pictures.length === 0 ? null : await openTextPictures(pictures);
  const dots = (mm: number): number => Math.round(mm * head.dotsPerMm);
  const label: Label = {
    dots,
    width: dots(LABEL_WIDTH_MM - 2 * MARGIN_MM),
    top: dots(MARGIN_MM),
    fields: [],
  };
  for (const row of rows) {
    if (isText(row) && drawn !== null && !hasOwnLetters(row))
      addPicture(label, drawn(row, { dots: label.width, direction: "ltr" }));
    else addRow(label, row);
  }
  const length = label.top + dots(MARGIN_MM);
  return Buffer.from(
    ["^XA", "^CI28", `^PW${dots(LABEL_WIDTH_MM)}`, `^LL${length}`, "^LH0,0", ...label.fields, "^XZ", ""].join(
      "\n",
    ),
  );
}

function isText(row: ReceiptRow): row is TextRow {
  return row.kind === "text" || row.kind === "pair" || row.kind === "big";
}

function hasOwnLetters(row: TextRow): boolean {
  const text = row.kind === "text" ? row.text : row.left + row.right;
  return OWN_LETTERS.test(plainText(text));
}

function addRow(label: Label, row: ReceiptRow): void {
  switch (row.kind) {
    case "language":
    case "image":
      return;
    case "text":
      addText(label, { height: TEXT_MM.normal, text: row.text, align: row.align });
      return;
    case "pair":
      addPair(label, row, TEXT_MM.normal);
      return;
    case "big":
      addPair(label, row, TEXT_MM.big);
      return;
    case "rule":
      add(label, RULE_MM, `^GB${label.width},${label.dots(RULE_MM)},${label.dots(RULE_MM)}^FS`);
      return;
    case "barcode":
      addBarcode(label, row.text);
      return;
    case "qr":
      add(label, QR_MM, `^BQN,2,${Math.max(2, Math.round(label.dots(1) / 2))}^FH^FDMA,${field(row.text)}^FS`);
      return;
  }
}

/** A barcode as scanners know it: an article's own as EAN-13, everything else as Code 128. */
function addBarcode(label: Label, text: string): void {
  const bars = `^BY${Math.max(2, Math.round(label.dots(1) / 4))}`;
  const height = label.dots(BARCODE_MM);
  const code = isEan13(text)
    ? `^BEN,${height},Y,N^FD${text.slice(0, -1)}^FS`
    : `^BCN,${height},Y,N,N,A^FH^FD${field(text)}^FS`;
  add(label, BARCODE_MM + BARCODE_TEXT_MM, `${bars}${code}`);
}

function isEan13(text: string): boolean {
  return text.length === EAN_13_DIGITS && parseGtin(text).ok;
}

function addPair(
  label: Label,
  { left, right }: { readonly left: string; readonly right: string },
  height: number,
): void {
  const top = label.top;
  const rightWidth = right === "" ? 0 : Math.ceil(right.length * label.dots(height) * LETTER_WIDTH);
  const leftWidth = label.width - rightWidth;
  if (left !== "") addText(label, { height, text: left, align: "left", width: leftWidth });
  if (right === "") return;
  const below = label.top;
  label.top = top;
  addText(label, { height, text: right, align: "right" });
  label.top = Math.max(below, label.top);
}

function addText(
  label: Label,
  {
    height,
    text,
    align,
    width = label.width,
  }: {
    readonly height: number;
    readonly text: string;
    readonly align: "left" | "center" | "right";
    readonly width?: number;
  },
): void {
  const letters = label.dots(height);
  const perLine = Math.max(1, Math.floor(width / (letters * LETTER_WIDTH)));
  const lines = Math.max(1, Math.ceil(plainText(text).length / perLine));
  const side = { left: "L", center: "C", right: "R" }[align];
  const block = `^A0N,${letters},${letters}^FB${width},${lines},${label.dots(LINE_GAP_MM)},${side},0`;
  add(label, lines * (height + LINE_GAP_MM) - LINE_GAP_MM, `${block}^FH^FD${field(text)}^FS`);
}

function addPicture(label: Label, { width, height, dots }: Bitmap): void {
  const perRow = Math.ceil(width / 8);
  const bytes = Buffer.alloc(perRow * height);
  dots.forEach((dot, index) => {
    const at = Math.floor(index / width) * perRow + Math.floor((index % width) / 8);
    if (dot === 1) bytes[at] = (bytes[at] ?? 0) | (0x80 >> ((index % width) % 8));
  });
  const hex = bytes.toString("hex").toUpperCase();
  add(label, height / label.dots(1), `^GFA,${bytes.length},${bytes.length},${perRow},${hex}^FS`);
}

/** Puts something as high as `mm` below what is there. */
function add(label: Label, mm: number, what: string): void {
  label.fields.push(`^FO${label.dots(MARGIN_MM)},${label.top}${what}`);
  label.top += label.dots(mm + LINE_GAP_MM);
}

/** A text in which the printer finds nothing to obey: its signs for commands, and for such spelling itself, are spelled in hexadecimal. */
function field(text: string): string {
  return plainText(text).replaceAll(
    /[_^~\\]/g,
    (sign) => `_${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
