import type { ReceiptRow } from "#domain/receipt/row.ts";
import { plainText } from "../code-pages.ts";
import { LETTER_DOTS } from "../paper.ts";
import { type Bitmap, blankBitmap } from "./bitmap.ts";
import { openTypeset, type TextDirection, type Typeset, type TypesetLine } from "./typeset.ts";

export type TextRow = Extract<ReceiptRow, { readonly kind: "text" | "pair" | "big" }>;

/** From one line of text to the next, and from its top to its baseline, in dots at the size of the printer's own letters. */
const LINE_DOTS = 32;
const BASELINE_DOTS = 23;
const COLUMN_GAP_DOTS = LETTER_DOTS.width;
/** With less than this beside the amount, a name stands above it. */
const LEAST_ROOM_DOTS = 8 * LETTER_DOTS.width;
/** What a row that stands out is larger by. */
const BIG = 1.5;

type Side = "start" | "center" | "end";

/** One line of a picture: what stands on it, and at which side of the paper. */
type PictureLine = readonly { readonly line: TypesetLine; readonly side: Side }[];

/** Prints a row of text as a picture as wide as the paper, whatever its script. In a right-to-left receipt labels stand right and amounts left. */
export type DrawTextRow = (
  row: TextRow,
  layout: { readonly dots: number; readonly direction: TextDirection },
) => Bitmap;

/** Loads the bundled fonts that these rows need, and no others can be drawn well. */
export async function openTextPictures(rows: readonly TextRow[]): Promise<DrawTextRow> {
  const letters = rows.map((row) => (row.kind === "text" ? row.text : row.left + row.right)).join("");
  const plain = plainText(letters, { steered: true });
  const [regular, strong] = await Promise.all([openTypeset(400, plain), openTypeset(700, plain)]);
  return (row, { dots, direction }) => {
    const size = row.kind === "big" ? BIG : 1;
    const typeset = row.kind === "big" || row.strong ? strong : regular;
    const set: SetText = (text) => typeset(text, { direction, size });
    const lines =
      row.kind === "text"
        ? textLines(row, { dots, set })
        : pairPictureLines(
            { left: plainText(row.left, { steered: true }), right: plainText(row.right, { steered: true }) },
            { dots, set },
          );
    const paper = blankBitmap(dots, lines.length * LINE_DOTS * size);
    lines.forEach((parts, index) => {
      const y = (index * LINE_DOTS + BASELINE_DOTS) * size;
      for (const { line, side } of parts) line.print(paper, leftOf(side, direction, dots - line.width), y);
    });
    return paper;
  };
}

type SetText = (text: string) => ReturnType<Typeset>;

function textLines(
  row: Extract<TextRow, { readonly kind: "text" }>,
  { dots, set }: { readonly dots: number; readonly set: SetText },
): readonly PictureLine[] {
  const side = SIDES[row.align];
  const lines = wrapToDots(plainText(row.text, { steered: true }), dots, set);
  return lines.map((line) => [{ line: set(side === "center" ? line.trim() : line), side }]);
}

/** What begins at the left in one script begins at the right in the other. */
const SIDES = { left: "start", center: "center", right: "end" } as const;

function pairPictureLines(
  { left, right }: { readonly left: string; readonly right: string },
  { dots, set }: { readonly dots: number; readonly set: SetText },
): readonly PictureLine[] {
  const amount = set(right);
  const start = (text: string): PictureLine[number] => ({ line: set(text), side: "start" });
  if (right === "") return wrapToDots(left, dots, set).map((line) => [start(line)]);
  const room = dots - amount.width - COLUMN_GAP_DOTS;
  if (room < Math.min(LEAST_ROOM_DOTS, set(left).width))
    return [
      ...(left === "" ? [] : wrapToDots(left, dots, set).map((line) => [start(line)])),
      ...wrapToDots(right, dots, set).map((line): PictureLine => [{ line: set(line), side: "end" }]),
    ];
  const [first = "", ...below] = wrapToDots(left, room, set);
  return [[start(first), { line: amount, side: "end" }], ...below.map((line) => [start(line)])];
}

function leftOf(side: Side, direction: TextDirection, free: number): number {
  if (side === "center") return Math.max(0, Math.floor(free / 2));
  return (side === "start") === (direction === "ltr") ? 0 : Math.max(0, free);
}

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Breaks text between words; a word wider than the paper is broken between letters. */
function wrapToDots(text: string, dots: number, set: SetText): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of text.split(/(?<= )(?! )/)) {
    if (set((line + part).trimEnd()).width <= dots) {
      line += part;
      continue;
    }
    if (line.trim() !== "") {
      lines.push(line.trimEnd());
      line = "";
    }
    for (const { segment } of graphemes.segment(part)) {
      if (line !== "" && set((line + segment).trimEnd()).width > dots) {
        lines.push(line);
        line = "";
      }
      line += segment;
    }
  }
  return [...lines, line.trimEnd()];
}
