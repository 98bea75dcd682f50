import { z } from "zod";
import type { EntryId } from "#domain/ids.ts";
import type { DayState, DrawerState, JournalPlace } from "#domain/shift/day-state.ts";
import type { DaySums } from "#domain/shift/day-sums.ts";
import {
  businessDaySchema,
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  receiptNumberSchema,
} from "#protocol/scalars.ts";
import { cashCountSchema } from "#protocol/sync/shift-facts.ts";

/** The day as it was after an entry, kept on disk so that a till without Z reports need not read its whole journal at each start. */
export interface DaySnapshot {
  readonly entry: EntryId;
  readonly place: JournalPlace;
  readonly state: DayState;
}

const count = z.number().int().nonnegative();
const minor = z.number().int();
const staff = idSchema<"Staff">();
const placeSchema = z.strictObject({ epoch: z.number().int().positive(), seq: count });
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

export const daySnapshotSchema: z.ZodType<DaySnapshot> = z.strictObject({
  entry: idSchema<"Entry">(),
  place: placeSchema,
  state: z.strictObject({
    last: z
      .strictObject({
        number: count,
        grandTotal: moneySchema,
        kept: z.array(z.strictObject({ owner: staff.nullable(), amount: moneySchema })),
      })
      .nullable(),
    from: placeSchema.nullable(),
    until: placeSchema.nullable(),
    currency: currencySchema.nullable(),
    drawers: z.array(drawerSchema),
    sums: sumsSchema,
    paidOut: minor,
    lastSaleDay: businessDaySchema.nullable(),
    drawerOpenings: count,
    reprints: count,
    approvals: count,
  }),
});
