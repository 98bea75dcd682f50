import { z } from "zod";
import { CUSTOMER_SCOPES, type CustomerHolding } from "#domain/customer/scope.ts";
import { type OrderPolicy, SIGNATURE_RULES } from "#domain/orders/policy.ts";
import { isWholeScaleCode, type ScaleCode } from "#domain/product/scale-label.ts";
import { PROMOTION_CHOICES } from "#domain/promotions/promotion.ts";
import { GOODS_CONDITIONS } from "#domain/returns/goods.ts";
import { MAX_RETURN_DAYS, REFUND_WAYS, type ReturnPolicy } from "#domain/returns/policy.ts";
import { PROMOTIONS_ON_RETURN } from "#domain/returns/repricing.ts";
import { type CashPolicy, DRAWER_KINDS } from "#domain/shift/cash.ts";
import { DAYS_OF_WEEK, type OpeningHours } from "#domain/store/opening-hours.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { TaxPlan } from "#domain/tax/tax.ts";
import { MAX_FORMER_RATES, MAX_PLANNED_RATES } from "#domain/tax/tax-plan.ts";
import type { GiftCardPolicy } from "#domain/value/gift-card.ts";
import {
  businessDaySchema,
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  placeSchema,
  textSchema,
} from "../scalars.ts";
import { updatePlanSchema } from "../updates.ts";
import { adjustmentReasonsSchema } from "./adjustment-reasons.ts";
import { casePolicySchema } from "./case.ts";
import { loyaltyProgrammeSchema } from "./loyalty.ts";
import { receiptDesignSchema } from "./receipt-design.ts";
import { rolesSchema } from "./role.ts";

const lines = z.array(textSchema).max(20);

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const openSpans = z.array(z.strictObject({ from: timeOfDay, until: timeOfDay })).max(4);

/** When a store is open, see domain/store/opening-hours.ts. */
export const openingHoursSchema: z.ZodType<OpeningHours> = z.strictObject({
  week: z.array(openSpans).length(DAYS_OF_WEEK),
  exceptions: z
    .array(z.strictObject({ day: businessDaySchema, spans: openSpans, note: z.string().trim().max(80) }))
    .max(400),
});

export const storeContactSchema = z.strictObject({
  phone: z.string().trim().max(40),
  email: z.union([z.literal(""), z.email().max(200)]),
});

const taxRatesSchema = z
  .array(
    z.strictObject({
      id: z.string().min(1).max(64),
      name: textSchema,
      ppm: z.number().int().min(0).max(1_000_000),
    }),
  )
  .max(10);

/** What a store taxes by as HQ says it. `planned`: rates that begin on a day to come, by the store's own calendar. */
export const taxSetupSchema = z.strictObject({
  mode: z.enum(["inclusive", "exclusive"]),
  rounding: z.enum(["line", "ticket"]),
  classes: z
    .array(z.strictObject({ id: idSchema<"TaxClass">(), name: textSchema, rates: taxRatesSchema }))
    .max(100),
  cashRounding: z.strictObject({ incrementMinor: z.number().int().positive() }).nullable(),
  planned: z
    .array(
      z.strictObject({ taxClass: idSchema<"TaxClass">(), from: businessDaySchema, rates: taxRatesSchema }),
    )
    .max(MAX_PLANNED_RATES)
    .exactOptional(),
});

/** The same as tills hold it: with what held before, and until when. */
export const taxPlanSchema: z.ZodType<TaxPlan> = taxSetupSchema.extend({
  former: z
    .array(
      z.strictObject({ taxClass: idSchema<"TaxClass">(), until: businessDaySchema, rates: taxRatesSchema }),
    )
    .max(MAX_FORMER_RATES)
    .exactOptional(),
});

const durationMs = z.number().int().positive();

export const orderPolicySchema: z.ZodType<OrderPolicy> = z.strictObject({
  pickup: z.boolean(),
  shipFromStore: z.boolean(),
  safetyStock: z.number().int().nonnegative(),
  ordersPerDay: z.number().int().positive().nullable(),
  pickupsPerHour: z.number().int().positive().max(1_000).exactOptional(),
  promiseMs: durationMs,
  acceptWithinMs: durationMs,
  keepReadyMs: durationMs,
  remindBeforeMs: durationMs,
  collectDesk: z.number().int().positive().nullable(),
  silentAfterMs: durationMs,
  location: placeSchema.nullable(),
  shippingCost: moneySchema.nullable(),
  signature: z.enum(SIGNATURE_RULES).exactOptional(),
});

export const scaleCodeSchema: z.ZodType<ScaleCode> = z
  .strictObject({
    prefix: z.string().regex(/^\d{1,4}$/),
    itemDigits: z.number().int().min(1).max(10),
    value: z.enum(["price", "weight"]),
    valueDigits: z.number().int().min(3).max(6),
    decimals: z.number().int().min(0).max(3),
    hasPriceCheckDigit: z.boolean(),
  })
  .refine(isWholeScaleCode, { error: "prefix, item number and value do not fill a label of 13 digits" });

