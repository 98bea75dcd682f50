import type { FastifyReply } from "fastify";
import type { ReceiptQuery } from "#protocol/shop/receipt.ts";
import type { ReceiptDocument } from "../receipts/documents.ts";
import { fileNameOf, pdfJobOf, RECEIPT_PAGE_POLICY, writtenHtml } from "../receipts/written.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";

/** Answers a receipt or an invoice as a page or a file. What somebody bought is kept by no cache on the way. Throws a refusal while too many files are being made. */
export async function sendDocument(
  reply: FastifyReply,
  document: ReceiptDocument,
  { format, pdfs }: Pick<ReceiptQuery, "format"> & Pick<ServerDeps, "pdfs">,
): Promise<FastifyReply> {
  void reply.header("cache-control", "no-store");
  if (format === "html")
    return reply
      .header("content-security-policy", RECEIPT_PAGE_POLICY)
      .type("text/html; charset=utf-8")
      .send(writtenHtml(document));
  const pdf = await pdfs.draw(pdfJobOf(document));
  if (!pdf.ok)
    throw new Refusal("tooManyRequests", "Too many documents are being made. Try again in a moment.");
  const name = encodeURIComponent(fileNameOf(document));
  return reply
    .header("content-disposition", `inline; filename*=UTF-8''${name}`)
    .type("application/pdf")
    .send(Buffer.from(pdf.value));
}
