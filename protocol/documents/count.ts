import { z } from "zod";
import { type CountScope, MAX_COUNT_LIST } from "#domain/stock/count-plan.ts";
import { businessDaySchema, idSchema, instantSchema, textSchema } from "../scalars.ts";

/** Areas of one count that tills are told of: the newest. */
export const MAX_AREAS_TOLD = 300;

export const countScopeSchema: z.ZodType<CountScope> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all") }),
  z.strictObject({ kind: z.literal("category"), category: z.string().min(1).max(200) }),
  z.strictObject({
    kind: z.literal("list"),
    variants: z.array(idSchema<"Variant">()).min(1).max(MAX_COUNT_LIST),
  }),
]);

/** Replica collection `counts`: what HQ asks this store to count, until the store or HQ is done with it, and which areas were told by any till. */
export const countSchema = z.strictObject({
  id: idSchema<"Count">(),
  name: textSchema,
  scope: countScopeSchema,
  blind: z.boolean(),
  day: businessDaySchema,
  note: textSchema,
  /** Who asks for it. */
  by: textSchema,
  at: instantSchema,
  areas: z
    .array(
      z.strictObject({
        id: idSchema<"AreaCount">(),
        area: textSchema,
        /** Of which till, by its number, and whom. */
        register: z.number().int().positive(),
        staff: textSchema,
        at: instantSchema,
        articles: z.number().int().nonnegative(),
        pieces: z.number().int().nonnegative(),
      }),
    )
    .max(MAX_AREAS_TOLD),
});
export type CountDocument = z.infer<typeof countSchema>;
