import { z } from "zod";
import { ACROSS_COLUMNS } from "#domain/reports/across.ts";
import { SALES_CHANNELS } from "#domain/reports/facts.ts";
import { COMPARISONS } from "#domain/reports/period.ts";
import { PERIOD_PRESETS } from "#domain/reports/presets.ts";
import { REPORT_COLUMNS, REPORT_GROUPS, REPORT_NAMES } from "#domain/reports/reports.ts";
import { LAST_DAY_OF_EVERY_MONTH } from "#domain/reports/schedule.ts";
import { businessDaySchema, currencySchema, emailSchema, instantSchema, textSchema } from "../scalars.ts";

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
      comparable: z.boolean(),
      /** Whether whoever asks may see what its figures are made of. */
      mayOpen: z.boolean(),
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

/** `GET /hq/v1/reports/{report}/file` */
export const reportFileQuerySchema = reportQuerySchema
  .omit({ limit: true })
  .extend({ format: z.enum(["csv", "xlsx"]).default("csv") });

const columnNameSchema = z.enum([...REPORT_COLUMNS, ...ACROSS_COLUMNS]);

/**
 * One figure for each column, in their order: a number, minor units, parts per million, seconds or thousandths of a decimal; null where there is none.
 */
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
      name: columnNameSchema,
      title: textSchema,
      kind: z.enum(["count", "amount", "rate", "duration", "decimal"]),
    }),
  ),
  /** The column that rows are sorted by and charts show. */
  main: columnNameSchema,
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
      /** Reports across channels are made of orders, drawers, customers and stock too. */
      kind: z.enum(["ticket", "order", "shift", "customer", "level"]),
      id: z.string(),
      /** What people call it: a receipt's number, an order's, a till's, or the customer's or the article's name. */
      number: z.string(),
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

const MAX_RECIPIENTS = 20;
const scheduleBase = {
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  timeZone: z.string().min(1).max(64).refine(isTimeZone, "a time zone is an IANA name such as Europe/Berlin"),
};
/** When a saved view is sent, and to whom. Weekdays from 1, Monday. */
export const reportScheduleSchema = z.discriminatedUnion("every", [
  z.strictObject({ every: z.literal("day"), ...scheduleBase }),
  z.strictObject({ every: z.literal("week"), weekday: z.number().int().min(1).max(7), ...scheduleBase }),
  z.strictObject({
    every: z.literal("month"),
    day: z.number().int().min(1).max(LAST_DAY_OF_EVERY_MONTH),
    ...scheduleBase,
  }),
]);
export const reportMailingSchema = z.strictObject({
  schedule: reportScheduleSchema,
  recipients: z.array(emailSchema).min(1).max(MAX_RECIPIENTS),
});

/** A report as somebody wants to see it again. */
export const reportViewSchema = z.strictObject({
  report: reportNameSchema,
  by: z.enum(REPORT_GROUPS),
  period: z.union([z.enum(PERIOD_PRESETS), periodSchema]),
  stores: z.array(storeCode).min(1).max(MAX_CHOSEN).nullable(),
  channels: z.array(z.enum(SALES_CHANNELS)).min(1).nullable(),
  categories: z.array(z.string().max(200)).min(1).max(MAX_CHOSEN).nullable(),
  compare: z.enum(COMPARISONS).nullable(),
});
/** `POST /hq/v1/report-views`, `PUT /hq/v1/report-views/{id}` */
export const savedViewRequestSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  /** Whether everybody who may see reports finds it. */
  shared: z.boolean(),
  view: reportViewSchema,
  /** Null: it is sent to nobody. */
  mailing: reportMailingSchema.nullable(),
});
export type SavedViewRequest = z.infer<typeof savedViewRequestSchema>;
export const savedViewRowSchema = savedViewRequestSchema.extend({
  id: z.string(),
  /** Who saved it. */
  owner: z.string(),
  /** Whether whoever asks may change it. */
  mayChange: z.boolean(),
  nextAt: instantSchema.nullable(),
});
export type SavedViewRow = z.infer<typeof savedViewRowSchema>;
export const savedViewsAnswerSchema = z.strictObject({
  views: z.array(savedViewRowSchema),
  /** Whether this server was told how to send mail. */
  sendsMail: z.boolean(),
});
export const savedViewParamsSchema = z.strictObject({ id: z.string().min(1).max(64) });

/** `GET /hq/v1/report-views/{id}/mails`: the newest first. */
export const reportMailsAnswerSchema = z.strictObject({
  mails: z.array(
    z.strictObject({
      id: z.string(),
      dueAt: instantSchema,
      recipient: z.string(),
      state: z.enum(["waiting", "sent", "dead"]),
      sentAt: instantSchema.nullable(),
      lastFailure: z.string().nullable(),
    }),
  ),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
