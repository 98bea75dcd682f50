import { z } from "zod";
import { SALES_CHANNELS } from "#domain/reports/facts.ts";
import { COMPARISONS } from "#domain/reports/period.ts";
import { REPORT_COLUMNS, REPORT_GROUPS, REPORT_NAMES } from "#domain/reports/reports.ts";
import {
  businessDaySchema,
  currencySchema,
  instantSchema,
  receiptNumberSchema,
  textSchema,
} from "../scalars.ts";

const MAX_ROWS = 500;
const MAX_TICKETS = 200;
const MAX_CHOSEN = 500;
const storeCode = z.string().min(1).max(8);

/** One or several of a parameter that may be given more than once. */
function several<T extends z.ZodType<string>>(one: T) {
  return z.union([z.array(one).min(1).max(MAX_CHOSEN), one.transform((value) => [value])]).optional();
}

export const reportNameSchema = z.enum(REPORT_NAMES);
export const reportParamsSchema = z.strictObject({ report: reportNameSchema });

/** `GET /hq/v1/reports`: those that whoever asks may see, and how each can be asked for. */
export const reportsAnswerSchema = z.strictObject({
  reports: z.array(
    z.strictObject({
      name: reportNameSchema,
      title: textSchema,
      /** What its rows may be, the usual first. */
      groups: z.array(z.strictObject({ name: z.enum(REPORT_GROUPS), title: textSchema })),
      byChannel: z.boolean(),
      byCategory: z.boolean(),
    }),
  ),
});
export type ReportsAnswer = z.infer<typeof reportsAnswerSchema>;

const whichSchema = z.strictObject({
  /** Business days, both in it. */
  from: businessDaySchema,
  until: businessDaySchema,
  /** What rows are; absent: as the report usually has them. */
  by: z.enum(REPORT_GROUPS).optional(),
  /** Codes. Absent: every store that whoever asks works for. */
  stores: several(storeCode),
  channels: several(z.enum(SALES_CHANNELS)),
  categories: several(z.string().max(200)),
});

/** `GET /hq/v1/reports/{report}` */
export const reportQuerySchema = whichSchema.extend({
  /** The period before of as many days, or the same dates a year earlier. */
  compare: z.enum(COMPARISONS).optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_ROWS).default(100),
});
export type ReportQuery = z.infer<typeof reportQuerySchema>;

/** One figure for each column, in their order: a number, minor units, or parts per million; null where there is none. */
const figuresSchema = z.array(z.number().int().nullable());
const periodSchema = z.strictObject({ from: businessDaySchema, until: businessDaySchema });
export const reportRowSchema = z.strictObject({
  /** What the row is: a day, an hour, a store's code, a category … */
  key: z.string(),
  name: z.string(),
  currency: currencySchema,
  figures: figuresSchema,
  /** The same in the period that it is compared with. */
  before: figuresSchema.nullable(),
  /** The query of `/tickets` by which the tickets of this row are found. */
  tickets: z.string(),
});
export const reportAnswerSchema = z.strictObject({
  report: reportNameSchema,
  title: textSchema,
  /** What its rows are, and what that is called. */
  by: z.enum(REPORT_GROUPS),
  byTitle: textSchema,
  period: periodSchema,
  compared: periodSchema.nullable(),
  columns: z.array(
    z.strictObject({
      name: z.enum(REPORT_COLUMNS),
      title: textSchema,
      kind: z.enum(["count", "amount", "rate"]),
    }),
  ),
  /** The column that rows are sorted by and charts show. */
  main: z.enum(REPORT_COLUMNS),
  rows: z.array(reportRowSchema),
  count: z.number().int().nonnegative(),
  /** Over all rows, one per currency: several are never added up. */
  totals: z.array(reportRowSchema.omit({ key: true, name: true })),
  /** False while sales of before there were reports are still being counted. */
  complete: z.boolean(),
});
export type ReportAnswer = z.infer<typeof reportAnswerSchema>;
export type ReportRow = z.infer<typeof reportRowSchema>;

/** `GET /hq/v1/reports/{report}/tickets` */
export const reportTicketsQuerySchema = whichSchema.extend({
  /** The row; absent: all of them. */
  key: z.string().max(500).optional(),
  currency: currencySchema,
  /** `next` of the answer before. */
  after: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_TICKETS).default(50),
});
export const reportTicketsAnswerSchema = z.strictObject({
  columns: reportAnswerSchema.shape.columns,
  tickets: z.array(
    z.strictObject({
      id: z.string(),
      number: receiptNumberSchema,
      store: z.string(),
      day: businessDaySchema,
      at: instantSchema,
      /** What of the figures comes from this ticket. */
      figures: figuresSchema,
    }),
  ),
  next: z.string().nullable(),
  count: z.number().int().nonnegative(),
  currency: currencySchema,
  /** What all the tickets add up to, those of other pages too: the figures of the row. */
  figures: figuresSchema,
});
export type ReportTicketsAnswer = z.infer<typeof reportTicketsAnswerSchema>;
