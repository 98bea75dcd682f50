import { guarded } from "#domain/text/guarded.ts";

/** A line of a delivery that is being made: pieces as they were typed. */
export interface LineDraft {
  readonly sku: string;
  readonly name: string;
  readonly pieces: string;
}

const LINE = /^\s*"?([^",;\t]+?)"?\s*(?:[,;\t]|\s)\s*"?(\d{1,6})"?\s*$/;

/** Lines that were pasted, from a table or a file; `wrong`: those that nobody understands. A heading counts as one of them. */
export function pastedLines(text: string): {
  readonly lines: readonly LineDraft[];
  readonly wrong: readonly string[];
} {
  const lines: LineDraft[] = [];
  const wrong: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") continue;
    const [, sku, pieces] = LINE.exec(line) ?? [];
    if (sku === undefined || pieces === undefined || Number(pieces) === 0) wrong.push(line.trim());
    else lines.push({ sku, name: "", pieces: String(Number(pieces)) });
  }
  return { lines, wrong };
}

/** The lines with more of them; an article that is there already gets as many more pieces. */
export function withLines(before: readonly LineDraft[], more: readonly LineDraft[]): readonly LineDraft[] {
  const all = new Map(before.map((line) => [line.sku, line]));
  for (const line of more) {
    const known = all.get(line.sku);
    const pieces = String(Number(known?.pieces ?? 0) + Number(line.pieces));
    all.set(line.sku, known === undefined ? line : { ...known, pieces });
  }
  return [...all.values()];
}

/** Pieces that were typed; null where it is no whole number above 0. */
export function piecesTyped(text: string): number | null {
  return /^\d{1,6}$/.test(text.trim()) && Number(text) > 0 ? Number(text) : null;
}

const CELL_TO_QUOTE = /[",\r\n]/;

/** Rows as a CSV file. What a spreadsheet would take for a formula begins with a quote. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value: string | number): string {
  const text = typeof value === "string" ? guarded(value) : String(value);
  return CELL_TO_QUOTE.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
