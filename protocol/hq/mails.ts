import { z } from "zod";
import { idSchema, instantSchema, receiptNumberSchema } from "../scalars.ts";

/** How a mail stands. `waitingForSale`: its till has not handed the sale (or the invoice) over yet. `dead`: given up, with the reason. */
export const MAIL_STANDINGS = ["waitingForSale", "waiting", "sent", "dead"] as const;

const mailSchema = z.strictObject({
  id: idSchema<"Mail">(),
  ticket: idSchema<"Ticket">(),
  /** Null until the sale has come. */
  number: receiptNumberSchema.nullable(),
  document: z.enum(["receipt", "invoice"]),
  email: z.string(),
  standing: z.enum(MAIL_STANDINGS),
  askedAt: instantSchema,
  tries: z.number().int(),
  nextTryAt: instantSchema.nullable(),
  sentAt: instantSchema.nullable(),
  /** Why the last try failed, in words; null where none did. */
  lastFailure: z.string().nullable(),
});
export type MailRow = z.infer<typeof mailSchema>;

/** `GET /hq/v1/mails`: newest first; `state` narrows it to those that wait, were sent or are dead. */
export const mailsQuerySchema = z.strictObject({
  state: z.enum(["waiting", "sent", "dead"]).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const mailsAnswerSchema = z.strictObject({
  /** Whether this server knows how to send mail; without it everything waits. */
  configured: z.boolean(),
  waiting: z.number().int(),
  dead: z.number().int(),
  mails: z.array(mailSchema),
});

/** `POST /hq/v1/mails/:id/retry`: tries again at once what waits or is dead, and answers how it stands. */
export const mailAnswerSchema = mailSchema;
