import type { Page } from "./receipt-pdf.ts";
import { visualRuns } from "./visual-runs.ts";

const LINE_HEIGHT = 1.4;
/** Where letters of every font stand on their line, from its top, in times their size. */
const BASELINE = 1.02;
/** Shaping by the font itself, a stretch at a time: PDFKit's cache would set the words of a right-to-left stretch in the wrong order. */
const SHAPED: PDFKit.Mixins.TextOptions = { lineBreak: false, features: [], baseline: "alphabetic" };

export interface TextStyle {
  readonly fontSize: number;
  readonly isStrong: boolean;
}

export function lineHeightOf({ fontSize }: Pick<TextStyle, "fontSize">): number {
  return fontSize * LINE_HEIGHT;
}

/** How wide a line is, in points. */
export function widthOf(
  { document, direction }: Page,
  text: string,
  { fontSize, isStrong }: TextStyle,
): number {
  let width = 0;
  for (const run of visualRuns({ text, direction, isStrong })) {
    document.font(run.font).fontSize(fontSize);
    width += document.widthOfString(run.text, SHAPED);
  }
  return width;
}

/** Draws a line with its left end at `x` and its top at `y`, in points. */
export function drawLine(
  page: Page,
  text: string,
  { x, y, fontSize, isStrong }: TextStyle & { readonly x: number; readonly y: number },
): void {
  const { document, direction } = page;
  const runs = visualRuns({ text, direction, isStrong });
  let pen = x;
  for (const run of runs) {
    document.font(run.font).fontSize(fontSize);
    document.text(run.text, pen, y + fontSize * BASELINE, SHAPED);
    pen += document.widthOfString(run.text, SHAPED);
  }
}

/** Breaks a text into lines that are no wider than `width` points, between words where it can. A tab or several blanks stay as they are at a line's beginning. */
export function wrapped(
  page: Page,
  text: string,
  style: TextStyle & { readonly width: number },
): readonly string[] {
  return text.split("\n").flatMap((paragraph) => wrappedParagraph(page, paragraph, style));
}

function wrappedParagraph(
  page: Page,
  text: string,
  style: TextStyle & { readonly width: number },
): readonly string[] {
  const fits = (line: string): boolean => widthOf(page, line.trimEnd(), style) <= style.width;
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/\s*\S+/g) ?? []) {
    if (fits(line + word)) line += word;
    else {
      if (line !== "") lines.push(line);
      line = "";
      for (const letter of lines.length > 0 ? word.trimStart() : word) {
        if (!fits(line + letter) && line !== "") {
          lines.push(line);
          line = "";
        }
        line += letter;
      }
    }
  }
  return [...lines, line];
}
