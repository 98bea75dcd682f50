import { z } from "zod";
import {
  MAX_LINES_PER_TICKET,
  MAX_QUANTITY_PER_LINE,
  MAX_TENDERS_PER_TICKET,
} from "#domain/ticket/basket.ts";
import type { Ticket, TicketLine, TicketTender } from "#domain/ticket/ticket.ts";
import {
  businessDaySchema,
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  receiptNumberSchema,
  skuSchema,
  textSchema,
} from "../scalars.ts";

const rateSchema = z.strictObject({
  id: z.string().min(1).max(64),
  name: textSchema,
  ppm: z.number().int().min(0).max(1_000_000),
});
const taxAmountSchema = z.strictObject({ rate: rateSchema, net: moneySchema, tax: moneySchema });

export const orderLineRefSchema = z.strictObject({ order: idSchema<"Order">(), line: idSchema<"Line">() });

const lineSchema: z.ZodType<TicketLine> = z.strictObject({
  id: idSchema<"Line">(),
  kind: z.literal("sale"),
  variant: idSchema<"Variant">(),
  sku: skuSchema,
  name: textSchema,
  options: z.array(textSchema).max(3),
  taxClass: idSchema<"TaxClass">(),
  quantity: z.number().int().min(1).max(MAX_QUANTITY_PER_LINE),
  unitPrice: moneySchema,
  gross: moneySchema,
  discounts: z
    .array(z.strictObject({ source: z.enum(["line", "basket"]), reason: textSchema, amount: moneySchema }))
    .max(50),
  total: moneySchema,
  taxes: z.array(taxAmountSchema).max(10),
  order: orderLineRefSchema.exactOptional(),
});

const tenderSchema: z.ZodType<TicketTender> = z.discriminatedUnion("kind", [
  z.strictObject({
    id: idSchema<"Tender">(),
    kind: z.literal("cash"),
    tendered: moneySchema,
    change: moneySchema,
  }),
  z.strictObject({
    id: idSchema<"Tender">(),
    kind: z.literal("card"),
    amount: moneySchema,
    approvalCode: z.string().min(1).max(40),
  }),
  z.strictObject({
    id: idSchema<"Tender">(),
    kind: z.literal("paidOnline"),
    amount: moneySchema,
    order: idSchema<"Order">(),
  }),
]);

/** A completed sale as the journal carries it. */
export const ticketSchema: z.ZodType<Ticket> = z.strictObject({
  id: idSchema<"Ticket">(),
  number: receiptNumberSchema,
  basket: idSchema<"Basket">(),
  store: idSchema<"Store">(),
  device: idSchema<"Device">(),
  staff: idSchema<"Staff">(),
  customer: idSchema<"Customer">().nullable(),
  completedAt: instantSchema,
  businessDay: businessDaySchema,
  currency: currencySchema,
  taxMode: z.enum(["inclusive", "exclusive"]),
  taxRounding: z.enum(["line", "ticket"]),
  lines: z.array(lineSchema).min(1).max(MAX_LINES_PER_TICKET),
  taxes: z.array(taxAmountSchema).max(100),
  totals: z.strictObject({
    gross: moneySchema,
    discount: moneySchema,
    net: moneySchema,
    tax: moneySchema,
    total: moneySchema,
    cashRounding: moneySchema,
    due: moneySchema,
  }),
  tenders: z.array(tenderSchema).max(MAX_TENDERS_PER_TICKET),
});
