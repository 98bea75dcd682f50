import { z } from "zod";
import { MAX_PHOTO_BYTES, MAX_PHOTOS_PER_ACT } from "#domain/cases/case.ts";
import { type CasePhoto, PHOTO_KINDS } from "#domain/cases/facts.ts";
import { caseActSchema, caseOpeningSchema } from "../documents/case.ts";
import { idSchema, imageHashSchema } from "../scalars.ts";

/** Characters that base64 takes for so many bytes. */
const MAX_PHOTO_CHARS = Math.ceil(MAX_PHOTO_BYTES / 3) * 4;

/** What a photo is made of, in a fact and in what a screen hands over. */
export const photoShape = {
  mime: z.enum(PHOTO_KINDS),
  bytes: z
    .string()
    .min(1)
    .max(MAX_PHOTO_CHARS)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/),
};

const photosSchema: z.ZodType<readonly CasePhoto[]> = z
  .array(z.strictObject({ hash: imageHashSchema, ...photoShape }))
  .max(MAX_PHOTOS_PER_ACT);

/** The facts about cases of a till's journal, one by one; `entry.ts` joins them with the others. */
export const CASE_FACT_SCHEMAS = [
  z.strictObject({ type: z.literal("case.opened"), opening: caseOpeningSchema, photos: photosSchema }),
  z.strictObject({
    type: z.literal("case.noted"),
    case: idSchema<"Case">(),
    act: caseActSchema,
    photos: photosSchema,
  }),
] as const;
