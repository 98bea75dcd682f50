import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { addWebhookRequestSchema, replayRequestSchema } from "#protocol/hq/webhooks.ts";
import { createEndpoints } from "../events/endpoints.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { validated } from "./validate.ts";

const endpointParams = z.object({ id: z.string().min(1).max(64) });

/** Where events go, as HQ decides it (protocol/hq/webhooks.ts). */
export function registerWebhooksRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const endpoints = createEndpoints(deps);
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, deps.storage, ["hq"]));
    hq.get("/hq/v1/webhooks", async () => ({ endpoints: await endpoints.list() }));
    hq.post("/hq/v1/webhooks", async (request, reply) => {
      const added = await endpoints.add(validated(addWebhookRequestSchema, request.body));
      if (added.ok) return reply.code(201).header("cache-control", "no-store").send(added.value);
      throw added.reason === "notSecure"
        ? new Refusal("badRequest", "Events go to HTTPS addresses, or by HTTP to this very machine.")
        : new Refusal("conflict", "There are too many endpoints. Remove one first.");
    });
    hq.delete("/hq/v1/webhooks/:id", async (request) => {
      const { id } = validated(endpointParams, request.params);
      if (!(await endpoints.remove(id))) throw new Refusal("notFound", "There is no such endpoint.");
      return {};
    });
    hq.get("/hq/v1/webhooks/dead", async () => ({ dead: await endpoints.dead() }));
    hq.post("/hq/v1/webhooks/dead/replay", async (request) => ({
      replayed: await endpoints.replay(validated(replayRequestSchema, request.body ?? {})),
    }));
  });
}
