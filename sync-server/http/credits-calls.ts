import {
  creditActParamsSchema,
  creditActRequestSchema,
  creditRowSchema,
  creditsAnswerSchema,
  creditsQuerySchema,
  giftCardPoliciesAnswerSchema,
  giftCardPolicyRequestSchema,
  storeGiftCardsSchema,
} from "#protocol/hq/credits.ts";
import { booked } from "../credits/credits.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";
import { storeParams, storeTrail } from "./store-called.ts";

export const CREDIT_CALLS = {
  credits: hqCall({
    ...LOOKS,
    path: "/hq/v1/credits",
    summary: "Store credits and gift cards with what explains their balance, the newest first",
    words:
      "They are the retailer's: spent in any store, whichever gave them out. Found by a code, its last characters or the number of a receipt.",
    right: "value.read",
    reach: "shared",
    query: creditsQuerySchema,
    answer: creditsAnswerSchema,
  }),
  giftCardPolicies: hqCall({
    ...LOOKS,
    path: "/hq/v1/gift-cards/policies",
    summary: "The rules of each store for gift cards",
    right: "rules.read",
    reach: "filtered",
    answer: giftCardPoliciesAnswerSchema,
  }),
  putGiftCardPolicy: hqCall({
    ...ACTS,
    method: "PUT",
    path: "/hq/v1/stores/:code/gift-cards",
    summary: "Decide how a store sells gift cards",
    right: "rules.edit",
    reach: { code: "path" },
    params: storeParams,
    body: giftCardPolicyRequestSchema,
    answer: storeGiftCardsSchema,
    refusals: ["notFound", "badRequest"],
    trail: storeTrail("giftCards"),
  }),
  actOnCredit: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/credits/:id/acts",
    summary: "Take off what is left of a credit or gift card, or put back what was taken",
    words: "The reason is kept in the books.",
    right: "value.adjust",
    reach: "shared",
    params: creditActParamsSchema,
    body: creditActRequestSchema,
    answer: creditRowSchema,
    refusals: ["notFound", "conflict"],
    trail: {
      subject: "credit",
      id: ({ params }) => params.id,
      state: async (tx, { params }) => {
        const credit = await tx.credit(params.id);
        return credit === null ? null : (await booked(tx, credit)).sums;
      },
    },
  }),
};
