import { z } from "zod";
import {
  addConnectorAnswerSchema,
  addConnectorRequestSchema,
  changeConnectorAnswerSchema,
  changeConnectorRequestSchema,
  connectorsAnswerSchema,
  deadNewsAnswerSchema,
  dismissNewsRequestSchema,
  doneAnswerSchema,
  inboxAnswerSchema,
  inboxQuerySchema,
  messageAnswerSchema,
  messageNameSchema,
  replayNewsRequestSchema,
} from "#protocol/hq/connectors.ts";
import { replayAnswerSchema } from "#protocol/hq/webhooks.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";

const params = z.object({ id: z.string().min(1).max(64) });
const SEES = { ...LOOKS, right: "integrations.read", reach: "allStores" } as const;
const EDITS = { ...ACTS, method: "POST", right: "integrations.edit", reach: "allStores" } as const;

const connectorTrail = {
  subject: "connector",
  secrets: ["credentials", "webhookSecret"],
} as const;

export const CONNECTOR_CALLS = {
  connectors: hqCall({
    ...SEES,
    path: "/hq/v1/connectors",
    summary: "Connected web shops with what waits and what went wrong, and what can be connected",
    answer: connectorsAnswerSchema,
  }),
  addConnector: hqCall({
    ...EDITS,
    path: "/hq/v1/connectors",
    summary: "Connect a web shop",
    words: "Where its webhooks' secret is made here, it is told this once.",
    body: addConnectorRequestSchema,
    example: {
      platform: "shopify",
      channel: "web",
      apiUrl: "https://fenwick.myshopify.com",
      credentials: { accessToken: "shpat_…" },
      locations: { "61234567": "BER1" },
    },
    answer: addConnectorAnswerSchema,
    status: 201,
    refusals: ["badRequest", "conflict"],
    trail: { ...connectorTrail, id: () => null },
  }),
  changeConnector: hqCall({
    ...EDITS,
    method: "PUT",
    path: "/hq/v1/connectors/:id",
    summary: "Change a connected web shop; what is left out stays",
    params,
    body: changeConnectorRequestSchema,
    answer: changeConnectorAnswerSchema,
    refusals: ["notFound", "badRequest", "conflict"],
    trail: {
      ...connectorTrail,
      id: (asked) => asked.params.id,
      state: (tx, asked) => connectorNow(tx, asked.params.id),
    },
  }),
  removeConnector: hqCall({
    ...EDITS,
    method: "DELETE",
    path: "/hq/v1/connectors/:id",
    summary: "Disconnect a web shop, and drop its messages and what waits to be told to it",
    params,
    answer: doneAnswerSchema,
    refusals: ["notFound"],
    trail: {
      ...connectorTrail,
      id: (asked) => asked.params.id,
      state: (tx, asked) => connectorNow(tx, asked.params.id),
    },
  }),
  inbox: hqCall({
    ...SEES,
    path: "/hq/v1/connectors/inbox",
    summary: "Messages that web shops sent, the newest first",
    query: inboxQuerySchema,
    answer: inboxAnswerSchema,
  }),
  replayMessage: hqCall({
    ...EDITS,
    path: "/hq/v1/connectors/inbox/replay",
    summary: "Act again, at once, on a message that waits or is dead",
    body: messageNameSchema,
    answer: messageAnswerSchema,
    refusals: ["notFound", "conflict"],
    trail: { subject: "connector", id: ({ body }) => body.connector },
  }),
  dismissMessage: hqCall({
    ...EDITS,
    path: "/hq/v1/connectors/inbox/dismiss",
    summary: "Say that nothing is to be done for a message",
    body: messageNameSchema,
    answer: messageAnswerSchema,
    refusals: ["notFound", "conflict"],
    trail: { subject: "connector", id: ({ body }) => body.connector },
  }),
  deadNews: hqCall({
    ...SEES,
    path: "/hq/v1/connectors/dead",
    summary: "News that its web shop never took, the newest first",
    answer: deadNewsAnswerSchema,
  }),
  dismissNews: hqCall({
    ...EDITS,
    path: "/hq/v1/connectors/dead/dismiss",
    summary: "Say that a web shop need not know news that it never took",
    body: dismissNewsRequestSchema,
    answer: doneAnswerSchema,
    refusals: ["notFound"],
    trail: { subject: "connector", id: ({ body }) => body.connector },
  }),
  replayNews: hqCall({
    ...EDITS,
    path: "/hq/v1/connectors/dead/replay",
    summary: "Tell web shops again at once what they never took; one shop, or one piece of news, where named",
    body: replayNewsRequestSchema.prefault({}),
    answer: replayAnswerSchema,
    trail: { subject: "connector", id: ({ body }) => body.connector ?? "all" },
  }),
};

/** Credentials and secrets are nowhere in it. */
async function connectorNow(tx: ReadTransaction, id: string): Promise<unknown> {
  const found = (await tx.connectors()).find((each) => each.id === id);
  if (found === undefined) return null;
  const { platform, channel, apiUrl, locations } = found;
  return { platform, channel, apiUrl, locations };
}
