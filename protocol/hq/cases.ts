import { z } from "zod";
import { MAX_PHOTOS_PER_ACT } from "#domain/cases/case.ts";
import {
  caseContactSchema,
  caseKindSchema,
  caseOutcomeSchema,
  casePolicySchema,
  caseProductSchema,
  caseSchema,
  caseStatusSchema,
  caseTextSchema,
} from "../documents/case.ts";
import { idSchema, instantSchema, textSchema } from "../scalars.ts";
import { photoShape } from "../sync/case-facts.ts";

export const CASE_FILTERS = ["open", "overdue", "closed", "all"] as const;
export type CaseFilter = (typeof CASE_FILTERS)[number];

/** `GET /hq/v1/cases?filter&kind&store&customer&search&offset&limit`: by deadline where they are open, else newest first */
export const casesQuerySchema = z.strictObject({
  filter: z.enum(CASE_FILTERS).default("open"),
  kind: caseKindSchema.optional(),
  store: z.string().max(8).optional(),
  customer: idSchema<"Customer">().optional(),
  search: z.string().max(120).default(""),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const hqCaseRowSchema = z.strictObject({
  id: idSchema<"Case">(),
  number: z.string(),
  kind: caseKindSchema,
  status: caseStatusSchema,
  outcome: caseOutcomeSchema.nullable(),
  store: z.string(),
  productName: textSchema,
  customerName: textSchema,
  openedAt: instantSchema,
  closedAt: instantSchema.nullable(),
  deadline: instantSchema,
  isOverdue: z.boolean(),
});
export const casesAnswerSchema = z.strictObject({ cases: z.array(hqCaseRowSchema), total: z.number().int() });
export type HqCaseRow = z.infer<typeof hqCaseRowSchema>;

/** `GET /hq/v1/cases/{id}`; photos are at `GET /hq/v1/pictures/{hash}`. */
export const hqCaseSchema = z.strictObject({
  case: caseSchema,
  store: z.string(),
  storeName: textSchema,
  customerName: textSchema,
  email: z.string().nullable(),
  phone: z.string().nullable(),
  isOverdue: z.boolean(),
  /** Names of the staff in its history, by their ids. */
  staff: z.record(z.string(), textSchema),
  /** Codes of the stores in its history, by their ids. */
  stores: z.record(z.string(), z.string()),
});
export type HqCase = z.infer<typeof hqCaseSchema>;

const who = z.string().trim().min(1).max(120);
const photosSchema = z.array(z.strictObject(photoShape)).max(MAX_PHOTOS_PER_ACT).default([]);

/** `POST /hq/v1/cases` */
export const hqOpenCaseSchema = z.strictObject({
  kind: caseKindSchema,
  /** Code of the store that deals with it. */
  store: z.string().max(8),
  customer: idSchema<"Customer">().nullable().default(null),
  contact: caseContactSchema.nullable().default(null),
  product: caseProductSchema,
  serial: textSchema.default(""),
  /** Of a receipt or an order; empty: it is not known. */
  purchaseNumber: z.string().trim().max(60).default(""),
  fault: caseTextSchema.trim().min(1, "say what is wrong"),
  condition: caseTextSchema.default(""),
  accessories: caseTextSchema.default(""),
  /** Null: by the store's policy. */
  deadline: instantSchema.nullable().default(null),
  photos: photosSchema,
  by: who,
});

/** `POST /hq/v1/cases/{id}/acts`: any of these together, as one act */
export const hqCaseActSchema = z.strictObject({
  to: caseStatusSchema.nullable().default(null),
  outcome: caseOutcomeSchema.nullable().default(null),
  note: caseTextSchema.default(""),
  deadline: instantSchema.nullable().default(null),
  /** Code of the store that takes it over. */
  store: z.string().max(8).nullable().default(null),
  photos: photosSchema,
  by: who,
});

export type HqOpenCase = z.input<typeof hqOpenCaseSchema>;
export type HqCaseWish = z.input<typeof hqCaseActSchema>;

/** `PUT /hq/v1/stores/{code}/cases` takes such a policy and answers its store. */
export const caseStorePolicySchema = z.strictObject({
  code: z.string(),
  name: textSchema,
  policy: casePolicySchema,
});
export type CaseStorePolicy = z.infer<typeof caseStorePolicySchema>;

/** `GET /hq/v1/case-policies`: within how many days each store lets its customers hear. */
export const casePoliciesAnswerSchema = z.strictObject({ stores: z.array(caseStorePolicySchema) });
