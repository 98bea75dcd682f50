import { z } from "zod";
import { replicaCollectionSchema } from "../documents/collections.ts";
import { instantSchema } from "../scalars.ts";
import { appliedSchema, checkpointSchema } from "./replica.ts";

const MAX_NAME_CHARS = 40;

/**
 * `POST /sync/v1/newer`: which of these collections have something newer than what the till has read, or are to be taken anew. By collection, as the till names them:
 * one that the server does not have is no mistake.
 */
export const newerRequestSchema = z.strictObject({
  checkpoints: z.record(z.string().max(MAX_NAME_CHARS), checkpointSchema),
});
export type NewerRequest = z.infer<typeof newerRequestSchema>;

export const newerAnswerSchema = z.strictObject({
  /** Those of which a pull would bring no document and end at the head, with the checkpoint that it would answer. Every other one is to be pulled. */
  upToDate: z.partialRecord(replicaCollectionSchema, checkpointSchema),
  applied: appliedSchema,
  serverTime: instantSchema,
});
export type NewerAnswer = z.infer<typeof newerAnswerSchema>;
