import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { putRingsSchema, putStoreRingSchema } from "#protocol/hq/updates.ts";
import { putRings, putStoreRing, updatesShown } from "../updates/rings.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { validated } from "./validate.ts";

const storeParams = z.object({ code: z.string().max(8) });

/** Which version the tills of each store are to run, as HQ decides it by rings (protocol/hq/updates.ts). */
export function registerUpdatesRoutes(
  app: FastifyInstance,
  { storage, publisher }: Pick<ServerDeps, "storage" | "publisher">,
): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get("/hq/v1/updates", () => storage.read(updatesShown));
    hq.put("/hq/v1/updates/rings", async (request) => {
      const put = await putRings(publisher, validated(putRingsSchema, request.body));
      if (put.ok) return put.value;
      throw new Refusal(
        "badRequest",
        `The ring "${put.reason.outOfOrder}" would get a version before the ring ahead of it.`,
      );
    });
    hq.put("/hq/v1/stores/:code/update-ring", async (request) => {
      const { code } = validated(storeParams, request.params);
      const { ring } = validated(putStoreRingSchema, request.body);
      const put = await putStoreRing(publisher, code.toUpperCase(), ring);
      if (put.ok) return put.value;
      throw new Refusal("notFound", `There is no store ${code}.`);
    });
  });
}
