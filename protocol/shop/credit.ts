import { z } from "zod";
import { CREDIT_STATES } from "#domain/value/credit.ts";
import { instantSchema, moneySchema } from "../scalars.ts";
import { MAX_CREDIT_CODE_CHARS } from "../sync/balances.ts";

/** `GET /shop/v1/credits/{code}` */
export const creditParamsSchema = z.object({ code: z.string().min(1).max(MAX_CREDIT_CODE_CHARS) });

export const shopCreditSchema = z.strictObject({
  state: z.enum(CREDIT_STATES),
  /** What may still be spent. */
  balance: moneySchema,
  issuedAt: instantSchema.nullable(),
});
export type ShopCredit = z.infer<typeof shopCreditSchema>;
