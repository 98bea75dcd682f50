import type { FastifyInstance } from "fastify";
import type { Result } from "#domain/result.ts";
import {
  categoriesAnswerSchema,
  offlineRefundRequestSchema,
  returnPolicyRequestSchema,
  returnsPolicyAnswerSchema,
  storeReturnsSchema,
} from "#protocol/hq/returns-policy.ts";
import type { PolicyRefusal } from "../returns/policies.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ACTS, hqCall, LOOKS, ownStores, serve } from "./hq-call.ts";
import { storeParams, storeTrail } from "./store-called.ts";

const OF_STORE = { ...ACTS, right: "rules.edit", reach: { code: "path" }, params: storeParams } as const;

export const RETURNS_POLICY_CALLS = {
  categories: hqCall({
    ...LOOKS,
    path: "/hq/v1/categories",
    summary: "The categories of the catalogue, in the order of the alphabet",
    right: "catalogue.read",
    reach: "shared",
    answer: categoriesAnswerSchema,
  }),
  returnsPolicy: hqCall({
    ...LOOKS,
    path: "/hq/v1/returns-policy",
    summary: "How goods are taken back: the retailer's policy, and what is otherwise in which store",
    right: "rules.read",
    reach: "filtered",
    answer: returnsPolicyAnswerSchema,
  }),
  putReturnsPolicy: hqCall({
    ...ACTS,
    method: "PUT",
    path: "/hq/v1/returns-policy",
    summary: "Decide how goods are taken back in every store without a policy of its own",
    right: "rules.edit",
    reach: "allStores",
    body: returnPolicyRequestSchema,
    answer: returnsPolicyAnswerSchema,
    refusals: ["badRequest"],
    trail: { subject: "returnsPolicy", id: () => "retailer", state: (tx) => tx.retailerReturnPolicy() },
  }),
  putStoreReturns: hqCall({
    ...OF_STORE,
    method: "PUT",
    path: "/hq/v1/stores/:code/returns",
    summary: "Give a store a returns policy of its own",
    body: returnPolicyRequestSchema,
    answer: storeReturnsSchema,
    refusals: ["notFound", "badRequest"],
    trail: storeTrail("returns"),
  }),
  removeStoreReturns: hqCall({
    ...OF_STORE,
    method: "DELETE",
    path: "/hq/v1/stores/:code/returns",
    summary: "Let a store go by the retailer's returns policy again",
    answer: storeReturnsSchema,
    refusals: ["notFound", "badRequest"],
    trail: storeTrail("returns"),
  }),
  putOfflineRefund: hqCall({
    ...OF_STORE,
    method: "PUT",
    path: "/hq/v1/stores/:code/offline-refund",
    summary: "The most that a till of a store gives back without the server's word",
    body: offlineRefundRequestSchema,
    answer: storeReturnsSchema,
    refusals: ["notFound", "badRequest"],
    trail: storeTrail("offlinePolicy"),
  }),
};

/** How stores take goods back, as HQ decides it (protocol/hq/returns-policy.ts). */
export function registerReturnsPolicyRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, returnPolicies } = deps;
  const calls = RETURNS_POLICY_CALLS;
  serve(app, deps, calls.categories, async () => ({
    categories: await storage.read((tx) => tx.categories()),
  }));
  serve(app, deps, calls.returnsPolicy, async ({ asker }) => {
    const { policy, stores } = await returnPolicies.read();
    const own = ownStores(asker, await storage.read((tx) => tx.stores())).map(({ code }) => code);
    return { policy, stores: stores.filter(({ code }) => own.includes(code)) };
  });
  serve(app, deps, calls.putReturnsPolicy, async ({ body }) =>
    taken(await returnPolicies.putRetailers(body), "retailer"),
  );
  serve(app, deps, calls.putStoreReturns, async ({ params: { code }, body }) =>
    taken(await returnPolicies.putOwn(code, body), code),
  );
  serve(app, deps, calls.removeStoreReturns, async ({ params: { code } }) =>
    taken(await returnPolicies.putOwn(code, null), code),
  );
  serve(app, deps, calls.putOfflineRefund, async ({ params: { code }, body: { maxRefund } }) => {
    if (maxRefund.minor < 0) throw new Refusal("badRequest", "The limit is zero or more.");
    return taken(await returnPolicies.putOfflineLimit(code, maxRefund), code);
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
