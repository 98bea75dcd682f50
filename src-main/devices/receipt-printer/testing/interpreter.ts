import bwip from "bwip-js/generic";
import { LETTER_DOTS, paperDots } from "../paper.ts";
import type { PrinterSetup } from "../port.ts";
import { qrMatrix } from "../qr.ts";
import { type Bitmap, blacken, blankBitmap, stacked } from "../raster/bitmap.ts";
import { openTypeset, type Typeset } from "../raster/typeset.ts";
import { type Align, type PrinterCommand, readCommands } from "./command-reader.ts";

/** What came out of the printer. */
export interface PrintedReceipt {
  readonly paper: Bitmap;
  readonly cuts: number;
  /** The lines that the printer's own letters make, as they stand. */
  readonly lines: readonly string[];
  readonly barcodes: readonly string[];
}

/** From the top of one line to the next, in dots: what a printer begins with. */
const LINE_SPACING = 30;
const BASELINE = 19;
/** Bold is printed twice, the second time one dot further. */
const BOLD_OFFSETS = [0, 1] as const;
const LEVEL_M = 1;
const TEXT_BELOW = 2;

interface Letter {
  readonly text: string;
  readonly bold: boolean;
  readonly width: number;
  readonly height: number;
}

/**
 * Prints a receipt's bytes on paper of bitmap: an ESC/POS printer with one font, ours, so that the picture is the same on every machine. Stricter than a printer: what
 * reaches over the edge of the paper, where a printer would go on below or print nothing, throws.
 */
export async function printOnPaper(
  bytes: Uint8Array,
  setup: Pick<PrinterSetup, "columns">,
): Promise<PrintedReceipt> {
  const commands = readCommands(bytes);
  const letters = commands.flatMap((command) => (command.kind === "letters" ? [command.text] : []));
  const printer = new PaperPrinter(paperDots(setup), await openTypeset(400, letters.join("")));
  for (const command of commands) printer.obey(command);
  return printer.printed();
}

class PaperPrinter {
  readonly #dots: number;
  readonly #typeset: Typeset;
  readonly #strips: Bitmap[] = [];
  readonly #lines: string[] = [];
  readonly #barcodes: string[] = [];
  #line: Letter[] = [];
  #cuts = 0;
  #bold = false;
  #size = { width: 1, height: 1 };
  #align: Align = "left";
  #barcode = { height: 162, width: 3, text: 0 };
  #qr = { model: 2, size: 3, level: 0 };
  #qrText = "";

  constructor(dots: number, typeset: Typeset) {
    this.#dots = dots;
    this.#typeset = typeset;
  }

