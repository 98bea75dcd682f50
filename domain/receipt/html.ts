import { isRightToLeft } from "./direction.ts";
import { RECEIPT_STYLE } from "./html-style.ts";
import type { ReceiptRow } from "./row.ts";

/** Draws a text as a QR code in SVG. Throws when it is longer than a QR code holds. */
export type DrawQr = (text: string) => string;

const DEFAULT_LANGUAGE = "en";
/** "Left" of a receipt is where its language begins. */
const ALIGN = { left: "start", center: "center", right: "end" } as const;

/**
 * A receipt as a page that needs nothing else: no script, no address to fetch from, pictures within. Whatever the rows say is text, never markup. `wide`: an
 * invoice, as broad as a sheet.
 */
export function receiptHtml({
  title,
  rows,
  drawQr,
  wide = false,
}: {
  readonly title: string;
  readonly rows: readonly ReceiptRow[];
  readonly drawQr: DrawQr;
  readonly wide?: boolean;
}): string {
  const language = languageTagOf(rows);
  const direction = isRightToLeft(language) ? "rtl" : "ltr";
  return [
    "<!doctype html>",
    `<html lang="${escaped(language)}" dir="${direction}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">',
    `<title>${escaped(title)}</title><style>${RECEIPT_STYLE}</style></head>`,
    `<body><main${wide ? ' class="wide"' : ""} aria-label="${escaped(title)}">`,
    ...rows.map((row) => rowHtml(row, drawQr)),
    "</main></body></html>",
  ].join("\n");
}

/** The language (BCP 47) that rows say they are in. */
export function languageTagOf(rows: readonly ReceiptRow[]): string {
  const named = rows.find((row) => row.kind === "language");
  return named?.kind === "language" ? named.tag : DEFAULT_LANGUAGE;
}

function rowHtml(row: ReceiptRow, drawQr: DrawQr): string {
  switch (row.kind) {
    case "language":
      return "";
    case "text":
      return `<p class="${ALIGN[row.align]}${row.strong ? " strong" : ""}">${escaped(row.text)}</p>`;
    case "pair":
      return pairHtml(row.strong ? "pair strong" : "pair", row);
    case "big":
      return pairHtml("pair big", row);
    case "rule":
      return "<hr>";
    case "barcode":
      return `<p class="number">${escaped(row.text)}</p>`;
    case "qr":
      return `<figure role="img" aria-label="${escaped(row.label)}">${drawQr(row.text)}<figcaption>${escaped(row.label)}</figcaption></figure>`;
    case "image":
      return `<img class="logo" alt="${escaped(row.label)}" src="data:image/png;base64,${escaped(row.png)}">`;
  }
}

function pairHtml(name: string, { left, right }: { readonly left: string; readonly right: string }): string {
  const end = right === "" ? "" : ` <span>${escaped(right)}</span>`;
  return `<p class="${name}"><span>${escaped(left)}</span>${end}</p>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it stands within an element or a quoted attribute. Control characters, which no page may hold, are left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\P{Cc}\n\t]/gu, "")
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
