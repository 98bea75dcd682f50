import type { ReceiptRow } from "./row.ts";

const RULE = "----------------------------------------";

/** A receipt as plain text, for whoever reads mail without pages. Its QR code is only on the other forms. */
export function receiptText(rows: readonly ReceiptRow[]): string {
  return rows.flatMap(linesOf).join("\n");
}

function linesOf(row: ReceiptRow): readonly string[] {
  switch (row.kind) {
    case "language":
    case "qr":
    case "image":
      return [];
    case "rule":
      return [RULE];
    case "text":
    case "barcode":
      return [row.text];
    case "pair":
    case "big":
      return [row.right === "" ? row.left : `${row.left}: ${row.right}`];
  }
}