  printed(): PrintedReceipt {
    if (this.#line.length > 0) throw new Error("the last line was never printed");
    return {
      paper: stacked(this.#strips, this.#dots),
      cuts: this.#cuts,
      lines: this.#lines,
      barcodes: this.#barcodes,
    };
  }

  obey(command: PrinterCommand): void {
    switch (command.kind) {
      case "reset":
        this.#bold = false;
        this.#size = { width: 1, height: 1 };
        this.#align = "left";
        return;
      case "letters":
        this.#line.push({ text: command.text, bold: this.#bold, ...this.#size });
        return;
      case "lineFeed":
        this.#printLine();
        return;
      case "bold":
        this.#bold = command.on;
        return;
      case "size":
        this.#size = { width: command.width, height: command.height };
        return;
      case "align":
        this.#onNewLine("align");
        this.#align = command.align;
        return;
      case "cut":
        this.#onNewLine("cut");
        this.#cuts += 1;
        return;
      case "raster":
        this.#onNewLine("raster");
        this.#place(rasterOf(command));
        return;
      case "barcodeSetting":
        this.#barcode = { ...this.#barcode, [command.setting]: command.value };
        return;
      case "code128":
        this.#printBarcode(command.text);
        return;
      case "qrSetting":
        this.#qr = { ...this.#qr, [command.setting]: command.value };
        return;
      case "qrData":
        this.#qrText = command.text;
        return;
      case "qrPrint":
        this.#printQr();
        return;
    }
  }

  #onNewLine(what: string): void {
    if (this.#line.length > 0) throw new Error(`${what} in the middle of a line is not obeyed by printers`);
  }

  #printLine(): void {
    const line = this.#line;
    this.#line = [];
    this.#lines.push(
      line
        .map(({ text }) => text)
        .join("")
        .trimEnd(),
    );
    const width = line.reduce((sum, letter) => sum + letter.width * LETTER_DOTS.width, 0);
    if (width > this.#dots) throw new Error(`a line of ${width} dots does not fit on ${this.#dots}`);
    const height = Math.max(1, ...line.map((letter) => letter.height)) * LETTER_DOTS.height;
    const strip = blankBitmap(this.#dots, Math.max(LINE_SPACING, height + LINE_SPACING - LETTER_DOTS.height));
    let x = leftOf(this.#align, this.#dots - width);
    for (const letter of line) {
      this.#printLetter(strip, letter, { x, bottom: height });
      x += letter.width * LETTER_DOTS.width;
    }
    this.#strips.push(strip);
  }

  #printLetter(
    strip: Bitmap,
    { text, bold, width, height }: Letter,
    { x, bottom }: { readonly x: number; readonly bottom: number },
  ): void {
    if (text === " ") return;
    const cell = blankBitmap(LETTER_DOTS.width, LETTER_DOTS.height);
    this.#typeset(text, { direction: "ltr", size: 1 }).print(cell, 0, BASELINE);
    const top = bottom - height * LETTER_DOTS.height;
    cell.dots.forEach((dot, index) => {
      if (dot !== 1) return;
      const column = index % cell.width;
      const row = Math.floor(index / cell.width);
      for (let dy = 0; dy < height; dy += 1)
        for (let dx = 0; dx < width; dx += 1)
          for (const offset of bold ? BOLD_OFFSETS : [0])
            blacken(strip, x + column * width + dx + offset, top + row * height + dy);
    });
  }

  #printBarcode(text: string): void {
    this.#onNewLine("a barcode");
    const { width, height } = this.#barcode;
    if (this.#barcode.text !== TEXT_BELOW) throw new Error("only barcodes with their text below are known");
    const [code] = bwip.raw("code128", text, {});
    if (code === undefined || !("sbs" in code)) throw new Error(`no barcode of ${text}`);
    const bars = code.sbs.reduce((sum, bar) => sum + bar, 0);
    const picture = blankBitmap(bars * width, height);
    let x = 0;
    code.sbs.forEach((bar, index) => {
      // Bars and gaps take turns, a bar first.
      if (index % 2 === 0)
        for (let dx = 0; dx < bar * width; dx += 1)
          for (let y = 0; y < height; y += 1) blacken(picture, x + dx, y);
      x += bar * width;
    });
    this.#place(picture);
    this.#barcodes.push(text);
    for (const letter of text) this.#line.push({ text: letter, bold: false, width: 1, height: 1 });
    this.#printLine();
  }

  #printQr(): void {
    this.#onNewLine("a QR code");
    const { model, size, level } = this.#qr;
    if (model !== 2 || level !== LEVEL_M) throw new Error("only QR model 2 at level M is known");
    const matrix = qrMatrix(this.#qrText);
    if (matrix === null) throw new Error("the printer's QR code got no text that it holds");
    const picture = blankBitmap(matrix.size * size, matrix.size * size);
    matrix.modules.forEach((module, index) => {
      if (module !== 1) return;
      for (let dy = 0; dy < size; dy += 1)
        for (let dx = 0; dx < size; dx += 1)
          blacken(picture, (index % matrix.size) * size + dx, Math.floor(index / matrix.size) * size + dy);
    });
    this.#place(picture);
  }

  /** A picture as wide as the paper, with this one at its place. */
  #place(picture: Bitmap): void {
    if (picture.width > this.#dots) throw new Error(`${picture.width} dots do not fit on ${this.#dots}`);
    const strip = blankBitmap(this.#dots, picture.height);
    const left = leftOf(this.#align, this.#dots - picture.width);
    picture.dots.forEach((dot, index) => {
      if (dot === 1) blacken(strip, left + (index % picture.width), Math.floor(index / picture.width));
    });
    this.#strips.push(strip);
  }
}

function leftOf(align: Align, free: number): number {
  if (align === "left") return 0;
  return align === "right" ? free : Math.floor(free / 2);
}

function rasterOf({ bytesPerRow, rows, data }: Extract<PrinterCommand, { readonly kind: "raster" }>): Bitmap {
  const picture = blankBitmap(bytesPerRow * 8, rows);
  data.forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit += 1)
      if ((byte & (0x80 >> bit)) !== 0)
        blacken(picture, (index % bytesPerRow) * 8 + bit, Math.floor(index / bytesPerRow));
  });
  return picture;
}
