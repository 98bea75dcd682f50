import { z } from "zod";
import { instantSchema } from "../scalars.ts";

/** Where outgoing events go. `types` empty: all of them. */
const endpointSchema = z.strictObject({
  id: z.string(),
  url: z.string(),
  types: z.array(z.string()),
  createdAt: instantSchema,
});

/** `POST /hq/v1/webhooks`: HTTPS, or HTTP to the server's own machine. */
export const addWebhookRequestSchema = z.strictObject({
  url: z.url().max(500),
  types: z
    .array(
      z
        .string()
        .regex(/^[a-zA-Z0-9_.]+$/)
        .max(60),
    )
    .max(30)
    .default([]),
});
/** The secret (`whsec_…`, Standard Webhooks) is told this once. */
export const addWebhookAnswerSchema = endpointSchema.extend({ secret: z.string() });
export type AddWebhookAnswer = z.infer<typeof addWebhookAnswerSchema>;

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
export const replayRequestSchema = z.strictObject({
  endpoint: z.string().max(64).nullable().default(null),
  event: z.string().max(64).nullable().default(null),
});
export const replayAnswerSchema = z.strictObject({ replayed: z.number().int() });
