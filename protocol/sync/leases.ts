import { z } from "zod";
import { idSchema, instantSchema, textSchema } from "../scalars.ts";

export const DEFAULT_LEASE_TTL_MS = 5 * 60_000;
export const MAX_LEASE_TTL_MS = 24 * 3_600_000;

/** The lease of a receipt is as long as taking goods back takes: what is asked for is brought between these. */
export const MIN_RECEIPT_LEASE_TTL_MS = 5 * 60_000;
export const MAX_RECEIPT_LEASE_TTL_MS = 15 * 60_000;

/** `POST /sync/v1/leases`: the exclusive right to act on one order, receipt or balance, until it expires or is given back. */
export const leaseRequestSchema = z.strictObject({
  /** `ask` of a subject that another till holds leaves word: the holder gives it up when it is not using it. */
  act: z.enum(["ask", "extend", "release"]),
  /** A receipt's id is the key of its purchase, `ticket:ID` or `order:ID`; any till of the chain may hold it. */
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
    /** Whose `holder` is, for people: a receipt may be held by a till of another store. */
    heldAt: z
      .strictObject({ store: z.string(), storeName: textSchema, register: z.number().int().positive() })
      .exactOptional(),
  }),
]);
export type LeaseAnswer = z.infer<typeof leaseAnswerSchema>;
