import { z } from "zod";
import { businessDaySchema, idSchema, instantSchema, moneySchema } from "../scalars.ts";
import { cashCountSchema, cashMovementKindSchema, dayReportSchema } from "../sync/shift-facts.ts";
import { APPROVAL_REFUSALS, approvalSchema } from "./approval.ts";
import { receiptRowSchema } from "./receipt.ts";
import { staffNameSchema } from "./status.ts";

const approval = approvalSchema.nullable().default(null);
const reason = z.string().trim().min(1).max(500);

/** A shift that is open at this till. */
const openShiftSchema = z.strictObject({
  shift: idSchema<"Shift">(),
  /** Null: the drawer that everybody shares. */
  owner: staffNameSchema.nullable(),
  openedAt: instantSchema,
  openedBy: z.string(),
  businessDay: businessDaySchema,
  /** It was opened on a business day that is over: it wants to be closed before the next. */
  forgotten: z.boolean(),
  float: moneySchema,
  /** What should lie in the drawer; null while it is kept from whoever counts. */
  expected: moneySchema.nullable(),
  /** More cash than the store wants lies in it. */
  pickupWanted: z.boolean(),
});
export type OpenShiftView = z.infer<typeof openShiftSchema>;

/** The drawer of whoever is at the till. */
export const shiftViewSchema = z.strictObject({
  businessDay: businessDaySchema,
  /** Whether nothing is sold before a shift is open. */
  required: z.boolean(),
  drawer: z.enum(["shared", "own"]),
  blindCount: z.boolean(),
  /** Coins and notes of the store's currency, minor units, largest first. */
  denominations: z.array(z.number().int().positive()),
  /** What the next float is expected to be: what the last close left, else the usual one. */
  suggestedFloat: moneySchema.nullable(),
  /** The one that sales at this till go into now; null: none is open for whoever is on duty. */
  mine: openShiftSchema.nullable(),
  /** All that are open at this till. */
  open: z.array(openShiftSchema),
  /** Number of the next Z report; `salesSinceZ`: so many tickets wait for it. */
  nextZ: z.number().int().positive(),
  salesSinceZ: z.number().int().nonnegative(),
  lockAfterMinutes: z.number().int().positive().nullable(),
});
export type ShiftView = z.infer<typeof shiftViewSchema>;

export const openShiftArgs = z.strictObject({ float: cashCountSchema, approval });
export const OPEN_SHIFT_REFUSALS = [
  ...APPROVAL_REFUSALS,
  "alreadyOpen",
  "wrongCurrency",
  "badCount",
] as const;

export const moveCashArgs = z.strictObject({
  kind: cashMovementKindSchema,
  amount: moneySchema,
  reason,
  approval,
});
export const MOVE_CASH_REFUSALS = [
  ...APPROVAL_REFUSALS,
  "noShift",
  "wrongCurrency",
  "amountNotPositive",
  "amountTooLarge",
  "notEnoughCash",
] as const;

export const openDrawerArgs = z.strictObject({ reason, approval });
export const OPEN_DRAWER_REFUSALS = [...APPROVAL_REFUSALS, "noPrinter"] as const;

/** `shift`: which one, where a colleague's drawer is closed for them. */
export const countShiftArgs = z.strictObject({ shift: idSchema<"Shift">(), count: cashCountSchema });
export const COUNT_SHIFT_REFUSALS = [
  "notSignedIn",
  "notPermitted",
  "noShift",
  "wrongCurrency",
  "badCount",
  "storage",
] as const;

/** What came of a count. `approval`: somebody must allow the close, since it is off by more than the store lets pass. */
export const countedShiftSchema = z.strictObject({
  counted: moneySchema,
  expected: moneySchema,
  variance: moneySchema,
  needs: z.enum(["nothing", "reason", "approval"]),
});
export type CountedShift = z.infer<typeof countedShiftSchema>;

/** Closes a shift with its last count. `kept`: what stays as the next float. */
export const closeShiftArgs = z.strictObject({
  shift: idSchema<"Shift">(),
  kept: moneySchema,
  reason: reason.nullable(),
  approval,
});
export const CLOSE_SHIFT_REFUSALS = [
  ...APPROVAL_REFUSALS,
  "noShift",
  "notCounted",
  "reasonNeeded",
  "keptTooMuch",
  "openBaskets",
] as const;

/** A report as data, and as it is shown and printed. */
export const shownReportSchema = z.strictObject({
  report: dayReportSchema,
  paper: z.strictObject({ rows: z.array(receiptRowSchema) }),
});
export type ShownReport = z.infer<typeof shownReportSchema>;

export const closeDayArgs = z.strictObject({ approval });
export const CLOSE_DAY_REFUSALS = [
  ...APPROVAL_REFUSALS,
  "shiftOpen",
  "nothingToClose",
  "openBaskets",
] as const;

export const xReportArgs = z.strictObject({ approval });
export const REPORT_REFUSALS = [...APPROVAL_REFUSALS, "noSuchReport"] as const;

export const zReportsSchema = z.array(
  z.strictObject({
    number: z.number().int().positive(),
    businessDay: businessDaySchema,
    madeAt: instantSchema,
    turnover: moneySchema,
    variance: moneySchema,
    /** Whether the server has it. */
    sent: z.boolean(),
  }),
);
/** `pdf`: base64 of an A4 document. */
export const reportFileSchema = z.strictObject({ name: z.string(), pdf: z.string() });
