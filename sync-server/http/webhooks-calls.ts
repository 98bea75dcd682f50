import { z } from "zod";
import {
  addWebhookAnswerSchema,
  addWebhookRequestSchema,
  attemptsAnswerSchema,
  attemptsQuerySchema,
  changeWebhookAnswerSchema,
  changeWebhookRequestSchema,
  deadWebhooksAnswerSchema,
  replayAnswerSchema,
  replayRequestSchema,
  sendAgainRequestSchema,
  testWebhookAnswerSchema,
  webhooksAnswerSchema,
} from "#protocol/hq/webhooks.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { hqCall } from "./hq-call.ts";

const endpointParams = z.object({ id: z.string().min(1).max(64) });

/** An endpoint without the secret by which it knows us. */
async function stateOf(tx: ReadTransaction, id: string): Promise<unknown> {
  const known = (await tx.webhookEndpoints()).find((each) => each.id === id);
  if (known === undefined) return null;
  const { secret: _, ...state } = known;
  return state;
}

const reads = { right: "integrations.read", reach: "allStores", body: null, trail: "none" } as const;
const edits = { right: "integrations.edit", reach: "allStores", query: null } as const;
const trail = {
  subject: "webhook",
  id: ({ params }: { readonly params: z.output<typeof endpointParams> }) => params.id,
  state: (tx: ReadTransaction, { params }: { readonly params: z.output<typeof endpointParams> }) =>
    stateOf(tx, params.id),
};

/** Calls about where events go (protocol/hq/webhooks.ts). */
export const WEBHOOK_CALLS = {
  webhooks: hqCall({
    ...reads,
    method: "GET",
    path: "/hq/v1/webhooks",
    summary: "Where events go, and what waits",
    params: null,
    query: null,
    answer: webhooksAnswerSchema,
    refusals: [],
  }),
  addWebhook: hqCall({
    ...edits,
    method: "POST",
    path: "/hq/v1/webhooks",
    summary: "Have events sent to an address",
    words: "The secret by which the receiver checks signatures (Standard Webhooks) is told this once.",
    params: null,
    body: addWebhookRequestSchema,
    answer: addWebhookAnswerSchema,
    status: 201,
    refusals: ["badRequest", "conflict"],
    trail: { subject: "webhook", id: () => null },
  }),
  changeWebhook: hqCall({
    ...edits,
    method: "PUT",
    path: "/hq/v1/webhooks/:id",
    summary: "Change where events go, or pause them",
    words: "While it is paused events wait; what waits goes to the new address.",
    params: endpointParams,
    body: changeWebhookRequestSchema,
    answer: changeWebhookAnswerSchema,
    refusals: ["badRequest", "notFound"],
    trail,
  }),
  removeWebhook: hqCall({
    ...edits,
    method: "DELETE",
    path: "/hq/v1/webhooks/:id",
    summary: "Send nothing there any more; what waits is dropped",
    params: endpointParams,
    body: null,
    answer: z.strictObject({}),
    refusals: ["notFound"],
    trail,
  }),
  deadWebhooks: hqCall({
    ...reads,
    method: "GET",
    path: "/hq/v1/webhooks/dead",
    summary: "Events that no endpoint took, the newest first",
    params: null,
    query: null,
    answer: deadWebhooksAnswerSchema,
    refusals: [],
  }),
  replayDeadWebhooks: hqCall({
    ...edits,
    method: "POST",
    path: "/hq/v1/webhooks/dead/replay",
    summary: "Send dead letters again at once",
    params: null,
    body: replayRequestSchema,
    answer: replayAnswerSchema,
    refusals: [],
    trail: { subject: "webhook", id: ({ body }) => body.endpoint ?? "*" },
  }),
  webhookAttempts: hqCall({
    ...reads,
    method: "GET",
    path: "/hq/v1/webhooks/:id/attempts",
    summary: "What was tried to be handed over, the newest first",
    params: endpointParams,
    query: attemptsQuerySchema,
    answer: attemptsAnswerSchema,
    refusals: ["notFound"],
  }),
  sendEventAgain: hqCall({
    ...edits,
    method: "POST",
    path: "/hq/v1/webhooks/:id/send-again",
    summary: "Send an event once more, also one that was taken",
    params: endpointParams,
    body: sendAgainRequestSchema,
    answer: z.strictObject({}),
    refusals: ["notFound"],
    trail: { subject: "webhook", id: ({ params }) => params.id },
  }),
  testWebhook: hqCall({
    ...edits,
    method: "POST",
    path: "/hq/v1/webhooks/:id/test",
    summary: "Send a test event now and tell what came back",
    params: endpointParams,
    body: null,
    answer: testWebhookAnswerSchema,
    refusals: ["notFound"],
    trail: { subject: "webhook", id: ({ params }) => params.id },
  }),
};
