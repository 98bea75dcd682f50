import { z } from "zod";
import type { PaidWith, Purchase, PurchasedLine } from "#domain/returns/purchase.ts";
import type { ReturnAct, Returned, Standing } from "#domain/returns/returned.ts";
import { MAX_QUANTITY_PER_LINE } from "#domain/ticket/basket.ts";
import {
  businessDaySchema,
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  skuSchema,
  textSchema,
} from "../scalars.ts";
import {
  pointsTenderShape,
  positionSchema,
  promotionNeedsSchema,
  purchaseRefSchema,
  taxAmountSchema,
  terminalReferenceShape,
} from "../sync/ticket.ts";

export const MAX_LINES_PER_PURCHASE = 500;
/** Times that something of one purchase came back. */
export const MAX_RETURN_ACTS = 500;

const lineSchema: z.ZodType<PurchasedLine> = z.strictObject({
  position: positionSchema,
  variant: idSchema<"Variant">().nullable(),
  sku: skuSchema,
  name: textSchema,
  options: z.array(textSchema).max(10),
  taxClass: idSchema<"TaxClass">(),
  quantity: z.number().int().min(0).max(MAX_QUANTITY_PER_LINE),
  unitPrice: moneySchema,
  total: moneySchema,
  taxes: z.array(taxAmountSchema).max(10),
  returnBy: businessDaySchema.nullable(),
  discounts: z
    .array(
      z.strictObject({
        promotion: idSchema<"Promotion">(),
        name: textSchema,
        needs: promotionNeedsSchema,
        amount: moneySchema,
      }),
    )
    .max(50),
  linked: z.strictObject({ to: positionSchema, kind: z.enum(["deposit", "levy", "bag"]) }).exactOptional(),
});

const paidWithSchema: z.ZodType<PaidWith> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("cash"), amount: moneySchema }),
  z.strictObject({
    kind: z.literal("card"),
    amount: moneySchema,
    approvalCode: z.string().max(40),
    terminal: z.strictObject(terminalReferenceShape).exactOptional(),
  }),
  z.strictObject({ kind: z.literal("credit"), amount: moneySchema }),
  z.strictObject({ kind: z.literal("points"), amount: moneySchema, ...pointsTenderShape }),
  z.strictObject({ kind: z.literal("online"), amount: moneySchema, order: idSchema<"Order">() }),
]);

/** What can be brought back, the same for every channel. */
export const purchaseSchema: z.ZodType<Purchase> = z.strictObject({
  ref: purchaseRefSchema,
  number: z.string().min(1).max(100),
  channel: idSchema<"Channel">(),
  store: idSchema<"Store">().nullable(),
  at: instantSchema,
  day: businessDaySchema,
  currency: currencySchema,
  taxMode: z.enum(["inclusive", "exclusive"]),
  customer: idSchema<"Customer">().nullable(),
  lines: z.array(lineSchema).max(MAX_LINES_PER_PURCHASE),
  paidWith: z.array(paidWithSchema).max(50),
  settled: moneySchema,
});

const returnActSchema: z.ZodType<ReturnAct> = z.strictObject({
  id: z.string().min(1).max(64),
  at: instantSchema,
  store: idSchema<"Store">().nullable(),
  device: idSchema<"Device">().nullable(),
  staff: idSchema<"Staff">().nullable(),
  lines: z
    .array(
      z.strictObject({
        position: positionSchema,
        pieces: z.number().int().nonnegative(),
        total: moneySchema,
        taxes: z.array(moneySchema).max(10),
      }),
    )
    .max(MAX_LINES_PER_PURCHASE),
  settled: moneySchema,
  to: z
    .array(
      z.strictObject({
        kind: z.enum(["cash", "card", "credit", "points", "online"]),
        amount: moneySchema,
        payment: z.string().max(64).nullable(),
      }),
    )
    .max(100)
    .exactOptional(),
});

/** What came back of a purchase, as far as the server knows. */
export const returnedSchema: z.ZodType<Returned> = z.strictObject({
  purchase: purchaseRefSchema,
  acts: z.array(returnActSchema).max(MAX_RETURN_ACTS),
  flagged: z.boolean(),
});

export const standingSchema: z.ZodType<Standing> = z.strictObject({
  purchase: purchaseSchema,
  returned: returnedSchema,
});
