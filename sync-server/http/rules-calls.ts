import { ringOf } from "#domain/updates/rings.ts";
import {
  offlineLimitsAnswerSchema,
  offlineLimitsSchema,
  storeOfflineLimitsSchema,
} from "#protocol/hq/offline-limits.ts";
import { receiptDesignRequestSchema, storeReceiptSchema } from "#protocol/hq/receipt-design.ts";
import {
  retailerRulesSchema,
  storePoliciesAnswerSchema,
  storePolicyRequestSchema,
  storePolicySchema,
} from "#protocol/hq/rules.ts";
import { scaleCodesSchema } from "#protocol/hq/scale-codes.ts";
import { putRingsSchema, putStoreRingSchema, updatesAnswerSchema } from "#protocol/hq/updates.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";
import { storeParams, storeTrail } from "./store-called.ts";

const SEES = { ...LOOKS, right: "rules.read" } as const;
const OF_STORE = {
  ...ACTS,
  method: "PUT",
  right: "rules.edit",
  reach: { code: "path" },
  params: storeParams,
} as const;
const OF_ALL = { ...ACTS, method: "PUT", right: "rules.edit", reach: "allStores" } as const;

/** What stores go by, as HQ decides it for all of them or for one. */
export const RULE_CALLS = {
  rules: hqCall({
    ...SEES,
    path: "/hq/v1/rules",
    summary: "How orders are routed and credited",
    reach: "shared",
    answer: retailerRulesSchema,
  }),
  putRules: hqCall({
    ...OF_ALL,
    path: "/hq/v1/rules",
    summary: "Decide how orders are routed and credited from the next one on",
    body: retailerRulesSchema,
    answer: retailerRulesSchema,
    trail: { subject: "rules", id: () => "orders", state: (tx) => tx.retailerRules() },
  }),
  orderPolicies: hqCall({
    ...SEES,
    path: "/hq/v1/policies",
    summary: "How each store takes part in orders",
    reach: "filtered",
    answer: storePoliciesAnswerSchema,
  }),
  putOrderPolicy: hqCall({
    ...OF_STORE,
    path: "/hq/v1/stores/:code/orders",
    summary: "Decide how a store takes part in orders",
    body: storePolicyRequestSchema,
    answer: storePolicySchema,
    refusals: ["notFound", "badRequest"],
    trail: storeTrail("orders"),
  }),
  offlineLimits: hqCall({
    ...SEES,
    path: "/hq/v1/offline-limits",
    summary: "What the tills of each store may do on their own word",
    reach: "filtered",
    answer: offlineLimitsAnswerSchema,
  }),
  putOfflineLimits: hqCall({
    ...OF_STORE,
    path: "/hq/v1/stores/:code/offline-limits",
    summary: "Decide what the tills of a store may do on their own word",
    body: offlineLimitsSchema,
    answer: storeOfflineLimitsSchema,
    refusals: ["notFound", "badRequest"],
    trail: storeTrail("offlinePolicy"),
  }),
  scaleCodes: hqCall({
    ...SEES,
    path: "/hq/v1/scale-codes",
    summary: "How the scales of all stores print labels",
    reach: "shared",
    answer: scaleCodesSchema,
  }),
  putScaleCodes: hqCall({
    ...OF_ALL,
    path: "/hq/v1/scale-codes",
    summary: "Say how the scales of all stores print labels",
    body: scaleCodesSchema,
    answer: scaleCodesSchema,
    trail: {
      subject: "scaleCodes",
      id: () => "all",
      state: async (tx) => (await tx.stores())[0]?.scaleCodes ?? [],
    },
  }),
  receiptDesign: hqCall({
    ...SEES,
    path: "/hq/v1/stores/:code/receipt",
    summary: "How the receipts of a store look",
    reach: { code: "path" },
    params: storeParams,
    answer: storeReceiptSchema,
    refusals: ["notFound"],
  }),
  putReceiptDesign: hqCall({
    ...OF_STORE,
    path: "/hq/v1/stores/:code/receipt",
    summary: "Decide how the receipts of a store look",
    words: "Its tills print it from their next sync on.",
    body: receiptDesignRequestSchema,
    answer: storeReceiptSchema,
    refusals: ["notFound", "badRequest"],
    trail: { ...storeTrail("receipt"), secrets: ["logo"] },
  }),
  updates: hqCall({
    ...SEES,
    path: "/hq/v1/updates",
    summary: "Which version each ring is to run, and what the tills of each store said they run",
    reach: "filtered",
    answer: updatesAnswerSchema,
  }),
  putRings: hqCall({
    ...OF_ALL,
    path: "/hq/v1/updates/rings",
    summary: "Decide which version each ring is to run",
    body: putRingsSchema,
    answer: updatesAnswerSchema,
    refusals: ["badRequest"],
    trail: {
      subject: "updateRings",
      id: () => "all",
      state: async (tx) => (await tx.stagedUpdates()).plans,
    },
  }),
  putStoreRing: hqCall({
    ...OF_STORE,
    path: "/hq/v1/stores/:code/update-ring",
    summary: "Put a store into a ring",
    body: putStoreRingSchema,
    answer: updatesAnswerSchema,
    refusals: ["notFound"],
    trail: {
      subject: "store",
      id: ({ params }) => params.code,
      state: async (tx, { params }) => {
        const store = await tx.storeByCode(params.code);
        return store === null ? null : { ring: ringOf(await tx.stagedUpdates(), store.store) };
      },
    },
  }),
};
