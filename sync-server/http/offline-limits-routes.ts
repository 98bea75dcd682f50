import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { OfflinePolicy, StoreSettings } from "#domain/store/store.ts";
import { maxOfflineCredit } from "#domain/value/spending.ts";
import {
  type OfflineLimits,
  offlineLimitsSchema,
  type StoreOfflineLimits,
} from "#protocol/hq/offline-limits.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { storeCalled } from "./store-called.ts";
import { validated } from "./validate.ts";

const storeParams = z.object({ code: z.string().max(8) });

/** What tills may do on their own word, as HQ decides it for each store (protocol/hq/offline-limits.ts). */
export function registerOfflineLimitRoutes(
  app: FastifyInstance,
  { storage, publisher }: Pick<ServerDeps, "storage" | "publisher">,
): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get("/hq/v1/offline-limits", async () => ({
      stores: (await storage.read((tx) => tx.stores())).map(limitsOf),
    }));
    hq.put("/hq/v1/stores/:code/offline-limits", async (request) => {
      const { code } = validated(storeParams, request.params);
      const limits = validated(offlineLimitsSchema, request.body);
      return publisher.publish(async (publication) => {
        const store = await storeCalled(publication.tx, code);
        const amounts = [limits.maxRefund, limits.maxCredit, limits.maxPoints].filter(
          (each) => each !== null,
        );
        if (amounts.some(({ currency }) => currency !== store.currency))
          throw new Refusal("badRequest", `${store.name} keeps its amounts in ${store.currency}.`);
        if (amounts.some(({ minor }) => minor < 0))
          throw new Refusal("badRequest", "A limit is zero or more.");
        const changed = { ...store, offlinePolicy: withLimits(store.offlinePolicy, limits) };
        await publication.putStore(changed);
        return limitsOf(changed);
      });
    });
  });
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
