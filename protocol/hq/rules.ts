import { z } from "zod";
import {
  type RetailerRules,
  ROUTING_RULES,
  SILENT_RULES,
  SPLIT_RULES,
} from "#domain/orders/retailer-rules.ts";
import { orderPolicySchema } from "../documents/settings.ts";
import { currencySchema, textSchema } from "../scalars.ts";

const WHOLE_PPM = 1_000_000;
const share = z
  .number()
  .int(`a share is whole parts per million, 0 to ${WHOLE_PPM}`)
  .min(0, "a share is 0 or more")
  .max(WHOLE_PPM, `a share is at most ${WHOLE_PPM}, the whole order`);

/** `GET` and `PUT /hq/v1/rules`: how orders are routed and credited from the next one on. */
export const retailerRulesSchema: z.ZodType<RetailerRules> = z.strictObject({
  routing: z
    .array(z.enum(ROUTING_RULES))
    .refine((rules) => new Set(rules).size === rules.length, "each rule counts once: one is there twice"),
  split: z.enum(SPLIT_RULES),
  silentStores: z.enum(SILENT_RULES),
  attribution: z.strictObject({ placedPpm: share, fulfilledPpm: share }),
});

/** `PUT /hq/v1/stores/{code}/orders` takes such a policy and answers its store. */
export const storePolicyRequestSchema = orderPolicySchema;
export const storePolicySchema = z.strictObject({
  code: z.string(),
  name: textSchema,
  currency: currencySchema,
  policy: orderPolicySchema,
});
export type StorePolicy = z.infer<typeof storePolicySchema>;

/** `GET /hq/v1/policies`: how each store takes part in orders. */
export const storePoliciesAnswerSchema = z.strictObject({ stores: z.array(storePolicySchema) });
