import { z } from "zod";
import { replicaCollectionSchema } from "../documents/collections.ts";
import { instantSchema } from "../scalars.ts";
import { newerRequestSchema } from "./newer.ts";
import { replicaAnswerSchema } from "./replica.ts";

/** `POST /sync/v1/pages`: what pulls of these collections would answer. Named as in `newer`. */
export const pagesRequestSchema = newerRequestSchema;
export type PagesRequest = z.infer<typeof pagesRequestSchema>;

export const pageSchema = replicaAnswerSchema.omit({ serverTime: true });
export type Page = z.infer<typeof pageSchema>;

export const pagesAnswerSchema = z.strictObject({
  /** A collection that is not in it is to be pulled by itself. */
  pages: z.partialRecord(replicaCollectionSchema, pageSchema),
  serverTime: instantSchema,
});
export type PagesAnswer = z.infer<typeof pagesAnswerSchema>;
