import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { retailerRulesSchema, type StorePolicy, storePolicyRequestSchema } from "#protocol/hq/rules.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { storeCalled } from "./store-called.ts";
import { validated } from "./validate.ts";

const storeParams = z.object({ code: z.string().max(8) });

/** How orders are routed, credited and done, as HQ decides it (protocol/hq/rules.ts). */
export function registerRulesRoutes(app: FastifyInstance, { storage, publisher }: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get("/hq/v1/rules", () => storage.read((tx) => tx.retailerRules()));
    hq.put("/hq/v1/rules", async (request) => {
      const rules = validated(retailerRulesSchema, request.body);
      await storage.write((tx) => tx.putRetailerRules(rules));
      return rules;
    });
    hq.get("/hq/v1/policies", async () => ({
      stores: (await storage.read((tx) => tx.stores())).map(policyOf),
    }));
    hq.put("/hq/v1/stores/:code/orders", async (request) => {
      const { code } = validated(storeParams, request.params);
      const orders = validated(storePolicyRequestSchema, request.body);
      return publisher.publish(async (publication) => {
        const store = await storeCalled(publication.tx, code);
        if (orders.shippingCost !== null && orders.shippingCost.currency !== store.currency)
          throw new Refusal("badRequest", `${store.name} keeps its amounts in ${store.currency}.`);
        const changed = { ...store, orders };
        await publication.putStore(changed);
        return policyOf(changed);
      });
    });
  });
}

function policyOf(store: StoreSettings): StorePolicy {
  return { code: store.code, name: store.name, currency: store.currency, policy: orderPolicyOf(store) };
}
