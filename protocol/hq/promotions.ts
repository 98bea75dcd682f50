import { z } from "zod";
import { PROMOTION_CHOICES, type TierSteps } from "#domain/promotions/promotion.ts";
import { promotionSchema } from "../documents/promotion.ts";
import { currencySchema, idSchema, textSchema } from "../scalars.ts";

export const MAX_PROMOTIONS = 1_000;

/** `PUT /hq/v1/promotions/{id}`: makes a promotion or changes it; it holds at the tills as soon as they hear of it, from `validFrom` on. */
export const promotionRequestSchema = promotionSchema.check((context) => {
  const { rule, validFrom, validUntil } = context.value;
  const wrong = (message: string, path: string[]) =>
    context.issues.push({ code: "custom", message, path, input: context.value });
  if (validUntil !== null && validUntil <= validFrom) wrong("it ends before it begins", ["validUntil"]);
  if (rule.kind === "piecesFor" && rule.pays >= rule.size)
    wrong(`of ${rule.size} pieces fewer than ${rule.size} are paid`, ["rule", "pays"]);
  if (rule.kind === "tiers" && !isAscending(rule.steps)) wrong("its steps do not ascend", ["rule", "steps"]);
  // So many gifts as one likes for nothing.
  if (rule.kind === "gift" && rule.perEach && rule.needs.kind === "value" && rule.needs.least.minor <= 0)
    wrong("a gift for each value asks for a value", ["rule", "needs"]);
});

function isAscending(steps: TierSteps): boolean {
  const starts =
    steps.by === "pieces" ? steps.of.map(({ from }) => from) : steps.of.map(({ least }) => least.minor);
  return starts.every((start, index) => index === 0 || start > (starts[index - 1] ?? 0));
}

/** `GET /hq/v1/promotions`: all there are, by their ids. */
export const promotionsAnswerSchema = z.strictObject({
  promotions: z.array(promotionSchema),
  /** The retailer's, in which people say from when to when: its first store's (IANA name). */
  timeZone: z.string(),
  /** The retailer's, as its first store keeps it. */
  currency: currencySchema,
  /** What people call the articles that are named in them. */
  articles: z.array(z.strictObject({ variant: idSchema<"Variant">(), name: z.string() })),
  /** Which of several that fit are granted, in every store and web shop. */
  choice: z.enum(PROMOTION_CHOICES),
  stores: z.array(z.strictObject({ id: idSchema<"Store">(), name: textSchema, timeZone: z.string() })),
  /** The tills' first, then those of web shops, as far as a connector, a key, a price list or a promotion names them. */
  channels: z.array(idSchema<"Channel">()),
  groups: z.array(z.strictObject({ id: idSchema<"CustomerGroup">(), name: textSchema })),
});
export type PromotionsAnswer = z.infer<typeof promotionsAnswerSchema>;

/** Where in the feed `promotions` a change stands: a till that has read so far has it. */
const seqSchema = z.number().int().nonnegative();
/** The answer to `PUT /hq/v1/promotions/{id}`. */
export const savedPromotionSchema = z.strictObject({ promotion: promotionSchema, seq: seqSchema });

/** `DELETE /hq/v1/promotions/{id}` */
export const promotionRemovedSchema = z.strictObject({ seq: seqSchema });

/** `PUT /hq/v1/promotion-choice`: which of several promotions that fit are granted, in every store and web shop from now on. */
export const promotionChoiceSchema = z.strictObject({ choice: z.enum(PROMOTION_CHOICES) });
