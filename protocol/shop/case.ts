import { z } from "zod";
import {
  caseKindSchema,
  caseOutcomeSchema,
  caseProductSchema,
  caseStatusSchema,
  caseTextSchema,
} from "../documents/case.ts";
import { idSchema, instantSchema, textSchema } from "../scalars.ts";

/** A complaint, warranty case or repair as its customer may know it: nothing of who deals with it and of what they noted. */
export const shopCaseSchema = z.strictObject({
  id: idSchema<"Case">(),
  number: z.string(),
  customer: idSchema<"Customer">().nullable(),
  kind: caseKindSchema,
  status: caseStatusSchema,
  outcome: caseOutcomeSchema.nullable(),
  store: z.string(),
  storeName: textSchema,
  product: caseProductSchema,
  /** Number of the receipt or order that it was bought with. */
  purchase: z.string().nullable(),
  fault: caseTextSchema,
  openedAt: instantSchema,
  deadline: instantSchema,
  closedAt: instantSchema.nullable(),
  steps: z.array(z.strictObject({ at: instantSchema, status: caseStatusSchema })),
});
export type ShopCase = z.infer<typeof shopCaseSchema>;

/** `GET /shop/v1/customers/{id}/cases`: newest first */
export const shopCasesAnswerSchema = z.strictObject({ cases: z.array(shopCaseSchema) });
