import { z } from "zod";
import { hashSchema, instantSchema } from "../scalars.ts";

export const MAX_PULL_LIMIT = 2_000;
export const DEFAULT_PULL_LIMIT = 500;

/** Opaque to the till: it hands back what it was given. "" asks from the beginning. */
export const checkpointSchema = z.string().max(2_000);

/** `GET /sync/v1/replica/{collection}?after&limit` */
export const replicaQuerySchema = z.strictObject({
  after: checkpointSchema.default(""),
  limit: z.coerce.number().int().min(1).max(MAX_PULL_LIMIT).default(DEFAULT_PULL_LIMIT),
});

/** A document's newest version, or its tombstone. `data` is checked against the collection's schema by the till. */
export const replicaRowSchema = z.discriminatedUnion("deleted", [
  z.strictObject({ id: z.string().min(1).max(160), deleted: z.literal(false), data: z.unknown() }),
  z.strictObject({ id: z.string().min(1).max(160), deleted: z.literal(true) }),
]);
export type ReplicaRow = z.infer<typeof replicaRowSchema>;

/** An entry of a till's journal by its numbers; seq 0: none of that epoch. */
export const entryPlaceSchema = z.strictObject({
  epoch: z.number().int().nonnegative(),
  seq: z.number().int().nonnegative(),
});

export const appliedSchema = entryPlaceSchema.extend({
  /** Which entry that is. Absent where there is none, from a server of before version 4 of the protocol, and to a till of before it. */
  hash: hashSchema.exactOptional(),
});
/** Highest entry of the asking device whose effects the answer's snapshot contains. */
export type Applied = z.infer<typeof appliedSchema>;

export const replicaAnswerSchema = z.strictObject({
  documents: z.array(replicaRowSchema),
  checkpoint: checkpointSchema,
  caughtUp: z.boolean(),
  applied: appliedSchema,
  serverTime: instantSchema,
});
export type ReplicaAnswer = z.infer<typeof replicaAnswerSchema>;
