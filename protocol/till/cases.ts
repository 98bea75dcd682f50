import { z } from "zod";
import { MAX_PHOTOS_PER_ACT } from "#domain/cases/case.ts";
import {
  caseContactSchema,
  caseKindSchema,
  caseOutcomeSchema,
  caseProductSchema,
  casePurchaseSchema,
  caseStatusSchema,
  caseTextSchema,
} from "../documents/case.ts";
import { idSchema, imageHashSchema, instantSchema, textSchema } from "../scalars.ts";
import { photoShape } from "../sync/case-facts.ts";

/** Cases shown at once; older closed ones are found by searching. */
export const MAX_CASES_SHOWN = 500;

/** A case as a list shows it, the till's own unsent acts included. */
export const caseRowSchema = z.strictObject({
  id: idSchema<"Case">(),
  number: z.string(),
  kind: caseKindSchema,
  status: caseStatusSchema,
  outcome: caseOutcomeSchema.nullable(),
  productName: textSchema,
  /** Empty where nobody gave a name. */
  customerName: textSchema,
  phone: z.string().nullable(),
  openedAt: instantSchema,
  closedAt: instantSchema.nullable(),
  deadline: instantSchema,
  isOverdue: z.boolean(),
  /** Whoever is on duty opened it or was the last to do something about it. */
  isMine: z.boolean(),
  /** The store that has it, where it is another one; null: ours. */
  elsewhere: textSchema.nullable(),
  unsent: z.boolean(),
});
export type CaseRow = z.infer<typeof caseRowSchema>;

const stepSchema = z.strictObject({
  id: z.string(),
  at: instantSchema,
  /** A name, or empty where none is known. */
  who: textSchema,
  /** Where it was moved; null: it was not. */
  to: caseStatusSchema.nullable(),
  outcome: caseOutcomeSchema.nullable(),
  note: caseTextSchema,
  photos: z.array(imageHashSchema),
  deadline: instantSchema.nullable(),
  takenOver: z.boolean(),
  fits: z.boolean(),
});

/** All there is to know of a case. */
export const caseCardSchema = z.strictObject({
  ...caseRowSchema.shape,
  customer: idSchema<"Customer">().nullable(),
  email: z.string().nullable(),
  product: caseProductSchema,
  serial: textSchema,
  purchase: casePurchaseSchema.nullable(),
  fault: caseTextSchema,
  condition: caseTextSchema,
  accessories: caseTextSchema,
  photos: z.array(imageHashSchema),
  openedByName: textSchema,
  steps: z.array(stepSchema),
  /** Where it may go next. */
  next: z.array(caseStatusSchema),
});
export type CaseCard = z.infer<typeof caseCardSchema>;

/** View `cases`: what is open first, by deadline; what is closed last, the newest first. */
export const casesViewSchema = z.strictObject({ cases: z.array(caseRowSchema).max(MAX_CASES_SHOWN) });
export type CasesView = z.infer<typeof casesViewSchema>;

/** Why nothing was done about a case. */
export const CASE_REFUSALS = [
  "notSignedIn",
  "notPermitted",
  "noSuchCase",
  "notNow",
  "outcomeMissing",
  "faultMissing",
  "productMissing",
  "nothingNoted",
  "photoTooLarge",
  "tooManyActs",
  "noPrinter",
  "storage",
] as const;

const photosSchema = z.array(z.strictObject(photoShape)).max(MAX_PHOTOS_PER_ACT).default([]);

export const openCaseArgs = z.strictObject({
  kind: caseKindSchema,
  customer: idSchema<"Customer">().nullable().default(null),
  /** Left out where the customer is known. */
  contact: caseContactSchema.nullable().default(null),
  product: caseProductSchema,
  serial: textSchema.default(""),
  purchase: casePurchaseSchema.nullable().default(null),
  fault: caseTextSchema,
  condition: caseTextSchema.default(""),
  accessories: caseTextSchema.default(""),
  /** Null: as the store's policy says for its kind. */
  deadline: instantSchema.nullable().default(null),
  photos: photosSchema,
});

export const noteCaseArgs = z.strictObject({
  case: idSchema<"Case">(),
  /** Null: it stays where it is. */
  to: caseStatusSchema.nullable().default(null),
  outcome: caseOutcomeSchema.nullable().default(null),
  note: caseTextSchema.default(""),
  deadline: instantSchema.nullable().default(null),
  /** This store takes it over. */
  takeOver: z.boolean().default(false),
  photos: photosSchema,
});

/** `hasServer`: the whole chain was asked, not this store alone. */
export const foundCasesSchema = z.strictObject({ cases: z.array(caseRowSchema), hasServer: z.boolean() });
export type FoundCases = z.infer<typeof foundCasesSchema>;

/** The customer's is their proof; the workshop's goes with the goods. */
export const printCaseArgs = z.strictObject({
  case: idSchema<"Case">(),
  copy: z.enum(["customer", "workshop"]),
});
