import type { FastifyInstance } from "fastify";
import { createEndpoints } from "../events/endpoints.ts";
import { httpPost, POST_TIMEOUT_MS } from "../events/post.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { serve } from "./hq-call.ts";
import { WEBHOOK_CALLS as calls } from "./webhooks-calls.ts";

/** Where events go, as HQ decides it, and what came of each. */
export function registerWebhooksRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const endpoints = createEndpoints({ ...deps, post: httpPost({ timeoutMs: POST_TIMEOUT_MS }) });
  serve(app, deps, calls.webhooks, async () => ({ endpoints: await endpoints.list() }));
  serve(app, deps, calls.addWebhook, async ({ body, reply }) => {
    const added = await endpoints.add(body);
    if (!added.ok) throw refusalOf(added.reason);
    void reply.header("cache-control", "no-store");
    return added.value;
  });
  serve(app, deps, calls.changeWebhook, async ({ params, body }) => {
    const changed = await endpoints.change(params.id, body);
    if (!changed.ok) throw refusalOf(changed.reason);
    return changed.value;
  });
  serve(app, deps, calls.removeWebhook, async ({ params }) => {
    if (!(await endpoints.remove(params.id))) throw refusalOf("unknown");
    return {};
  });
  serve(app, deps, calls.deadWebhooks, async () => ({ dead: await endpoints.dead() }));
  serve(app, deps, calls.replayDeadWebhooks, async ({ body }) => ({
    replayed: await endpoints.replay(body),
  }));
  serve(app, deps, calls.webhookAttempts, async ({ params, query: { failed, before, limit } }) => {
    const attempts = await endpoints.attempts({
      endpoint: params.id,
      onlyFailed: failed,
      before: before ?? null,
      limit,
    });
    if (attempts === null) throw refusalOf("unknown");
    return { attempts };
  });
  serve(app, deps, calls.sendEventAgain, async ({ params, body }) => {
    const sent = await endpoints.sendAgain({ endpoint: params.id, event: body.event });
    if (!sent.ok) throw refusalOf(sent.reason);
    return {};
  });
  serve(app, deps, calls.testWebhook, async ({ params }) => {
    const tested = await endpoints.test(params.id);
    if (tested === null) throw refusalOf("unknown");
    return tested;
  });
}

const REFUSALS = {
  notSecure: ["badRequest", "Events go to HTTPS addresses, or by HTTP to this very machine."],
  tooMany: ["conflict", "There are too many endpoints. Remove one first."],
  unknown: ["notFound", "There is no such endpoint."],
  forgotten: ["notFound", "This event is not kept any more: events are kept for 30 days."],
} as const;

function refusalOf(reason: keyof typeof REFUSALS): Refusal {
  const [kind, words] = REFUSALS[reason];
  return new Refusal(kind, words, [reason]);
}
