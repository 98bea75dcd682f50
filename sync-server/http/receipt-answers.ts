import type { FastifyReply } from "fastify";
import type { ReceiptQuery } from "#protocol/shop/receipt.ts";
import type { ReceiptDocument } from "../receipts/documents.ts";
import { fileNameOf, RECEIPT_PAGE_POLICY, writtenHtml, writtenPdf } from "../receipts/written.ts";

/** Answers a receipt or an invoice as a page or a file. What somebody bought is kept by no cache on the way. */
export async function sendDocument(
  reply: FastifyReply,
  document: ReceiptDocument,
  { format }: Pick<ReceiptQuery, "format">,
): Promise<FastifyReply> {
  void reply.header("cache-control", "no-store");
  if (format === "html")
    return reply
      .header("content-security-policy", RECEIPT_PAGE_POLICY)
      .type("text/html; charset=utf-8")
      .send(writtenHtml(document));
  const name = encodeURIComponent(fileNameOf(document));
  return reply
    .header("content-disposition", `inline; filename*=UTF-8''${name}`)
    .type("application/pdf")
    .send(Buffer.from(await writtenPdf(document)));
}
