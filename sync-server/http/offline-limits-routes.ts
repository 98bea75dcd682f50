import type { FastifyInstance } from "fastify";
import type { OfflinePolicy, StoreSettings } from "#domain/store/store.ts";
import { maxOfflineCredit } from "#domain/value/spending.ts";
import type { OfflineLimits, StoreOfflineLimits } from "#protocol/hq/offline-limits.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStores, serve } from "./hq-call.ts";
import { RULE_CALLS } from "./rules-calls.ts";
import { storeCalled } from "./store-called.ts";

/** What tills may do on their own word, as HQ decides it for each store (protocol/hq/offline-limits.ts). */
export function registerOfflineLimitRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher } = deps;
  serve(app, deps, RULE_CALLS.offlineLimits, async ({ asker }) => ({
    stores: ownStores(asker, await storage.read((tx) => tx.stores())).map(limitsOf),
  }));
  serve(app, deps, RULE_CALLS.putOfflineLimits, ({ params: { code }, body: limits }) =>
    publisher.publish(async (publication) => {
      const store = await storeCalled(publication.tx, code);
      const amounts = [limits.maxRefund, limits.maxCredit, limits.maxPoints].filter((each) => each !== null);
      if (amounts.some(({ currency }) => currency !== store.currency))
        throw new Refusal("badRequest", `${store.name} keeps its amounts in ${store.currency}.`);
      if (amounts.some(({ minor }) => minor < 0)) throw new Refusal("badRequest", "A limit is zero or more.");
      const changed = { ...store, offlinePolicy: withLimits(store.offlinePolicy, limits) };
      await publication.putStore(changed);
      return limitsOf(changed);
    }),
  );
}

function withLimits(
  { maxPoints: _, ...policy }: OfflinePolicy,
  { maxPoints, ...limits }: OfflineLimits,
): OfflinePolicy {
  return { ...policy, ...limits, ...(maxPoints === null ? {} : { maxPoints }) };
}

function limitsOf({ code, name, currency, offlinePolicy }: StoreSettings): StoreOfflineLimits {
  const { maxRefund, maxPoints = null, couponCodes = true } = offlinePolicy;
  const maxCredit = maxOfflineCredit(offlinePolicy, currency);
  return { code, name, currency, limits: { maxRefund, maxCredit, maxPoints, couponCodes } };
}
