import { z } from "zod";
import type { CashCount } from "#domain/shift/cash.ts";
import { CASH_MOVEMENT_KINDS } from "#domain/shift/facts.ts";
import type { DayReport, ReportDrawer } from "#domain/shift/report.ts";
import { PERMISSIONS, type Permission } from "#domain/staff/staff.ts";
import {
  businessDaySchema,
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  receiptNumberSchema,
  textSchema,
} from "../scalars.ts";

const MAX_PIECES = 1_000_000;
const count = z.number().int().nonnegative();
const staff = idSchema<"Staff">();
const shift = idSchema<"Shift">();
const approvedBy = staff.nullable();
const reason = z.string().trim().min(1).max(500);

/** So much is said of what somebody allowed. */
export const MAX_APPROVED_CHARS = 500;

export const cashCountSchema: z.ZodType<CashCount> = z.strictObject({
  pieces: z
    .array(z.strictObject({ face: z.number().int().positive(), pieces: count.max(MAX_PIECES) }))
    .max(50),
  total: moneySchema,
});

export const cashMovementKindSchema = z.enum(CASH_MOVEMENT_KINDS);

const drawerSchema: z.ZodType<ReportDrawer> = z.strictObject({
  shift,
  owner: staff.nullable(),
  openedAt: instantSchema,
  closedAt: instantSchema.nullable(),
  float: moneySchema,
  cashIn: moneySchema,
  cashOut: moneySchema,
  moves: z.strictObject({ in: moneySchema, out: moneySchema, pickup: moneySchema }),
  expected: moneySchema,
  counted: moneySchema.nullable(),
  variance: moneySchema.nullable(),
  varianceReason: textSchema.nullable(),
  kept: moneySchema.exactOptional(),
});

const place = z.strictObject({ epoch: z.number().int().positive(), seq: count });

/** An X or Z report, see domain/shift/report.ts. */
export const dayReportSchema: z.ZodType<DayReport> = z.strictObject({
  kind: z.enum(["x", "z"]),
  number: z.number().int().positive(),
  store: idSchema<"Store">(),
  device: idSchema<"Device">(),
  register: z.number().int().positive(),
  businessDay: businessDaySchema,
  madeAt: instantSchema,
  madeBy: staff,
  currency: currencySchema,
  span: z.strictObject({ from: place, until: place }),
  receipts: z.strictObject({
    count,
    first: receiptNumberSchema.nullable(),
    last: receiptNumberSchema.nullable(),
  }),
  sales: z.strictObject({ lines: count, gross: moneySchema }),
  returns: z.strictObject({ lines: count, total: moneySchema }),
  discounts: z.strictObject({ count, total: moneySchema }),
  giftCards: moneySchema,
  giftCardsPaidOut: moneySchema.exactOptional(),
  cashRounding: moneySchema,
  turnover: moneySchema,
  taxes: z
    .array(
      z.strictObject({
        rate: z.string().min(1).max(64),
        name: textSchema,
        ppm: z.number().int().min(0).max(1_000_000),
        net: moneySchema,
        tax: moneySchema,
      }),
    )
    .max(200),
  tenders: z
    .array(
      z.strictObject({
        kind: z.enum(["cash", "card", "credit", "giftCard", "points", "paidOnline", "online"]),
        count,
        in: moneySchema,
        out: moneySchema,
      }),
    )
    .max(20),
  drawers: z.array(drawerSchema).max(5_000),
  staff: z.array(z.strictObject({ staff, tickets: count, total: moneySchema })).max(1_000),
  drawerOpenings: count,
  reprints: count,
  approvals: count,
  grandTotal: moneySchema,
  unsent: count,
});

export const permissionSchema: z.ZodType<Permission> = z.enum(PERMISSIONS);

/** What happens around a drawer, a day and those who work on it. */
export const SHIFT_FACT_SCHEMAS = [
  z.strictObject({
    type: z.literal("shift.opened"),
    shift,
    owner: staff.nullable(),
    businessDay: businessDaySchema,
    float: cashCountSchema,
    approvedBy,
  }),
  z.strictObject({
    type: z.literal("cash.moved"),
    id: z.string().min(1).max(64),
    shift,
    kind: cashMovementKindSchema,
    amount: moneySchema.refine(({ minor }) => minor > 0, "money that is moved is above zero"),
    reason,
    approvedBy,
  }),
  z.strictObject({ type: z.literal("drawer.opened"), shift: shift.nullable(), reason, approvedBy }),
  z.strictObject({ type: z.literal("shift.counted"), shift, count: cashCountSchema, expected: moneySchema }),
  z.strictObject({
    type: z.literal("shift.closed"),
    shift,
    businessDay: businessDaySchema,
    count: cashCountSchema,
    expected: moneySchema,
    variance: moneySchema,
    reason: reason.nullable(),
    kept: moneySchema,
    approvedBy,
  }),
  z.strictObject({ type: z.literal("day.closed"), report: dayReportSchema, approvedBy }),
  z.strictObject({ type: z.literal("staff.clockedIn") }),
  z.strictObject({ type: z.literal("staff.clockedOut"), leftAt: instantSchema.exactOptional() }),
  z.strictObject({
    type: z.literal("action.approved"),
    permission: permissionSchema,
    approvedBy: staff,
    what: z.string().max(MAX_APPROVED_CHARS),
  }),
  z.strictObject({
    type: z.literal("basket.voided"),
    lines: z
      .array(z.strictObject({ name: textSchema, quantity: z.number().int(), total: moneySchema }))
      .max(1_000),
    whole: z.boolean(),
    approvedBy,
  }),
] as const;
