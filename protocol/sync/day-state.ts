import { z } from "zod";
import type { DayState, DrawerState } from "#domain/shift/day-state.ts";
import type { DaySums } from "#domain/shift/day-sums.ts";
import {
  businessDaySchema,
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  receiptNumberSchema,
} from "../scalars.ts";
import { cashCountSchema } from "./shift-facts.ts";

const count = z.number().int().nonnegative();
const minor = z.number().int();
const staff = idSchema<"Staff">();
/** Where an entry stands in its till's journal. */
export const journalPlaceSchema = z.strictObject({ epoch: z.number().int().positive(), seq: count });
const tenderSchema = z.strictObject({ count, in: minor, out: minor });

const sumsSchema: z.ZodType<DaySums> = z.strictObject({
  receipts: z.strictObject({
    count,
    first: receiptNumberSchema.nullable(),
    last: receiptNumberSchema.nullable(),
  }),
  sales: z.strictObject({ lines: count, gross: minor }),
  returns: z.strictObject({ lines: count, total: minor }),
  discounts: z.strictObject({ count, total: minor }),
  giftCards: minor,
  cashRounding: minor,
  turnover: minor,
  taxes: z.array(z.strictObject({ rate: z.string(), name: z.string(), ppm: minor, net: minor, tax: minor })),
  tenders: z.strictObject({
    cash: tenderSchema.exactOptional(),
    card: tenderSchema.exactOptional(),
    credit: tenderSchema.exactOptional(),
    giftCard: tenderSchema.exactOptional(),
    points: tenderSchema.exactOptional(),
    paidOnline: tenderSchema.exactOptional(),
    online: tenderSchema.exactOptional(),
  }),
  staff: z.array(z.strictObject({ staff, tickets: count, total: minor })),
});

const drawerSchema: z.ZodType<DrawerState> = z.strictObject({
  shift: idSchema<"Shift">(),
  owner: staff.nullable(),
  businessDay: businessDaySchema,
  openedAt: instantSchema,
  openedBy: staff.nullable(),
  float: moneySchema,
  cashIn: moneySchema,
  cashOut: moneySchema,
  moves: z.strictObject({ in: moneySchema, out: moneySchema, pickup: moneySchema }),
  counted: cashCountSchema.nullable(),
  mostOff: moneySchema.exactOptional(),
  closed: z
    .strictObject({
      at: instantSchema,
      counted: moneySchema,
      variance: moneySchema,
      reason: z.string().nullable(),
      kept: moneySchema,
    })
    .nullable(),
});

/** A till's drawers and its day since the last Z report. */
export const dayStateSchema: z.ZodType<DayState> = z.strictObject({
  last: z
    .strictObject({
      number: count,
      grandTotal: moneySchema,
      kept: z.array(z.strictObject({ owner: staff.nullable(), amount: moneySchema })),
    })
    .nullable(),
  from: journalPlaceSchema.nullable(),
  until: journalPlaceSchema.nullable(),
  currency: currencySchema.nullable(),
  drawers: z.array(drawerSchema),
  sums: sumsSchema,
  paidOut: minor,
  lastSaleDay: businessDaySchema.nullable(),
  drawerOpenings: count,
  reprints: count,
  approvals: count,
});
