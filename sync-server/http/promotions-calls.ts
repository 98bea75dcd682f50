import { z } from "zod";
import {
  promotionChoiceSchema,
  promotionRemovedSchema,
  promotionRequestSchema,
  promotionsAnswerSchema,
  savedPromotionSchema,
} from "#protocol/hq/promotions.ts";
import { simulateRequestSchema, simulationSchema } from "#protocol/hq/simulate.ts";
import type { Trail } from "../access/trail.ts";
import { PROMOTIONS_FEED } from "../sync/feeds.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";

const params = z.object({ id: z.string().min(1).max(64) });
const CHANGES = { ...ACTS, right: "promotions.edit", reach: "allStores" } as const;

const trail: Trail<{ readonly params: z.output<typeof params>; readonly body: unknown }> = {
  subject: "promotion",
  id: (asked) => asked.params.id,
  state: async (tx, asked) => {
    const known = await tx.liveDocument({
      feed: PROMOTIONS_FEED,
      collection: "promotions",
      id: asked.params.id,
    });
    return known === null ? null : JSON.parse(known);
  },
};

export const PROMOTION_CALLS = {
  promotions: hqCall({
    ...LOOKS,
    path: "/hq/v1/promotions",
    summary: "All promotions, and what they may be about",
    words: "Of a part of the stores: those that hold in one of them.",
    right: "promotions.read",
    reach: "filtered",
    answer: promotionsAnswerSchema,
  }),
  putPromotion: hqCall({
    ...CHANGES,
    method: "PUT",
    path: "/hq/v1/promotions/:id",
    summary: "Make a promotion, or change it",
    words: "Tills hear of it within seconds; it holds from its beginning on.",
    params,
    body: promotionRequestSchema,
    answer: savedPromotionSchema,
    refusals: ["badRequest"],
    trail,
  }),
  removePromotion: hqCall({
    ...CHANGES,
    method: "DELETE",
    path: "/hq/v1/promotions/:id",
    summary: "Take a promotion away",
    params,
    answer: promotionRemovedSchema,
    refusals: ["notFound"],
    trail,
  }),
  putPromotionChoice: hqCall({
    ...CHANGES,
    method: "PUT",
    path: "/hq/v1/promotion-choice",
    summary: "Decide which of several promotions that fit are granted, in every store and web shop",
    body: promotionChoiceSchema,
    answer: promotionChoiceSchema,
    trail: {
      subject: "promotionChoice",
      id: () => "all",
      state: async (tx) => (await tx.stores())[0]?.promotionChoice ?? "priority",
    },
  }),
  simulateBasket: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/promotions/simulate",
    summary:
      "What a basket would cost, by the engine that tills and quotes go by, and what each promotion does",
    words: "Nothing is kept of it.",
    right: "promotions.read",
    reach: "filtered",
    body: simulateRequestSchema,
    answer: simulationSchema,
    refusals: ["notFound", "badRequest"],
    trail: "none",
  }),
};
