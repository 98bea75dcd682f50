import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import { mailsQuerySchema } from "#protocol/hq/mails.ts";
import { idSchema } from "#protocol/scalars.ts";
import { receiptQuerySchema } from "#protocol/shop/receipt.ts";
import { receiptMailRequestSchema } from "#protocol/sync/receipt-mails.ts";
import { invoiceOf, receiptOf } from "../receipts/documents.ts";
import { askingDevice, requireHqKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { sendDocument } from "./receipt-answers.ts";
import { validated } from "./validate.ts";

const ticketParams = z.object({ id: idSchema<"Ticket">() });
const mailParams = z.object({ id: z.string().min(1).max(64) });
const invoiceQuerySchema = receiptQuerySchema.extend({
  /** Which one, where a sale was invoiced to several; absent: the one issued last. */
  invoice: idSchema<"Invoice">().optional(),
});

/** Receipts and invoices as HQ reads them, always as copies, and the outbox of mails (protocol/hq/mails.ts). Every address needs an HQ key. */
export function registerReceiptsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireHqKey(request, deps.storage));
    hq.get("/hq/v1/tickets/:id/receipt", async (request, reply) => {
      const { id: ticket } = validated(ticketParams, request.params);
      const { format, language = null } = validated(receiptQuerySchema, request.query);
      const codeOf = await deps.receiptCodes.ofTickets();
      const wish = { ticket, isCopy: true, language, codeOf };
      const found = await deps.storage.read((tx) => receiptOf(tx, wish));
      if (found === null) throw new Refusal("notFound", "There is no such ticket.");
      return sendDocument(reply, found, { format });
    });
    hq.get("/hq/v1/tickets/:id/invoice", async (request, reply) => {
      const { id: ticket } = validated(ticketParams, request.params);
      const { format, language = null, invoice: named } = validated(invoiceQuerySchema, request.query);
      const found = await deps.storage.read(async (tx) => {
        const issued = await tx.invoicesOf(ticket);
        const invoice = named === undefined ? issued.at(-1) : issued.find(({ id }) => id === named);
        return invoice === undefined ? null : invoiceOf(tx, { invoice: invoice.id, isCopy: true, language });
      });
      if (found === null) throw new Refusal("notFound", "No invoice was issued over this ticket.");
      return sendDocument(reply, found, { format });
    });
    hq.get("/hq/v1/mails", async (request) => {
      const { state = null, limit } = validated(mailsQuerySchema, request.query);
      return deps.mails.list({ state, limit });
    });
    hq.post("/hq/v1/mails/:id/retry", async (request) => {
      const { id } = validated(mailParams, request.params);
      const retried = await deps.mails.retry(idOf<"Mail">(id));
      if (retried.ok) return retried.value;
      throw retried.reason === "noSuchMail"
        ? new Refusal("notFound", "There is no such mail.")
        : new Refusal("conflict", "This mail was sent already.");
    });
  });
  app.post("/sync/v1/receipt-mails", async (request) => {
    const device = await askingDevice(request, deps);
    await deps.mails.ask(device.store, validated(receiptMailRequestSchema, request.body));
    return {};
  });
}
