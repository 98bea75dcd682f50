import { z } from "zod";
import {
  addWebhookAnswerSchema,
  addWebhookRequestSchema,
  deadWebhooksAnswerSchema,
  replayAnswerSchema,
  replayRequestSchema,
  webhooksAnswerSchema,
} from "#protocol/hq/webhooks.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";

const params = z.object({ id: z.string().min(1).max(64) });
const SEES = { ...LOOKS, right: "integrations.read", reach: "allStores" } as const;
const EDITS = { ...ACTS, method: "POST", right: "integrations.edit", reach: "allStores" } as const;

export const WEBHOOK_CALLS = {
  webhooks: hqCall({
    ...SEES,
    path: "/hq/v1/webhooks",
    summary: "Where events are sent",
    answer: webhooksAnswerSchema,
  }),
  addWebhook: hqCall({
    ...EDITS,
    path: "/hq/v1/webhooks",
    summary: "Send events to an address, by HTTPS, or by HTTP to the server's own machine",
    words: "The secret that they are signed with is told this once.",
    body: addWebhookRequestSchema,
    example: { url: "https://erp.example/onetill", types: ["order.placed"] },
    answer: addWebhookAnswerSchema,
    status: 201,
    refusals: ["badRequest", "conflict"],
    trail: { subject: "webhook", id: () => null },
  }),
  removeWebhook: hqCall({
    ...EDITS,
    method: "DELETE",
    path: "/hq/v1/webhooks/:id",
    summary: "Send events to an address no longer, and drop what waits for it",
    params,
    answer: z.strictObject({}),
    refusals: ["notFound"],
    trail: {
      subject: "webhook",
      id: (asked) => asked.params.id,
      state: async (tx, asked) => {
        const found = (await tx.webhookEndpoints()).find(({ id }) => id === asked.params.id);
        return found === undefined ? null : { url: found.url, types: found.types };
      },
    },
  }),
  deadWebhooks: hqCall({
    ...SEES,
    path: "/hq/v1/webhooks/dead",
    summary: "Events that no address took, the newest first",
    answer: deadWebhooksAnswerSchema,
  }),
  replayWebhooks: hqCall({
    ...EDITS,
    path: "/hq/v1/webhooks/dead/replay",
    summary:
      "Send events again at once that no address took; those of one address, or one event, where named",
    body: replayRequestSchema.prefault({}),
    answer: replayAnswerSchema,
    trail: { subject: "webhook", id: ({ body }) => body.endpoint ?? "all" },
  }),
};
