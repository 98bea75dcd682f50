import type { FastifyInstance } from "fastify";
import { type EventRow, eventsAnswerSchema, eventsQuerySchema } from "#protocol/hq/events.ts";
import { EVENT_TYPES } from "../events/event-types.ts";
import type { FeedEvent } from "../events/port.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, serve } from "./hq-call.ts";

export const EVENT_CALLS = {
  events: hqCall({
    method: "GET",
    path: "/hq/v1/events",
    summary: "What happened, from a cursor on",
    words:
      "For programs that follow along (an ERP): ask again with `after` = `next` of the last answer, at once while `caughtUp` is false, else after a few seconds. " +
      "Each event comes once per cursor and has the same `id` as by webhook. Events are kept for 30 days; a cursor that is older, or of a time before a backup was put back, gets `checkpointExpired`.",
    right: "events.read",
    reach: "allStores",
    params: null,
    query: eventsQuerySchema,
    body: null,
    answer: eventsAnswerSchema,
    refusals: ["checkpointExpired"],
    trail: "none",
  }),
};

/** The feed of events for programs that ask (protocol/hq/events.ts); who wants to be told is in webhooks-routes.ts. */
export function registerEventsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  serve(app, deps, EVENT_CALLS.events, ({ query: { after, types, limit } }) =>
    deps.storage.read(async (tx) => {
      const { head, purgedTo } = await tx.eventsHead();
      // Whoever begins takes what there is; whoever goes on must not miss anything unnoticed.
      if (after > 0 && after < purgedTo)
        throw new Refusal(
          "checkpointExpired",
          "Events after this cursor are not kept any more. Take the state anew, then begin without a cursor.",
        );
      if (after > head)
        throw new Refusal(
          "checkpointExpired",
          "This cursor is none of this server any more: it went back to a backup. Begin without a cursor, and know each event again by its `id`.",
        );
      const found = await tx.events({ after, types, limit });
      const last = found.at(-1)?.cursor ?? after;
      const caughtUp = found.length < limit;
      return {
        events: found.map(eventRow),
        next: caughtUp ? Math.max(last, head) : last,
        caughtUp,
        types: Object.entries(EVENT_TYPES).map(([type, words]) => ({ type, words })),
      };
    }),
  );
}

function eventRow({ cursor, event: { id, type, at, data } }: FeedEvent): EventRow {
  return { cursor, id, type, at, data: JSON.parse(data) };
}
