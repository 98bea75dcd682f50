/** A value of a cell; null stays empty. */
export type CellValue = string | number | null;

export type Delimiter = "," | ";";

/** A table as delimited text: a header, then a line per row, each closed with CR LF; quoted is what has to be (RFC 4180). */
export function delimitedText(
  columns: readonly string[],
  rows: readonly (readonly CellValue[])[],
  delimiter: Delimiter = ",",
): string {
  const header = columns.map((name) => cellText(name, delimiter)).join(delimiter);
  const lines = rows.map((row) => row.map((value) => cellText(value, delimiter)).join(delimiter));
  return [header, ...lines].map((line) => `${line}\r\n`).join("");
}

function cellText(value: CellValue, delimiter: Delimiter): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const isQuoted = value.includes(delimiter) || /["\r\n]/.test(value);
  return isQuoted ? `"${value.replaceAll('"', '""')}"` : value;
}
