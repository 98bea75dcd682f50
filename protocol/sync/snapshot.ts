import { z } from "zod";
import { instantSchema } from "../scalars.ts";
import { appliedSchema, checkpointSchema, replicaRowSchema } from "./replica.ts";

/**
 * `GET /sync/v1/snapshot/{collection}`: gzip of NDJSON, in one member or several (RFC 1952), with empty lines while others have their turn. The first line is the head, then a line per document, then
 * the foot; a stream without its foot was cut off and counts as nothing.
 */
export const snapshotHeadSchema = z.strictObject({
  kind: z.literal("head"),
  count: z.number().int().nonnegative(),
  checkpoint: checkpointSchema,
  applied: appliedSchema,
  serverTime: instantSchema,
});
export const snapshotFootSchema = z.strictObject({
  kind: z.literal("foot"),
  count: z.number().int().nonnegative(),
});
export const snapshotRowSchema = replicaRowSchema;
export type SnapshotHead = z.infer<typeof snapshotHeadSchema>;
