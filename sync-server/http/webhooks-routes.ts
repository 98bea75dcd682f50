import type { FastifyInstance } from "fastify";
import { createEndpoints } from "../events/endpoints.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { serve } from "./hq-call.ts";
import { WEBHOOK_CALLS } from "./webhooks-calls.ts";

/** Where events go, as HQ decides it (protocol/hq/webhooks.ts). */
export function registerWebhooksRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const endpoints = createEndpoints(deps);
  serve(app, deps, WEBHOOK_CALLS.webhooks, async () => ({ endpoints: await endpoints.list() }));
  serve(app, deps, WEBHOOK_CALLS.addWebhook, async ({ body, reply }) => {
    const added = await endpoints.add(body);
    void reply.header("cache-control", "no-store");
    if (added.ok) return added.value;
    throw added.reason === "notSecure"
      ? new Refusal("badRequest", "Events go to HTTPS addresses, or by HTTP to this very machine.")
      : new Refusal("conflict", "There are too many endpoints. Remove one first.");
  });
  serve(app, deps, WEBHOOK_CALLS.removeWebhook, async ({ params: { id } }) => {
    if (!(await endpoints.remove(id))) throw new Refusal("notFound", "There is no such endpoint.");
    return {};
  });
  serve(app, deps, WEBHOOK_CALLS.deadWebhooks, async () => ({ dead: await endpoints.dead() }));
  serve(app, deps, WEBHOOK_CALLS.replayWebhooks, async ({ body }) => ({
    replayed: await endpoints.replay(body),
  }));
}
