import type { FastifyInstance } from "fastify";
import { scaleCodesSchema } from "#protocol/hq/scale-codes.ts";
import { putScaleCodes, scaleCodesOf } from "../catalog/scale-codes.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { validated } from "./validate.ts";

/** How scales print labels, as HQ decides it for all stores (protocol/hq/scale-codes.ts). */
export function registerScaleCodeRoutes(
  app: FastifyInstance,
  { storage, publisher }: Pick<ServerDeps, "storage" | "publisher">,
): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get("/hq/v1/scale-codes", async () => ({ codes: await scaleCodesOf(storage) }));
    hq.put("/hq/v1/scale-codes", async (request) => {
      const { codes } = validated(scaleCodesSchema, request.body);
      await putScaleCodes(publisher, codes);
      return { codes };
    });
  });
}
