import { createHash } from "node:crypto";
import { receiptHtml } from "#domain/receipt/html.ts";
import { RECEIPT_STYLE } from "#domain/receipt/html-style.ts";
import type { PdfJob } from "#paper/receipt-pdf.ts";
import { qrSvg } from "#protocol/codes/qr-svg.ts";
import type { ReceiptDocument } from "./documents.ts";

/** A document as a page of its own. */
export function writtenHtml({ title, rows, kind }: ReceiptDocument): string {
  return receiptHtml({ title, rows, drawQr: qrSvg, wide: kind === "invoice" });
}

/** What a document's file is drawn of: a receipt as wide as its paper, an invoice on sheets. */
export function pdfJobOf({ title, rows, kind, ticket }: ReceiptDocument): PdfJob {
  return { title, rows, paper: kind === "invoice" ? "a4" : "roll", madeAt: ticket.completedAt };
}

/** What the file is called when it is kept: letters that every disk takes. */
export function fileNameOf({ title }: ReceiptDocument): string {
  return `${title.replaceAll(/[^\p{L}\p{N}-]+/gu, "-")}.pdf`;
}

/** What such a page may do: show its own style and the pictures within it, and nothing else. */
export const RECEIPT_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(RECEIPT_STYLE).digest("base64")}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
