import { z } from "zod";
import { cashPolicySchema } from "../documents/settings.ts";
import {
  businessDaySchema,
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  textSchema,
} from "../scalars.ts";
import { cashMovementKindSchema, dayReportSchema } from "../sync/shift-facts.ts";

const MAX_LISTED = 200;
const storeCode = z.string().max(8);
/** By name; empty where nobody was signed in. */
const name = textSchema;

const actShape = { at: instantSchema, by: name, approvedBy: name.nullable() };

/** Something that was done with a drawer. */
export const drawerActRowSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...actShape, kind: cashMovementKindSchema, amount: moneySchema, reason: z.string() }),
  z.strictObject({ ...actShape, kind: z.literal("opened"), reason: z.string() }),
  z.strictObject({ ...actShape, kind: z.literal("counted"), counted: moneySchema, expected: moneySchema }),
]);
export type DrawerActRow = z.infer<typeof drawerActRowSchema>;

/** A drawer's shift, as HQ lists it. */
export const shiftRowSchema = z.strictObject({
  shift: idSchema<"Shift">(),
  store: storeCode,
  storeName: textSchema,
  register: z.number().int(),
  /** Null: the drawer that everybody shares. */
  owner: name.nullable(),
  openedAt: instantSchema,
  openedBy: name,
  businessDay: businessDaySchema,
  float: moneySchema,
  acts: z.array(drawerActRowSchema),
  closed: z
    .strictObject({
      ...actShape,
      counted: moneySchema,
      expected: moneySchema,
      variance: moneySchema,
      reason: z.string().nullable(),
      kept: moneySchema,
    })
    .nullable(),
});
export type ShiftRow = z.infer<typeof shiftRowSchema>;

/** `GET /hq/v1/shifts`: newest first. */
export const shiftsQuerySchema = z.strictObject({
  store: storeCode.optional(),
  filter: z.enum(["open", "all"]).default("open"),
  limit: z.coerce.number().int().min(1).max(MAX_LISTED).default(MAX_LISTED),
});
export const shiftsAnswerSchema = z.strictObject({ shifts: z.array(shiftRowSchema) });

/** A Z report, as HQ lists it. */
export const zReportRowSchema = z.strictObject({
  id: idSchema<"Entry">(),
  store: storeCode,
  storeName: textSchema,
  register: z.number().int(),
  number: z.number().int(),
  businessDay: businessDaySchema,
  madeAt: instantSchema,
  madeBy: name,
  receipts: z.number().int(),
  turnover: moneySchema,
  /** Over all drawers. */
  variance: moneySchema,
  receivedAt: instantSchema,
});
export type ZReportRow = z.infer<typeof zReportRowSchema>;

/** `GET /hq/v1/z-reports`: newest first. */
export const zReportsQuerySchema = z.strictObject({
  store: storeCode.optional(),
  day: businessDaySchema.optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LISTED).default(50),
});
export const zReportsAnswerSchema = z.strictObject({
  reports: z.array(zReportRowSchema),
  total: z.number().int(),
});

/** `GET /hq/v1/z-reports/{id}`: the report with the drawers that it closed. */
export const zReportDetailSchema = z.strictObject({
  row: zReportRowSchema,
  report: dayReportSchema,
  shifts: z.array(shiftRowSchema),
  /** What colleagues in the report are called, by their ids. */
  names: z.record(z.string(), textSchema),
});
export type ZReportDetail = z.infer<typeof zReportDetailSchema>;

/** `PUT /hq/v1/stores/{code}/cash` takes such a policy and answers its store. */
export const storeCashSchema = z.strictObject({
  code: z.string(),
  name: textSchema,
  currency: currencySchema,
  policy: cashPolicySchema,
});
export type StoreCash = z.infer<typeof storeCashSchema>;

/** `GET /hq/v1/cash-policies`: how each store handles its cash. */
export const cashPoliciesAnswerSchema = z.strictObject({ stores: z.array(storeCashSchema) });
