import PDFDocument from "pdfkit";
import { isRightToLeft } from "#domain/receipt/direction.ts";
import { languageTagOf } from "#domain/receipt/html.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { collected } from "./collected.ts";
import { fontsFor, parsedFont } from "./fonts.ts";
import type { TextDirection } from "./visual-runs.ts";

/** `roll`: as wide as receipt paper and as long as it takes. `a4`: sheets, for invoices. */
export type PdfPaper = "roll" | "a4";

const POINTS_PER_MM = 72 / 25.4;
/** A roll longer than this goes on on the next page: viewers refuse pages without end. */
const MAX_ROLL_MM = 1_500;
const PAPERS = {
  roll: { widthMm: 80, heightMm: MAX_ROLL_MM, marginMm: 5, fontSize: 8 },
  a4: { widthMm: 210, heightMm: 297, marginMm: 20, fontSize: 10 },
} as const;
/** In times the letters' size. */
const PAGE_NUMBER_SIZE = 0.85;

/** The document while it is drawn. */
export interface Page {
  readonly document: PDFKit.PDFDocument;
  readonly left: number;
  readonly width: number;
  readonly fontSize: number;
  readonly direction: TextDirection;
}

/** What is to be drawn. */
export interface PdfJob {
  readonly title: string;
  readonly rows: readonly ReceiptRow[];
  readonly paper: PdfPaper;
  /** Milliseconds since 1970; stands in the file. */
  readonly madeAt: number;
}

/**
 * A receipt as a PDF with its fonts within and its text selectable. The same rows and moment give the same bytes. A picture that cannot be read is left
 * out. Throws when a QR code's text is longer than such a code holds.
 */
export async function receiptPdf({ title, rows, paper, madeAt }: PdfJob): Promise<Uint8Array> {
  const { widthMm, heightMm, marginMm, fontSize } = PAPERS[paper];
  const margin = marginMm * POINTS_PER_MM;
  const width = widthMm * POINTS_PER_MM;
  const language = languageTagOf(rows);
  const document = new PDFDocument({
    autoFirstPage: false,
    // None but the fonts that are drawn with: PDFKit's own would be looked for beside it.
    font: "",
    pdfVersion: "1.7",
    lang: language.replace(/-u-.*$/, ""),
    displayTitle: true,
    info: { Title: title, Producer: "Onetill", Creator: "Onetill", CreationDate: new Date(madeAt) },
  });
  const bytes = collected(document);
  for (const name of fontsFor(JSON.stringify(rows))) document.registerFont(name, parsedFont(name));
  const direction = isRightToLeft(language) ? "rtl" : "ltr";
  const page: Page = { document, left: margin, width: width - 2 * margin, fontSize, direction };
  const pages = paginated(blocksOf(rows, page), heightMm * POINTS_PER_MM - 2 * margin);
  for (const blocks of pages) {
    const used = blocks.reduce((sum, { height }) => sum + height, 0) + 2 * margin;
    document.addPage({
      size: [width, paper === "roll" ? used : heightMm * POINTS_PER_MM],
      margin: 0,
    });
    let y = margin;
    for (const block of blocks) {
      block.draw(y);
      y += block.height;
    }
    if (pages.length > 1) numberPage(page, pages.indexOf(blocks) + 1, pages.length);
  }
  document.end();
  return bytes;
}

/** Blocks page by page; one that fits on none stands alone. */
function paginated(blocks: readonly Block[], room: number): readonly (readonly Block[])[] {
  const pages: Block[][] = [[]];
  let used = 0;
  for (const block of blocks) {
    if (used + block.height > room && used > 0) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(block);
    used += block.height;
  }
  return pages;
}

function numberPage({ document, left, width, fontSize }: Page, number: number, of: number): void {
  const text = `${number} / ${of}`;
  document.font("plain").fontSize(fontSize * PAGE_NUMBER_SIZE);
  const x = left + (width - document.widthOfString(text)) / 2;
  document.text(text, x, document.page.height - left * 0.75, { lineBreak: false });
}
