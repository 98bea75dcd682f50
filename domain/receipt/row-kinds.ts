import type { ReceiptRow } from "./row.ts";

export const RULE: ReceiptRow = { kind: "rule" };

export function centered(text: string, strong = false): ReceiptRow {
  return { kind: "text", text, align: "center", strong };
}

export function pair(left: string, right = ""): ReceiptRow {
  return { kind: "pair", left, right, strong: false };
}

export function heading(left: string): ReceiptRow {
  return { kind: "pair", left, right: "", strong: true };
}
