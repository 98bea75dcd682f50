import { pngSize } from "#domain/receipt/logo.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { QUIET_MODULES, qrPath } from "#protocol/codes/qr-path.ts";
import { logoOnPaper } from "./logo.ts";
import type { Page } from "./receipt-pdf.ts";
import { drawLine, lineHeightOf, type TextStyle, widthOf, wrapped } from "./text.ts";

/** What stands on paper as one piece: never parted by the end of a page. */
export interface Block {
  /** Points. */
  readonly height: number;
  /** Draws it with its top at `y` points. */
  readonly draw: (y: number) => void;
}

/** Between what stands at the left and what stands at the right, in times the letters' size. */
const GAP = 1;
const BIG = 1.4;
const QR_SHARE_OF_ROLL = 0.55;
const MAX_QR_POINTS = 110;
const MAX_LOGO_POINTS = { width: 140, height: 70 };

/** Where within its line a text stands: the language's own beginning, the middle or the end. */
type Align = "start" | "center" | "end";
const ALIGN = { left: "start", center: "center", right: "end" } as const;

export function blocksOf(rows: readonly ReceiptRow[], page: Page): readonly Block[] {
  return rows.flatMap((row) => blocksOfRow(row, page));
}

function blocksOfRow(row: ReceiptRow, page: Page): readonly Block[] {
  const { fontSize } = page;
  switch (row.kind) {
    case "language":
      return [];
    case "text":
      return textBlocks(page, row.text, { fontSize, isStrong: row.strong, align: ALIGN[row.align] });
    case "pair":
      return [pairBlock(page, row, { fontSize, isStrong: row.strong })];
    case "big":
      return [pairBlock(page, row, { fontSize: fontSize * BIG, isStrong: true })];
    case "rule":
      return [ruleBlock(page)];
    case "barcode":
      return textBlocks(page, row.text, { fontSize, isStrong: true, align: "center" });
    case "qr":
      return [qrBlock(page, row)];
    case "image":
      return [imageBlock(page, row)];
  }
}

function textBlocks(
  page: Page,
  text: string,
  style: TextStyle & { readonly align: Align },
): readonly Block[] {
  return wrapped(page, text, { ...style, width: page.width }).map((line) => ({
    height: lineHeightOf(style),
    draw: (y) => drawAligned(page, line, { ...style, y }),
  }));
}

function drawAligned(
  page: Page,
  line: string,
  { align, ...style }: TextStyle & { readonly align: Align; readonly y: number },
): void {
  const room = page.width - widthOf(page, line, style);
  const isAtLeft = (align === "start") === (page.direction === "ltr");
  const indent = align === "center" ? room / 2 : isAtLeft ? 0 : room;
  drawLine(page, line, { ...style, x: page.left + indent });
}

/** The longer text takes what lines it needs beside the amount, which stands on the last of them. */
function pairBlock(
  page: Page,
  { left, right }: { readonly left: string; readonly right: string },
  style: TextStyle,
): Block {
  const amountWidth = right === "" ? 0 : widthOf(page, right, style) + GAP * style.fontSize;
  const fitsBeside = amountWidth < page.width * 0.75;
  const lines = wrapped(page, left, { ...style, width: page.width - (fitsBeside ? amountWidth : 0) });
  const ends = fitsBeside ? [right] : wrapped(page, right, { ...style, width: page.width });
  const each = lineHeightOf(style);
  const firstEnd = fitsBeside ? lines.length - 1 : lines.length;
  return {
    height: (firstEnd + Math.max(ends.length, 1)) * each,
    draw(y) {
      for (const [index, line] of lines.entries())
        drawAligned(page, line, { ...style, align: "start", y: y + index * each });
      for (const [index, end] of ends.entries())
        drawAligned(page, end, { ...style, align: "end", y: y + (firstEnd + index) * each });
    },
  };
}

function ruleBlock({ document, left, width, fontSize }: Page): Block {
  return {
    height: fontSize,
    draw(y) {
      document
        .moveTo(left, y + fontSize / 2)
        .lineTo(left + width, y + fontSize / 2)
        .lineWidth(0.5)
        .dash(2, { space: 2 })
        .stroke()
        .undash();
    },
  };
}

function qrBlock(page: Page, { text, label }: { readonly text: string; readonly label: string }): Block {
  const { document, left, width, fontSize } = page;
  const { size, path } = qrPath(text);
  const edge = Math.min(width * QR_SHARE_OF_ROLL, MAX_QR_POINTS);
  const scale = edge / (size + 2 * QUIET_MODULES);
  const words = textBlocks(page, label, { fontSize: fontSize * 0.9, isStrong: false, align: "center" });
  return {
    height: edge + words.reduce((sum, word) => sum + word.height, 0),
    draw(y) {
      document
        .save()
        .translate(left + (width - edge) / 2, y)
        .scale(scale)
        .translate(QUIET_MODULES, QUIET_MODULES)
        .path(path)
        .fill("even-odd")
        .restore();
      for (const [index, word] of words.entries()) word.draw(y + edge + index * word.height);
    },
  };
}

function imageBlock({ document, left, width, fontSize }: Page, { png }: { readonly png: string }): Block {
  const bytes = Buffer.from(png, "base64");
  const size = pngSize(bytes);
  const image = size === null ? null : logoOnPaper(bytes);
  if (size === null || image === null) return { height: 0, draw: () => undefined };
  const scale = Math.min(MAX_LOGO_POINTS.width / size.width, MAX_LOGO_POINTS.height / size.height, 1);
  const drawn = { width: size.width * scale, height: size.height * scale };
  return {
    height: drawn.height + fontSize,
    draw(y) {
      document.image(image, left + (width - drawn.width) / 2, y, drawn);
    },
  };
}
