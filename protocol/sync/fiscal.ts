import { z } from "zod";
import { FISCAL_FAILURES, type FiscalMark } from "#domain/fiscal/mark.ts";
import { instantSchema } from "../scalars.ts";

const serialSchema = z.string().regex(/^[0-9a-f]{64}$/);
const base64Schema = z
  .string()
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
  .max(1_024);
const countSchema = z.number().int().positive();

export const fiscalFailureSchema = z.enum(FISCAL_FAILURES);

/** That a fiscal device stopped signing, and that it signs again. */
export const FISCAL_FACT_SCHEMAS = [
  z.strictObject({
    type: z.literal("fiscal.failed"),
    why: fiscalFailureSchema,
    serial: serialSchema.nullable(),
  }),
  z.strictObject({ type: z.literal("fiscal.restored"), serial: serialSchema }),
] as const;

/** What a fiscal device said of a sale. */
export const fiscalMarkSchema: z.ZodType<FiscalMark> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("signed"),
    device: z.strictObject({
      serial: serialSchema,
      algorithm: z.string().min(1).max(40),
      timeFormat: z.string().min(1).max(40),
      publicKey: base64Schema,
    }),
    transaction: countSchema,
    counter: countSchema,
    startedAt: instantSchema,
    finishedAt: instantSchema,
    processType: z.string().min(1).max(30),
    processData: z.string().max(1_000),
    signature: base64Schema,
  }),
  z.strictObject({ kind: z.literal("failed"), why: fiscalFailureSchema, serial: serialSchema.nullable() }),
]);
