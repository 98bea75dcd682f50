import { z } from "zod";
import { couponSchema, creditSchema } from "../documents/balance.ts";
import { idSchema } from "../scalars.ts";

export const MAX_CREDIT_CODE_CHARS = 40;

/** `POST /sync/v1/balances`: how a store credit stands this very moment, by its code as it is written on the slip. */
export const balanceRequestSchema = z.strictObject({
  code: z.string().min(1).max(MAX_CREDIT_CODE_CHARS),
});

export const balanceAnswerSchema = z.strictObject({
  /** Null: the server has not heard of it. */
  balance: z.discriminatedUnion("kind", [creditSchema, couponSchema]).nullable(),
  /** The till that has it on its counter right now, itself included; null: none. */
  holder: idSchema<"Device">().nullable(),
});
export type BalanceAnswer = z.infer<typeof balanceAnswerSchema>;
