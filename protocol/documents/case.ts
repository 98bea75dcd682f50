import { z } from "zod";
import {
  type Case,
  type CaseAct,
  type CaseActor,
  type CaseContact,
  type CaseMove,
  type CaseOpening,
  type CaseProduct,
  type CasePurchase,
  type CaseTrace,
  MAX_CASE_TEXT_CHARS,
  MAX_PHOTOS_PER_ACT,
} from "#domain/cases/case.ts";
import { type CasePolicy, MAX_DEADLINE_DAYS } from "#domain/cases/deadline.ts";
import { CASE_KINDS, CASE_OUTCOMES, CASE_STATUSES } from "#domain/cases/status.ts";
import { idSchema, imageHashSchema, instantSchema, skuSchema, textSchema } from "../scalars.ts";
import { purchaseRefSchema } from "../sync/ticket.ts";

/** Twice what is refused beforehand: tills that know nothing of each other add to the same case. */
const MAX_HISTORY = 1_000;

export const caseKindSchema = z.enum(CASE_KINDS);
export const caseStatusSchema = z.enum(CASE_STATUSES);
export const caseOutcomeSchema = z.enum(CASE_OUTCOMES);
/** Several lines of what a person wrote. */
export const caseTextSchema = z.string().max(MAX_CASE_TEXT_CHARS);
export const caseNumberSchema = z.string().min(1).max(60);
export const casePhotosSchema = z.array(imageHashSchema).max(MAX_PHOTOS_PER_ACT);

export const caseContactSchema: z.ZodType<CaseContact> = z.strictObject({
  name: textSchema,
  email: z.string().max(254).nullable(),
  phone: z.string().max(40).nullable(),
});

export const caseProductSchema: z.ZodType<CaseProduct> = z.strictObject({
  variant: idSchema<"Variant">().nullable(),
  sku: skuSchema.nullable(),
  name: textSchema,
  options: z.array(textSchema).max(3),
});

export const casePurchaseSchema: z.ZodType<CasePurchase> = z.strictObject({
  ref: purchaseRefSchema,
  number: z.string().min(1).max(60),
});

const openingShape = {
  id: idSchema<"Case">(),
  number: caseNumberSchema,
  kind: caseKindSchema,
  store: idSchema<"Store">(),
  customer: idSchema<"Customer">().nullable(),
  contact: caseContactSchema.nullable(),
  product: caseProductSchema,
  serial: textSchema,
  purchase: casePurchaseSchema.nullable(),
  fault: caseTextSchema,
  condition: caseTextSchema,
  accessories: caseTextSchema,
  deadline: instantSchema,
  photos: casePhotosSchema,
};

export const caseOpeningSchema: z.ZodType<CaseOpening> = z.strictObject(openingShape);

export const caseMoveSchema: z.ZodType<CaseMove> = z.strictObject({
  from: caseStatusSchema,
  to: caseStatusSchema,
  outcome: caseOutcomeSchema.nullable(),
});

export const caseActSchema: z.ZodType<CaseAct> = z.strictObject({
  move: caseMoveSchema.nullable(),
  note: caseTextSchema,
  photos: casePhotosSchema,
  deadline: instantSchema.nullable(),
  store: idSchema<"Store">().nullable(),
});

const actorSchema: z.ZodType<CaseActor> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("staff"),
    staff: idSchema<"Staff">().nullable(),
    device: idSchema<"Device">(),
  }),
  z.strictObject({ kind: z.literal("hq"), who: textSchema }),
]);

const traceSchema: z.ZodType<CaseTrace> = z.strictObject({
  id: z.string().min(1).max(64),
  at: instantSchema,
  by: actorSchema,
  act: caseActSchema,
  fits: z.boolean(),
  status: caseStatusSchema,
});

/** Replica collection `cases`: what is open at the store, and what was closed there lately. Photos are named by their hashes alone. */
export const caseSchema: z.ZodType<Case> = z.strictObject({
  ...openingShape,
  openedAt: instantSchema,
  openedBy: actorSchema,
  status: caseStatusSchema,
  outcome: caseOutcomeSchema.nullable(),
  closedAt: instantSchema.nullable(),
  openedWith: z.strictObject({ deadline: instantSchema, store: idSchema<"Store">() }),
  history: z.array(traceSchema).max(MAX_HISTORY),
});

const days = z.number().int().min(1).max(MAX_DEADLINE_DAYS);

export const casePolicySchema: z.ZodType<CasePolicy> = z.strictObject({
  deadlineDays: z.strictObject({ complaint: days, warranty: days, repair: days }),
});
