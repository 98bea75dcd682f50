import { z } from "zod";
import { idSchema, instantSchema } from "../scalars.ts";

export const DEFAULT_LEASE_TTL_MS = 5 * 60_000;
export const MAX_LEASE_TTL_MS = 24 * 3_600_000;

/** `POST /sync/v1/leases`: the exclusive right to act on one order, receipt or balance, until it expires or is given back. */
export const leaseRequestSchema = z.strictObject({
  /** `ask` of a subject that another till holds leaves word: the holder gives it up when it is not using it. */
  act: z.enum(["ask", "extend", "release"]),
  subject: z.strictObject({ kind: z.enum(["order", "receipt", "balance"]), id: z.string().min(1).max(64) }),
  ttlMs: z.number().int().positive().max(MAX_LEASE_TTL_MS).default(DEFAULT_LEASE_TTL_MS),
});
export type LeaseRequest = z.infer<typeof leaseRequestSchema>;

export const leaseAnswerSchema = z.discriminatedUnion("granted", [
  z.strictObject({ granted: z.literal(true), holder: idSchema<"Device">(), expiresAt: instantSchema }),
  z.strictObject({
    granted: z.literal(false),
    reason: z.enum(["heldByAnother", "notHeld"]),
    holder: idSchema<"Device">().nullable(),
    expiresAt: instantSchema.nullable(),
  }),
]);
export type LeaseAnswer = z.infer<typeof leaseAnswerSchema>;
