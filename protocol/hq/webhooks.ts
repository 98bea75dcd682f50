import { z } from "zod";
import { instantSchema } from "../scalars.ts";

/** Where outgoing events go. `types` empty: all of them. */
const endpointSchema = z.strictObject({
  id: z.string(),
  url: z.string(),
  types: z.array(z.string()),
  createdAt: instantSchema,
  /** Since when nothing is sent; what happens meanwhile waits. Null: it is sent. */
  pausedAt: instantSchema.nullable(),
});

const addressSchema = z.url().max(500);
const typesSchema = z
  .array(
    z
      .string()
      .regex(/^[a-zA-Z0-9_.]+$/)
      .max(60),
  )
  .max(30);

/** `POST /hq/v1/webhooks`: HTTPS, or HTTP to the server's own machine. */
export const addWebhookRequestSchema = z.strictObject({ url: addressSchema, types: typesSchema.default([]) });
/** The secret (`whsec_…`, Standard Webhooks) is told this once. */
export const addWebhookAnswerSchema = endpointSchema.extend({ secret: z.string() });
export type AddWebhookAnswer = z.infer<typeof addWebhookAnswerSchema>;

/** `PUT /hq/v1/webhooks/{id}` */
export const changeWebhookRequestSchema = z.strictObject({
  url: addressSchema,
  types: typesSchema,
  paused: z.boolean(),
});
export const changeWebhookAnswerSchema = endpointSchema;
export type WebhookChange = z.infer<typeof changeWebhookRequestSchema>;
export type ChangedWebhook = z.infer<typeof changeWebhookAnswerSchema>;

/** `GET /hq/v1/webhooks`; `DELETE /hq/v1/webhooks/{id}` answers `{}` and drops what waits for it. */
export const webhooksAnswerSchema = z.strictObject({
  endpoints: z.array(endpointSchema.extend({ waiting: z.number().int(), dead: z.number().int() })),
});
export type WebhookRow = z.infer<typeof webhooksAnswerSchema>["endpoints"][number];

/** `GET /hq/v1/webhooks/dead`: what no endpoint took, newest first. */
export const deadWebhooksAnswerSchema = z.strictObject({
  dead: z.array(
    z.strictObject({
      endpoint: z.string(),
      url: z.string(),
      event: z.string(),
      type: z.string(),
      at: instantSchema,
      failures: z.number().int(),
      lastFailure: z.string(),
    }),
  ),
});
export type DeadWebhook = z.infer<typeof deadWebhooksAnswerSchema>["dead"][number];

/** `POST /hq/v1/webhooks/dead/replay`: sends dead letters again at once; those of one endpoint, or one event, where named. */
export const replayRequestSchema = z
  .strictObject({
    endpoint: z.string().max(64).nullable().default(null),
    event: z.string().max(120).nullable().default(null),
  })
  .prefault({});
export const replayAnswerSchema = z.strictObject({ replayed: z.number().int() });

const flagSchema = z
  .enum(["true", "false"])
  .default("false")
  .transform((text) => text === "true");

/** `GET /hq/v1/webhooks/{id}/attempts`: what was tried to be handed over, the newest first; below `before` where given. Kept for 30 days. */
export const attemptsQuerySchema = z.strictObject({
  failed: flagSchema,
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const attemptsAnswerSchema = z.strictObject({
  attempts: z.array(
    z.strictObject({
      cursor: z.number().int(),
      event: z.string(),
      type: z.string(),
      at: instantSchema,
      tookMs: z.number().int().nonnegative(),
      /** `status 500`, `timedOut`, `unreachable`; null: it was taken. */
      failure: z.string().nullable(),
    }),
  ),
});
export type AttemptRow = z.infer<typeof attemptsAnswerSchema>["attempts"][number];

/** `POST /hq/v1/webhooks/{id}/send-again`: an event that may have been taken already goes out once more, under its own id. Answers `{}`. */
export const sendAgainRequestSchema = z.strictObject({ event: z.string().min(1).max(120) });

/** `POST /hq/v1/webhooks/{id}/test`: sends an event of type `test` now and tells what came back; a failure as of attempts, or null. */
export const testWebhookAnswerSchema = z.strictObject({
  failure: z.string().nullable(),
  tookMs: z.number().int().nonnegative(),
});
export type TestedWebhook = z.infer<typeof testWebhookAnswerSchema>;
