import { z } from "zod";
import { AUDIT_CHECK_NAMES, AUDIT_GROUPS, AUDIT_SEVERITIES } from "#domain/data-audit/checks.ts";
import { businessDaySchema, instantSchema, textSchema } from "../scalars.ts";

export const MAX_AUDIT_ROWS = 200;
export const MAX_AUDIT_FILE_ROWS = 10_000;
const MAX_OFFSET = 1_000_000;

export const auditCheckNameSchema = z.enum(AUDIT_CHECK_NAMES);
const storeCode = z.string().min(1).max(16);
const count = z.number().int().nonnegative();

/** A page of the console and what it is asked to show. */
const auditPlaceSchema = z.strictObject({ page: z.string(), ask: z.record(z.string(), z.string()) });

export const auditOwnerSchema = z.strictObject({
  /** As the audit log knows them; null: known by name alone. */
  id: z.string().nullable(),
  name: z.string(),
  due: businessDaySchema,
  isOverdue: z.boolean(),
  note: z.string(),
  at: instantSchema,
  /** Who gave it to them. */
  by: z.string(),
});
export type AuditOwnerRow = z.infer<typeof auditOwnerSchema>;

/** One check: how much it found when it was counted last, over the stores of whoever asks. */
export const auditCheckSchema = z.strictObject({
  check: auditCheckNameSchema,
  group: z.enum(AUDIT_GROUPS),
  /** `store`: its rows are of stores. `chain`: of all of them together. */
  scope: z.enum(["store", "chain"]),
  severity: z.enum(AUDIT_SEVERITIES),
  /** `now`: what is wrong. `period`: what was done in the last 28 days. */
  counted: z.enum(["now", "period"]),
  count,
  countedAt: instantSchema,
  /** Of what is counted over a period; null: there were no tickets, or it is not compared with them. */
  perThousandTickets: z.number().nonnegative().nullable(),
  /** The last count of each day that was counted, from old to new, 90 days at most. */
  trend: z.array(z.strictObject({ day: businessDaySchema, count })),
  /** Against a week before; null: not known. */
  changeInWeek: z.number().int().nullable(),
  /** The first day since which there always was something; null: there is nothing. */
  since: businessDaySchema.nullable(),
  owner: auditOwnerSchema.nullable(),
  /** Where all of it is listed to be set right. */
  fix: auditPlaceSchema,
});
export type AuditCheckRow = z.infer<typeof auditCheckSchema>;

/** `GET /hq/v1/data-audit`: the checks of this server that whoever asks may see. */
export const dataAuditAnswerSchema = z.strictObject({
  checks: z.array(auditCheckSchema),
  countedAt: instantSchema.nullable(),
  /** The day by which it is said what is overdue. */
  today: businessDaySchema,
});
export type DataAuditAnswer = z.infer<typeof dataAuditAnswerSchema>;

export const auditParamsSchema = z.strictObject({ check: auditCheckNameSchema });

/** `GET /hq/v1/data-audit/{check}`: what it finds at this moment. */
export const auditRowsQuerySchema = z.strictObject({
  /** A code. Absent: every store of whoever asks. */
  store: storeCode.optional(),
  /** Only what is so in this channel or, of prices and taxes, in this store. */
  channel: z.string().min(1).max(64).optional(),
  offset: z.coerce.number().int().min(0).max(MAX_OFFSET).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_AUDIT_ROWS).default(50),
});
/** `GET /hq/v1/data-audit/{check}/file`: the first 10,000 of them as CSV. */
export const auditFileQuerySchema = auditRowsQuerySchema.pick({ store: true, channel: true });

export const auditRowSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  /** The code of its store. */
  store: z.string().nullable(),
  at: instantSchema.nullable(),
  /** What there is to say of it, by names; amounts in minor units of the `currency` among them. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** Where it is so: channels, and codes of stores. */
  channels: z.array(z.string()),
  /** Where it is set right. */
  fix: auditPlaceSchema,
});
export type AuditRow = z.infer<typeof auditRowSchema>;

export const auditStoreSchema = z.strictObject({
  store: z.string(),
  name: z.string(),
  count,
  /** Of the period; zero where it is not compared with them. */
  tickets: count,
  perThousandTickets: z.number().nonnegative().nullable(),
  owner: auditOwnerSchema.nullable(),
});
export type AuditStoreRow = z.infer<typeof auditStoreSchema>;

export const auditRowsAnswerSchema = z.strictObject({
  check: auditCheckSchema,
  rows: z.array(auditRowSchema),
  /** Of all pages. */
  total: count,
  /** In how many of the rows each channel is; the most first. */
  channels: z.array(z.strictObject({ channel: z.string(), count })),
  /** What was counted last in each store; per 1,000 tickets the most first, where that is compared. */
  stores: z.array(auditStoreSchema),
});
export type AuditRowsAnswer = z.infer<typeof auditRowsAnswerSchema>;

/** `PUT /hq/v1/data-audit/{check}/owner` */
export const auditOwnerRequestSchema = z.strictObject({
  /** `me`: whoever asks. Null: nobody. */
  owner: z
    .union([
      z.literal("me"),
      z.strictObject({
        id: z.string().min(1).max(64).nullable().default(null),
        name: z.string().trim().min(1).max(100),
      }),
    ])
    .nullable(),
  /** Null: as usual for what is as bad as this. */
  due: businessDaySchema.nullable().default(null),
  note: textSchema.default(""),
  /** A code: only what is found in this store. Who works for some stores names one of them. */
  store: storeCode.optional(),
});
export type AuditOwnerRequest = z.input<typeof auditOwnerRequestSchema>;
