import { z } from "zod";
import { promotionSchema } from "../documents/promotion.ts";
import { currencySchema, idSchema } from "../scalars.ts";

export const MAX_PROMOTIONS = 1_000;

/** `PUT /hq/v1/promotions/{id}`: makes a promotion or changes it; it holds at the tills as soon as they hear of it, from `validFrom` on. */
export const promotionRequestSchema = promotionSchema.check((context) => {
  const { rule, validFrom, validUntil } = context.value;
  const wrong = (message: string, path: string[]) =>
    context.issues.push({ code: "custom", message, path, input: context.value });
  if (validUntil !== null && validUntil <= validFrom) wrong("it ends before it begins", ["validUntil"]);
  if (rule.kind === "piecesFor" && rule.pays >= rule.size)
    wrong(`of ${rule.size} pieces fewer than ${rule.size} are paid`, ["rule", "pays"]);
});

/** `GET /hq/v1/promotions`: all there are, by their ids. */
export const promotionsAnswerSchema = z.strictObject({
  promotions: z.array(promotionSchema),
  /** The retailer's, in which people say from when to when: its first store's (IANA name). */
  timeZone: z.string(),
  /** The retailer's, as its first store keeps it. */
  currency: currencySchema,
  /** What people call the articles that are named in them. */
  articles: z.array(z.strictObject({ variant: idSchema<"Variant">(), name: z.string() })),
});
export type PromotionsAnswer = z.infer<typeof promotionsAnswerSchema>;

/** `DELETE /hq/v1/promotions/{id}` */
export const promotionRemovedSchema = z.strictObject({});
