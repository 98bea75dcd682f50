import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import {
  mailAnswerSchema,
  mailsAnswerSchema,
  mailsQuerySchema,
  retriedMailsAnswerSchema,
} from "#protocol/hq/mails.ts";
import { idSchema } from "#protocol/scalars.ts";
import { receiptQuerySchema } from "#protocol/shop/receipt.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";

const ticketParams = z.object({ id: idSchema<"Ticket">() });
const mailParams = z.object({ id: z.string().min(1).max(64) });
const DOCUMENT = {
  ...LOOKS,
  right: "tickets.read",
  reach: "filtered",
  params: ticketParams,
  answer: { files: ["text/html", "application/pdf"] },
  refusals: ["notFound", "tooManyRequests"],
} as const;

export const RECEIPT_CALLS = {
  receipt: hqCall({
    ...DOCUMENT,
    path: "/hq/v1/tickets/:id/receipt",
    summary: "The receipt of a ticket, as a copy",
    query: receiptQuerySchema,
  }),
  invoice: hqCall({
    ...DOCUMENT,
    path: "/hq/v1/tickets/:id/invoice",
    summary: "An invoice over a ticket, as a copy",
    query: receiptQuerySchema.extend({
      /** Which one, where a sale was invoiced to several; absent: the one issued last. */
      invoice: idSchema<"Invoice">().optional(),
    }),
  }),
  mails: hqCall({
    ...LOOKS,
    path: "/hq/v1/mails",
    summary: "Receipts and invoices that customers asked for by mail, the newest first",
    right: "tickets.read",
    reach: "filtered",
    query: mailsQuerySchema,
    answer: mailsAnswerSchema,
  }),
  retryDeadMails: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/mails/retry",
    summary: "Try again at once everything that is dead, as after the mail account was mended",
    right: "customers.edit",
    reach: "filtered",
    answer: retriedMailsAnswerSchema,
    trail: { subject: "mail", id: () => "dead", state: (tx) => tx.mailCounts() },
  }),
  retryMail: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/mails/:id/retry",
    summary: "Try again at once a mail that waits or is dead",
    right: "customers.edit",
    reach: "filtered",
    params: mailParams,
    answer: mailAnswerSchema,
    refusals: ["notFound", "conflict"],
    trail: {
      subject: "mail",
      id: ({ params }) => params.id,
      state: async (tx, { params }) => {
        const mail = await tx.mail(idOf<"Mail">(params.id));
        if (mail === null) return null;
        const { ticket, state, tries, nextTryAt, lastFailure } = mail;
        return { ticket, state, tries, nextTryAt, lastFailure };
      },
    },
  }),
};
