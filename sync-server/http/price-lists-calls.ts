import { z } from "zod";
import {
  fixAnswerSchema,
  fixRequestSchema,
  priceCheckAnswerSchema,
  priceCheckQuerySchema,
  priceRulesSchema,
} from "#protocol/hq/price-check.ts";
import {
  channelListsRequestSchema,
  groupsRequestSchema,
  priceListRequestSchema,
  priceListsAnswerSchema,
  storeListsRequestSchema,
} from "#protocol/hq/prices.ts";
import { idSchema } from "#protocol/scalars.ts";
import { knownLists } from "../prices/lists.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";
import { storeParams, storeTrail } from "./store-called.ts";

const listParams = z.object({ id: idSchema<"PriceList">() });
const channelParams = z.object({ channel: idSchema<"Channel">() });
const CHANGES = { ...ACTS, method: "PUT", right: "prices.edit", reach: "allStores" } as const;

export const PRICE_LIST_CALLS = {
  priceLists: hqCall({
    ...LOOKS,
    path: "/hq/v1/price-lists",
    summary: "The price lists there are, and who asks which of them in which order",
    right: "prices.read",
    reach: "filtered",
    answer: priceListsAnswerSchema,
  }),
  putPriceList: hqCall({
    ...CHANGES,
    path: "/hq/v1/price-lists/:id",
    summary: "Make a price list, or rename it",
    words: "Its currency stays once there are prices on it.",
    params: listParams,
    body: priceListRequestSchema,
    answer: priceListsAnswerSchema,
    refusals: ["conflict"],
    trail: {
      subject: "priceList",
      id: ({ params }) => params.id,
      state: async (tx, { params }) => (await knownLists(tx)).find(({ id }) => id === params.id) ?? null,
    },
  }),
  putStoreLists: hqCall({
    ...CHANGES,
    path: "/hq/v1/stores/:code/price-lists",
    summary: "Decide which price lists a store asks, in which order",
    reach: { code: "path" },
    params: storeParams,
    body: storeListsRequestSchema,
    answer: priceListsAnswerSchema,
    refusals: ["notFound", "badRequest"],
    trail: storeTrail("priceLists"),
  }),
  putChannelLists: hqCall({
    ...CHANGES,
    path: "/hq/v1/channels/:channel/price-lists",
    summary: "Decide which price lists a channel asks; null: those of the first store",
    params: channelParams,
    body: channelListsRequestSchema,
    answer: priceListsAnswerSchema,
    refusals: ["badRequest"],
    trail: {
      subject: "channel",
      id: ({ params }) => params.channel,
      state: async (tx, { params }) =>
        (await tx.channelLists()).find(({ channel }) => channel === params.channel) ?? null,
    },
  }),
  putCustomerGroups: hqCall({
    ...CHANGES,
    path: "/hq/v1/customer-groups",
    summary: "All groups of customers, in the order in which their price lists are asked",
    words: "Customers stay in a group that is left out, and it no longer means anything.",
    body: groupsRequestSchema,
    answer: priceListsAnswerSchema,
    refusals: ["badRequest"],
    trail: {
      subject: "customerGroups",
      id: () => "all",
      state: async (tx) => (await tx.stores())[0]?.customerGroups ?? [],
    },
  }),
};

export const PRICE_CHECK_CALLS = {
  priceRules: hqCall({
    ...LOOKS,
    path: "/hq/v1/price-rules",
    summary: "The rules that prices are checked by",
    right: "prices.read",
    reach: "shared",
    answer: priceRulesSchema,
  }),
  putPriceRules: hqCall({
    ...CHANGES,
    path: "/hq/v1/price-rules",
    summary: "Decide by which rules prices are checked",
    body: priceRulesSchema,
    answer: priceRulesSchema,
    trail: { subject: "priceRules", id: () => "all", state: (tx) => tx.priceRules() },
  }),
  priceCheck: hqCall({
    ...LOOKS,
    path: "/hq/v1/price-check",
    summary: "Prices and promotions that contradict themselves, each with what would set it right",
    words: "Findings about costs are told to those alone who may read margins.",
    right: "prices.read",
    reach: "allStores",
    query: priceCheckQuerySchema,
    answer: priceCheckAnswerSchema,
  }),
  fixPrice: hqCall({
    ...CHANGES,
    method: "POST",
    path: "/hq/v1/price-check/fix",
    summary: "Do what a finding offers",
    body: fixRequestSchema,
    answer: fixAnswerSchema,
    refusals: ["conflict"],
    trail: { subject: "priceFinding", id: ({ body }) => body.id },
  }),
};
