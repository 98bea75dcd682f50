import type { FastifyInstance } from "fastify";
import { reachesStore } from "#domain/access/roles.ts";
import { idOf, type TicketId } from "#domain/ids.ts";
import { receiptMailRequestSchema } from "#protocol/sync/receipt-mails.ts";
import { invoiceOf, receiptOf } from "../receipts/documents.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Asker } from "./asker.ts";
import { askingDevice } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { serve } from "./hq-call.ts";
import { LookUpPace, MAILS_PER_MINUTE } from "./look-up-pace.ts";
import { sendDocument } from "./receipt-answers.ts";
import { RECEIPT_CALLS } from "./receipts-calls.ts";
import { validated } from "./validate.ts";

/** Receipts and invoices as HQ reads them, always as copies, and the outbox of mails (protocol/hq/mails.ts). */
export function registerReceiptsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, mails, pdfs } = deps;
  serve(app, deps, RECEIPT_CALLS.receipt, async ({ params: { id: ticket }, query, asker, reply }) => {
    const { format, language = null } = query;
    const codeOf = await deps.receiptCodes.ofTickets();
    const wish = { ticket, isCopy: true, language, codeOf };
    const found = await storage.read(async (tx) =>
      (await isOwnTicket(tx, asker, ticket)) ? receiptOf(tx, wish) : null,
    );
    if (found === null) throw new Refusal("notFound", "There is no such ticket.");
    return sendDocument(reply, found, { format, pdfs });
  });
  serve(app, deps, RECEIPT_CALLS.invoice, async ({ params: { id: ticket }, query, asker, reply }) => {
    const { format, language = null, invoice: named } = query;
    const found = await storage.read(async (tx) => {
      const issued = (await isOwnTicket(tx, asker, ticket)) ? await tx.invoicesOf(ticket) : [];
      const invoice = named === undefined ? issued.at(-1) : issued.find(({ id }) => id === named);
      return invoice === undefined ? null : invoiceOf(tx, { invoice: invoice.id, isCopy: true, language });
    });
    if (found === null) throw new Refusal("notFound", "No invoice was issued over this ticket.");
    return sendDocument(reply, found, { format, pdfs });
  });
  serve(app, deps, RECEIPT_CALLS.mails, ({ query: { state = null, limit }, asker }) =>
    mails.list({ state, limit, store: asker.stores }),
  );
  serve(app, deps, RECEIPT_CALLS.retryDeadMails, async ({ asker }) => ({
    retried: await mails.retryDead(asker.stores),
  }));
  serve(app, deps, RECEIPT_CALLS.retryMail, async ({ params: { id }, asker }) => {
    const retried = await mails.retry(idOf<"Mail">(id), asker.stores);
    if (retried.ok) return retried.value;
    throw retried.reason === "noSuchMail"
      ? new Refusal("notFound", "There is no such mail.")
      : new Refusal("conflict", "This mail was sent already.");
  });
  const pace = new LookUpPace(MAILS_PER_MINUTE, deps.now);
  app.post("/sync/v1/receipt-mails", async (request) => {
    const device = await askingDevice(request, deps);
    pace.count(device);
    await deps.mails.ask(device.store, validated(receiptMailRequestSchema, request.body));
    return { sends: deps.mails.sends };
  });
}

async function isOwnTicket(tx: ReadTransaction, { stores }: Asker, id: TicketId): Promise<boolean> {
  const found = await tx.ticket(id);
  return found !== null && reachesStore(stores, found.ticket.store);
}
