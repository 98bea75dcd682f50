import { z } from "zod";
import { caseProductSchema, casePurchaseSchema, caseSchema } from "../documents/case.ts";
import { idSchema, instantSchema, textSchema } from "../scalars.ts";

/** Cases that one look-up answers at most. */
export const MAX_CASES_FOUND = 50;

/** `GET /sync/v1/cases?search|customer`: cases of the whole chain, newest first, for whoever comes to another store than the one that took theirs in. */
export const casesLookUpSchema = z
  .strictObject({
    search: z.string().trim().max(120).default(""),
    customer: idSchema<"Customer">().optional(),
  })
  .refine(({ search, customer }) => search !== "" || customer !== undefined, "search for something");
export const casesFoundSchema = z.strictObject({
  cases: z.array(z.strictObject({ case: caseSchema, customerName: textSchema, storeName: textSchema })),
});
export type CasesFound = z.infer<typeof casesFoundSchema>;

/** What a number on paper says was bought, its articles in it; null where no receipt and no order has it. */
export const casePurchaseFoundSchema = z
  .strictObject({
    purchase: casePurchaseSchema,
    customer: idSchema<"Customer">().nullable(),
    boughtAt: instantSchema,
    products: z.array(caseProductSchema),
  })
  .nullable();
export type CasePurchaseFound = z.infer<typeof casePurchaseFoundSchema>;

/** `GET /sync/v1/case-purchases?number` answers it. */
export const casePurchaseQuerySchema = z.strictObject({ number: z.string().trim().min(1).max(60) });
export const casePurchaseAnswerSchema = z.strictObject({ found: casePurchaseFoundSchema });
