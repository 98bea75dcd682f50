import { z } from "zod";
import { fiscalFailureSchema } from "../sync/fiscal.ts";
import { APPROVAL_REFUSALS, approvalSchema } from "./approval.ts";

/** The fiscal device of this till, and how it is just now; null: none is set up. */
export const fiscalDeviceSchema = z.strictObject({
  device: z
    .discriminatedUnion("state", [
      z.strictObject({
        kind: z.literal("simulator"),
        state: z.literal("works"),
        serial: z.string(),
        counter: z.number().int().nonnegative(),
        transactions: z.number().int().nonnegative(),
      }),
      z.strictObject({ kind: z.literal("simulator"), state: z.literal("failed"), why: fiscalFailureSchema }),
    ])
    .nullable(),
});
export type FiscalDeviceView = z.infer<typeof fiscalDeviceSchema>;

/** Null takes the device away. */
export const setUpFiscalDeviceArgs = z.strictObject({
  device: z.strictObject({ kind: z.literal("simulator") }).nullable(),
  approval: approvalSchema.nullable().default(null),
});
export const SET_UP_FISCAL_REFUSALS = [...APPROVAL_REFUSALS, "noDriver"] as const;
