import type { FastifyInstance } from "fastify";
import { z } from "zod";
import {
  addConnectorRequestSchema,
  changeConnectorRequestSchema,
  dismissNewsRequestSchema,
  inboxQuerySchema,
  messageNameSchema,
  replayNewsRequestSchema,
} from "#protocol/hq/connectors.ts";
import { type AddingRefusal, createConnectors, rowOf } from "../connectors/connectors.ts";
import { requireHqKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { validated } from "./validate.ts";

const connectorParams = z.object({ id: z.string().min(1).max(64) });

/** Connected shops, as HQ decides about them and sees them (protocol/hq/connectors.ts). */
export function registerConnectorsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const connectors = createConnectors(deps);
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireHqKey(request, deps.storage));
    hq.get("/hq/v1/connectors", () => connectors.list());
    hq.post("/hq/v1/connectors", async (request, reply) => {
      const added = await connectors.add(validated(addConnectorRequestSchema, request.body));
      if (!added.ok) throw addingRefusal(added.reason);
      return reply.code(201).header("cache-control", "no-store").send(added.value);
    });
    hq.put("/hq/v1/connectors/:id", async (request) => {
      const { id } = validated(connectorParams, request.params);
      const changed = await connectors.change(id, validated(changeConnectorRequestSchema, request.body));
      if (changed.ok) return changed.value;
      throw changed.reason === "noSuchConnector" ? noSuchConnector() : addingRefusal(changed.reason);
    });
    hq.delete("/hq/v1/connectors/:id", async (request) => {
      const { id } = validated(connectorParams, request.params);
      if (!(await connectors.remove(id))) throw noSuchConnector();
      return {};
    });
    hq.get("/hq/v1/connectors/inbox", async (request) => {
      const {
        connector = null,
        state = null,
        before = null,
        limit,
      } = validated(inboxQuerySchema, request.query);
      return { messages: await connectors.messages({ connector, state, before, limit }) };
    });
    hq.post("/hq/v1/connectors/inbox/replay", async (request) => {
      const replayed = await deps.inbox.replay(validated(messageNameSchema, request.body));
      if (replayed.ok) return rowOf(replayed.value);
      throw messageRefusal(replayed.reason);
    });
    hq.post("/hq/v1/connectors/inbox/dismiss", async (request) => {
      const dismissed = await deps.inbox.dismiss(validated(messageNameSchema, request.body));
      if (dismissed.ok) return rowOf(dismissed.value);
      throw messageRefusal(dismissed.reason);
    });
    hq.get("/hq/v1/connectors/dead", async () => ({ dead: await connectors.dead() }));
    hq.post("/hq/v1/connectors/dead/dismiss", async (request) => {
      if (await connectors.dismiss(validated(dismissNewsRequestSchema, request.body))) return {};
      throw new Refusal("notFound", "There is no such news, or its shop has taken it meanwhile.");
    });
    hq.post("/hq/v1/connectors/dead/replay", async (request) => ({
      replayed: await connectors.replay(validated(replayNewsRequestSchema, request.body ?? {})),
    }));
  });
}

function messageRefusal(reason: "noSuchMessage" | "doneAlready"): Refusal {
  return reason === "noSuchMessage"
    ? new Refusal("notFound", "There is no such message.")
    : new Refusal("conflict", "This message was acted on or dismissed already.");
}

function noSuchConnector(): Refusal {
  return new Refusal("notFound", "There is no such connector.");
}

function addingRefusal({ kind, names }: AddingRefusal): Refusal {
  const named = names.join(", ");
  switch (kind) {
    case "noDriver":
      return new Refusal("badRequest", `This server cannot connect to ${named} yet. Update the server.`);
    case "notSecure":
      return new Refusal("badRequest", "The shop's API is called by HTTPS, or by HTTP on this very machine.");
    case "credentialsInUrl":
      return new Refusal("badRequest", "Give name and password as credentials, not in the address.");
    case "credentialsMissing":
      return new Refusal("badRequest", `The shop's API needs these credentials as well: ${named}.`);
    case "credentialsUnknown":
      return new Refusal("badRequest", `The shop's API has no such credentials: ${named}.`);
    case "noSuchStore":
      return new Refusal("badRequest", `locations: there is no store with the code ${named}.`);
    case "channelTaken":
      return new Refusal("conflict", `Orders of the channel ${named} come another way already.`);
    case "tooMany":
      return new Refusal("conflict", "There are too many connectors. Remove one first.");
  }
}
