import type { FastifyInstance } from "fastify";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { StorePolicy } from "#protocol/hq/rules.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStores, serve } from "./hq-call.ts";
import { RULE_CALLS } from "./rules-calls.ts";
import { storeCalled } from "./store-called.ts";

/** How orders are routed, credited and done, as HQ decides it (protocol/hq/rules.ts). */
export function registerRulesRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher } = deps;
  serve(app, deps, RULE_CALLS.rules, () => storage.read((tx) => tx.retailerRules()));
  serve(app, deps, RULE_CALLS.putRules, async ({ body: rules }) => {
    await storage.write((tx) => tx.putRetailerRules(rules));
    return rules;
  });
  serve(app, deps, RULE_CALLS.orderPolicies, async ({ asker }) => ({
    stores: ownStores(asker, await storage.read((tx) => tx.stores())).map(policyOf),
  }));
  serve(app, deps, RULE_CALLS.putOrderPolicy, ({ params: { code }, body: orders }) =>
    publisher.publish(async (publication) => {
      const store = await storeCalled(publication.tx, code);
      if (orders.shippingCost !== null && orders.shippingCost.currency !== store.currency)
        throw new Refusal("badRequest", `${store.name} keeps its amounts in ${store.currency}.`);
      const changed = { ...store, orders };
      await publication.putStore(changed);
      return policyOf(changed);
    }),
  );
}

function policyOf(store: StoreSettings): StorePolicy {
  return { code: store.code, name: store.name, currency: store.currency, policy: orderPolicyOf(store) };
}
