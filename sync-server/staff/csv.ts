import { guarded } from "#domain/text/guarded.ts";

const NUMBER = /^-?\d+(\.\d+)?$/;

/** Rows as a CSV file (RFC 4180, UTF-8 with a byte order mark, which spreadsheets ask for). Text that looks like a formula is no formula. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("")}`;
}

function cellOf(text: string): string {
  const plain = NUMBER.test(text) ? text : guarded(text);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
