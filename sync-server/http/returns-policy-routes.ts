import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Result } from "#domain/result.ts";
import { offlineRefundRequestSchema, returnPolicyRequestSchema } from "#protocol/hq/returns-policy.ts";
import type { PolicyRefusal } from "../returns/policies.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { validated } from "./validate.ts";

const storeParams = z.object({ code: z.string().max(8).toUpperCase() });

/** How stores take goods back, as HQ decides it (protocol/hq/returns-policy.ts). */
export function registerReturnsPolicyRoutes(
  app: FastifyInstance,
  { storage, returnPolicies }: Pick<ServerDeps, "storage" | "returnPolicies">,
): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get("/hq/v1/categories", async () => ({ categories: await storage.read((tx) => tx.categories()) }));
    hq.get("/hq/v1/returns-policy", () => returnPolicies.read());
    hq.put("/hq/v1/returns-policy", async (request) => {
      const policy = validated(returnPolicyRequestSchema, request.body);
      return taken(await returnPolicies.putRetailers(policy), "retailer");
    });
    hq.put("/hq/v1/stores/:code/returns", async (request) => {
      const { code } = validated(storeParams, request.params);
      const policy = validated(returnPolicyRequestSchema, request.body);
      return taken(await returnPolicies.putOwn(code, policy), code);
    });
    hq.delete("/hq/v1/stores/:code/returns", async (request) => {
      const { code } = validated(storeParams, request.params);
      return taken(await returnPolicies.putOwn(code, null), code);
    });
    hq.put("/hq/v1/stores/:code/offline-refund", async (request) => {
      const { code } = validated(storeParams, request.params);
      const { maxRefund } = validated(offlineRefundRequestSchema, request.body);
      if (maxRefund.minor < 0) throw new Refusal("badRequest", "The limit is zero or more.");
      return taken(await returnPolicies.putOfflineLimit(code, maxRefund), code);
    });
  });
}

function taken<T>(result: Result<T, PolicyRefusal>, code: string): T {
  if (result.ok) return result.value;
  if (result.reason.why === "noSuchStore") throw new Refusal("notFound", `There is no store ${code}.`);
  const { name, currency } = result.reason.store;
  throw new Refusal(
    "badRequest",
    code === "retailer"
      ? `${name} keeps its amounts in ${currency}: give it a policy of its own first, or leave the amounts out.`
      : `${name} keeps its amounts in ${currency}.`,
    ["otherCurrency"],
  );
}