const strictness = z.enum(["refuse", "manager"]);
const days = z.number().int().min(0).max(MAX_RETURN_DAYS);

/** How a store takes goods back, see domain/returns/policy.ts. */
const MAX_VALID_YEARS = 99;
export const giftCardPolicySchema: z.ZodType<GiftCardPolicy> = z.strictObject({
  most: moneySchema.refine(({ minor }) => minor > 0, "the most on a card is above zero"),
  validYears: z.number().int().min(1).max(MAX_VALID_YEARS).nullable(),
});

export const returnPolicySchema: z.ZodType<ReturnPolicy> = z.strictObject({
  windowDays: days,
  windows: z.array(z.strictObject({ category: z.string().min(1).max(200), days })).max(500),
  promotions: z.enum(PROMOTIONS_ON_RETURN),
  refundTo: z.array(z.enum(REFUND_WAYS)).min(1).max(REFUND_WAYS.length),
  inOrder: z.boolean(),
  maxCash: moneySchema.nullable(),
  managerAbove: moneySchema.nullable(),
  late: strictness,
  finalSale: strictness,
  managerFor: z.array(z.enum(GOODS_CONDITIONS)).max(GOODS_CONDITIONS.length),
  oldestOfflineDays: days,
  withoutReceipt: z
    .strictObject({
      lowestPriceDays: days.min(1),
      identity: z.boolean(),
      manager: z.boolean(),
      creditOnly: z.boolean(),
      most: moneySchema.nullable(),
    })
    .nullable(),
});

/** How a store handles its cash, see domain/shift/cash.ts. */
export const cashPolicySchema: z.ZodType<CashPolicy> = z.strictObject({
  drawer: z.enum(DRAWER_KINDS),
  requireShift: z.boolean(),
  blindCount: z.boolean(),
  variance: moneySchema.refine(({ minor }) => minor >= 0, "a variance that is let pass is not below zero"),
  float: moneySchema.refine(({ minor }) => minor >= 0, "a float is not below zero").nullable(),
  pickupAbove: moneySchema.refine(({ minor }) => minor > 0, "above zero").nullable(),
  lockAfterMinutes: z.number().int().min(1).max(1_440).nullable(),
});

/** Which profiles a store's tills hold. */
export const customerHoldingSchema: z.ZodType<CustomerHolding> = z.strictObject({
  scope: z.enum(CUSTOMER_SCOPES),
  region: z.string().trim().min(1).max(60).nullable(),
});

/** Replica collection `settings`: one document, `id` is the store's id. */
export const settingsSchema: z.ZodType<StoreSettings & { readonly id: string }> = z.strictObject({
  id: z.string().min(1).max(64),
  store: idSchema<"Store">(),
  code: z.string().regex(/^[A-Z0-9]{2,8}$/),
  name: textSchema,
  retailer: textSchema,
  address: lines,
  vatId: textSchema,
  currency: currencySchema,
  locale: z.string().min(2).max(35),
  timeZone: z.string().min(1).max(64),
  priceLists: z.array(idSchema<"PriceList">()).min(1).max(50),
  tax: taxPlanSchema,
  receiptHeader: lines,
  receiptFooter: lines,
  receipt: receiptDesignSchema.exactOptional(),
  offlinePolicy: z.strictObject({
    warnAfterDays: z.number().int().positive(),
    managerAfterDays: z.number().int().positive(),
    rosterMaxAgeDays: z.number().int().positive(),
    maxRefund: moneySchema,
    maxCredit: moneySchema.exactOptional(),
    couponCodes: z.boolean().exactOptional(),
    maxPoints: moneySchema.exactOptional(),
  }),
  promotionChoice: z.enum(PROMOTION_CHOICES).exactOptional(),
  customerGroups: z
    .array(
      z.strictObject({
        id: idSchema<"CustomerGroup">(),
        name: textSchema,
        priceLists: z.array(idSchema<"PriceList">()).max(20),
      }),
    )
    .max(200)
    .exactOptional(),
  giftCards: giftCardPolicySchema.exactOptional(),
  customers: customerHoldingSchema.exactOptional(),
  scaleCodes: z.array(scaleCodeSchema).max(30).exactOptional(),
  adjustmentReasons: adjustmentReasonsSchema.exactOptional(),
  loyalty: loyaltyProgrammeSchema.exactOptional(),
  orders: orderPolicySchema.exactOptional(),
  returns: returnPolicySchema.exactOptional(),
  cash: cashPolicySchema.exactOptional(),
  hours: openingHoursSchema.exactOptional(),
  contact: storeContactSchema.exactOptional(),
  closedAt: instantSchema.exactOptional(),
  roles: rolesSchema.exactOptional(),
  cases: casePolicySchema.exactOptional(),
  update: updatePlanSchema.exactOptional(),
});
export type SettingsDocument = z.infer<typeof settingsSchema>;
