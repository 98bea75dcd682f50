import type { FastifyInstance } from "fastify";
import { type AddingRefusal, createConnectors, rowOf } from "../connectors/connectors.ts";
import { CONNECTOR_CALLS } from "./connectors-calls.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { serve } from "./hq-call.ts";

/** Connected shops, as HQ decides about them and sees them (protocol/hq/connectors.ts). */
export function registerConnectorsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const calls = CONNECTOR_CALLS;
  const connectors = createConnectors(deps);
  serve(app, deps, calls.connectors, () => connectors.list());
  serve(app, deps, calls.addConnector, async ({ body, reply }) => {
    const added = await connectors.add(body);
    if (!added.ok) throw addingRefusal(added.reason);
    void reply.header("cache-control", "no-store");
    return added.value;
  });
  serve(app, deps, calls.changeConnector, async ({ params: { id }, body }) => {
    const changed = await connectors.change(id, body);
    if (changed.ok) return changed.value;
    throw changed.reason === "noSuchConnector" ? noSuchConnector() : addingRefusal(changed.reason);
  });
  serve(app, deps, calls.removeConnector, async ({ params: { id } }) => {
    if (!(await connectors.remove(id))) throw noSuchConnector();
    return {};
  });
  serve(app, deps, calls.inbox, async ({ query }) => {
    const { connector = null, state = null, before = null, limit } = query;
    return { messages: await connectors.messages({ connector, state, before, limit }) };
  });
  serve(app, deps, calls.replayMessage, async ({ body }) => {
    const replayed = await deps.inbox.replay(body);
    if (replayed.ok) return rowOf(replayed.value);
    throw messageRefusal(replayed.reason);
  });
  serve(app, deps, calls.dismissMessage, async ({ body }) => {
    const dismissed = await deps.inbox.dismiss(body);
    if (dismissed.ok) return rowOf(dismissed.value);
    throw messageRefusal(dismissed.reason);
  });
  serve(app, deps, calls.deadNews, async () => ({ dead: await connectors.dead() }));
  serve(app, deps, calls.dismissNews, async ({ body }) => {
    if (await connectors.dismiss(body)) return {};
    throw new Refusal("notFound", "There is no such news, or its shop has taken it meanwhile.");
  });
  serve(app, deps, calls.replayNews, async ({ body }) => ({ replayed: await connectors.replay(body) }));
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
