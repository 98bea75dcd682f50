import { z } from "zod";
import { CLOSINGS, EXCEPTION_KINDS, RESOLUTIONS } from "#domain/exceptions/exceptions.ts";
import { idSchema, instantSchema, textSchema } from "../scalars.ts";

export const exceptionKindSchema = z.enum(EXCEPTION_KINDS);
export const resolutionSchema = z.enum(RESOLUTIONS);
export const closingResolutionSchema = z.enum(CLOSINGS);

/**
 * Replica collection `notices`: exceptions the server raised that concern this store. `kind` says what happened;
 * `detail` carries the words' parameters (numbers, names), never free text in one language.
 */
export const noticeSchema = z.strictObject({
  id: idSchema<"Notice">(),
  kind: exceptionKindSchema,
  raisedAt: instantSchema,
  detail: z.record(z.string().max(64), textSchema),
  resolved: z.boolean(),
});
export type NoticeDocument = z.infer<typeof noticeSchema>;
