import { z } from "zod";
import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import { MAX_COUNTED } from "#domain/stock/stock.ts";
import { base64urlSchema, hashSchema, idSchema, instantSchema, moneySchema } from "../scalars.ts";
import { MAX_CREDIT_CODE_CHARS } from "./balances.ts";
import { CARD_FACT_SCHEMAS } from "./card-facts.ts";
import { CASE_FACT_SCHEMAS } from "./case-facts.ts";
import { CUSTOMER_FACT_SCHEMAS } from "./customer-facts.ts";
import { dayStateSchema } from "./day-state.ts";
import { DELIVERY_FACT_SCHEMAS } from "./delivery-facts.ts";
import { FISCAL_FACT_SCHEMAS } from "./fiscal.ts";
import { invoiceShape } from "./invoice.ts";
import { ORDER_FACT_SCHEMAS } from "./order-facts.ts";
import { SHIFT_FACT_SCHEMAS } from "./shift-facts.ts";
import { STOCK_FACT_SCHEMAS } from "./stock-facts.ts";
import { ticketSchema } from "./ticket.ts";

/** Pieces that were counted on a shelf. */
export const countedSchema = z.number().int().min(0).max(MAX_COUNTED);

export const previousEpochSchema = z.strictObject({
  epoch: z.number().int().positive(),
  seq: z.number().int().nonnegative(),
  hash: hashSchema,
});

export const factSchema: z.ZodType<Fact> = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("epoch.begun"),
    register: z.number().int().positive(),
    nextReceipt: z.number().int().positive(),
    previous: previousEpochSchema.nullable(),
    day: dayStateSchema.exactOptional(),
  }),
  z.strictObject({ type: z.literal("staff.signedIn") }),
  z.strictObject({ type: z.literal("staff.signedOut") }),
  z.strictObject({ type: z.literal("ticket.completed"), ticket: ticketSchema }),
  z.strictObject({ type: z.literal("receipt.reprinted"), ticket: idSchema<"Ticket">() }),
  z.strictObject({
    type: z.literal("receipt.sent"),
    ticket: idSchema<"Ticket">(),
    by: z.literal("email"),
  }),
  z.strictObject({ type: z.literal("invoice.issued"), ...invoiceShape }),
  z.strictObject({
    type: z.literal("stock.counted"),
    task: idSchema<"Notice">(),
    variant: idSchema<"Variant">(),
    counted: countedSchema,
  }),
  ...STOCK_FACT_SCHEMAS,
  ...ORDER_FACT_SCHEMAS,
  ...CASE_FACT_SCHEMAS,
  ...DELIVERY_FACT_SCHEMAS,
  ...CUSTOMER_FACT_SCHEMAS,
  ...SHIFT_FACT_SCHEMAS,
  ...FISCAL_FACT_SCHEMAS,
  ...CARD_FACT_SCHEMAS,
  z.strictObject({
    type: z.literal("giftCard.paidOut"),
    id: z.string().min(1).max(64),
    code: z.string().min(1).max(MAX_CREDIT_CODE_CHARS),
    amount: moneySchema.refine(({ minor }) => minor > 0, "what is paid out is above zero"),
    manager: idSchema<"Staff">(),
    reason: z.string().min(1).max(500),
    shift: idSchema<"Shift">().exactOptional(),
  }),
]);

const entryShape = {
  id: idSchema<"Entry">(),
  device: idSchema<"Device">(),
  epoch: z.number().int().positive(),
  seq: z.number().int().positive(),
  store: idSchema<"Store">(),
  staff: idSchema<"Staff">().nullable(),
  at: instantSchema,
  prev: hashSchema,
  hash: hashSchema,
  signature: base64urlSchema,
};

/** One signed entry of a till's journal. */
export const entrySchema: z.ZodType<JournalEntry> = z.strictObject({ ...entryShape, fact: factSchema });

const laterFactSchema = z.custom<Fact>(
  (fact) => z.looseObject({ type: z.string().min(1).max(64) }).safeParse(fact).success,
);
/** One of a later version: whoever acts on its fact reads that with `readLater` first. */
export const laterEntrySchema: z.ZodType<JournalEntry> = z.strictObject({
  ...entryShape,
  fact: laterFactSchema,
});
