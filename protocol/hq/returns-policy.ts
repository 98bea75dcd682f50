import { z } from "zod";
import { returnPolicySchema } from "../documents/settings.ts";
import { currencySchema, moneySchema, textSchema } from "../scalars.ts";

/** `PUT /hq/v1/returns-policy` (the retailer's) and `PUT /hq/v1/stores/{code}/returns` (a store's own, instead of the retailer's) take such a policy, whole. */
export const returnPolicyRequestSchema = returnPolicySchema.check((context) => {
  const { windows, refundTo } = context.value;
  const wrong = (message: string, path: string[]) =>
    context.issues.push({ code: "custom", message, path, input: context.value });
  const categories = windows.map(({ category }) => category);
  const twice = categories.find((category, index) => categories.indexOf(category) !== index);
  if (twice !== undefined) wrong(`the category ${twice} has two windows`, ["windows"]);
  if (new Set(refundTo).size !== refundTo.length)
    wrong("each way of refund counts once: one is there twice", ["refundTo"]);
  const amounts = [context.value.maxCash, context.value.managerAbove, context.value.withoutReceipt?.most];
  if (amounts.some((amount) => amount != null && amount.minor < 0)) wrong("a limit is zero or more", []);
});

/** `PUT /hq/v1/stores/{code}/offline-refund`: the most that one of its tills gives back without the server's word. */
export const offlineRefundRequestSchema = z.strictObject({ maxRefund: moneySchema });

/** What it, `PUT` and `DELETE /hq/v1/stores/{code}/returns` answer. */
export const storeReturnsSchema = z.strictObject({
  code: z.string(),
  name: textSchema,
  currency: currencySchema,
  /** Null: the store goes by the retailer's. */
  own: returnPolicySchema.nullable(),
  maxRefundOffline: moneySchema,
});
export type StoreReturns = z.infer<typeof storeReturnsSchema>;

/** `GET` and `PUT /hq/v1/returns-policy` */
export const returnsPolicyAnswerSchema = z.strictObject({
  policy: returnPolicySchema,
  stores: z.array(storeReturnsSchema),
});
export type ReturnsPolicyAnswer = z.infer<typeof returnsPolicyAnswerSchema>;

/** `GET /hq/v1/categories`: those of the catalogue, in the order of the alphabet. */
export const categoriesAnswerSchema = z.strictObject({ categories: z.array(z.string()) });
