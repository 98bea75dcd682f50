import type { FastifyInstance } from "fastify";
import { putRings, putStoreRing, updatesShown } from "../updates/rings.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStores, serve } from "./hq-call.ts";
import { RULE_CALLS } from "./rules-calls.ts";

/** Which version the tills of each store are to run, as HQ decides it by rings (protocol/hq/updates.ts). */
export function registerUpdatesRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher } = deps;
  serve(app, deps, RULE_CALLS.updates, ({ asker }) =>
    storage.read(async (tx) => {
      const { plans, stores } = await updatesShown(tx);
      const own = ownStores(asker, await tx.stores()).map(({ code }) => code);
      return { plans, stores: stores.filter(({ code }) => own.includes(code)) };
    }),
  );
  serve(app, deps, RULE_CALLS.putRings, async ({ body }) => {
    const put = await putRings(publisher, body);
    if (put.ok) return put.value;
    throw new Refusal(
      "badRequest",
      `The ring "${put.reason.outOfOrder}" would get a version before the ring ahead of it.`,
    );
  });
  serve(app, deps, RULE_CALLS.putStoreRing, async ({ params: { code }, body: { ring } }) => {
    const put = await putStoreRing(publisher, code, ring);
    if (put.ok) return put.value;
    throw new Refusal("notFound", `There is no store ${code}.`);
  });
}
