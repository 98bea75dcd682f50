import { z } from "zod";
import { REFUND_WAYS } from "#domain/returns/policy.ts";
import { MAX_QUANTITY_PER_LINE } from "#domain/ticket/basket.ts";
import {
  businessDaySchema,
  idSchema,
  imageHashSchema,
  instantSchema,
  moneySchema,
  skuSchema,
  textSchema,
} from "../scalars.ts";
import {
  dispositionSchema,
  goodsConditionSchema,
  positionSchema,
  purchaseRefSchema,
  returnReasonSchema,
} from "../sync/ticket.ts";

const quantitySchema = z.number().int().min(1).max(MAX_QUANTITY_PER_LINE);

/** A purchase as a list of them shows it. */
export const purchaseSummarySchema = z.strictObject({
  ref: purchaseRefSchema,
  number: z.string(),
  /** `till` or the web shop's name. */
  channel: z.string(),
  at: instantSchema,
  storeName: textSchema.nullable(),
  paid: moneySchema,
  pieces: z.number().int().nonnegative(),
  /** The first few articles, as people call them. */
  names: z.array(textSchema),
  customerName: textSchema.nullable(),
  /** Nothing of it is left that could come back. */
  isAllBack: z.boolean(),
  flagged: z.boolean(),
});
export type PurchaseSummary = z.infer<typeof purchaseSummarySchema>;

export const findPurchasesArgs = z.strictObject({
  /** A receipt or order number, an approval code, a loyalty card, a customer's name or phone, an article's code. */
  text: z.string().max(200).exactOptional(),
  customer: idSchema<"Customer">().exactOptional(),
  variant: idSchema<"Variant">().exactOptional(),
  day: businessDaySchema.exactOptional(),
  paidMinor: z.number().int().exactOptional(),
});
export const foundPurchasesAnswer = z.strictObject({
  purchases: z.array(purchaseSummarySchema),
  /** Whether the server was asked too: else only what this till knows was looked at. */
  askedServer: z.boolean(),
});

/** A line of a purchase that is being returned, with what is chosen of it; `chosen` null: it stays with the customer. */
export const purchaseLineViewSchema = z.strictObject({
  position: positionSchema,
  sku: skuSchema,
  name: textSchema,
  options: z.array(textSchema),
  image: imageHashSchema.nullable(),
  bought: z.number().int().nonnegative(),
  /** Pieces that may still come back, this basket's own not taken off. */
  left: z.number().int().nonnegative(),
  /** What was paid for a piece, tax in it. */
  paidEach: moneySchema,
  returnBy: businessDaySchema.nullable(),
  chosen: z
    .strictObject({
      line: idSchema<"Line">(),
      quantity: quantitySchema,
      reason: returnReasonSchema,
      condition: goodsConditionSchema,
      disposition: dispositionSchema,
      /** What is given back for it, tax in it. */
      refund: moneySchema,
    })
    .nullable(),
});
export type PurchaseLineView = z.infer<typeof purchaseLineViewSchema>;

/** `lease` says whose word the return of it stands on. */
export const purchaseViewSchema = z.strictObject({
  ref: purchaseRefSchema,
  number: z.string(),
  channel: z.string(),
  at: instantSchema,
  storeName: textSchema.nullable(),
  customerName: textSchema.nullable(),
  lease: z.enum(["held", "another", "offline"]),
  flagged: z.boolean(),
  lines: z.array(purchaseLineViewSchema),
  /** What came back before, newest first. */
  before: z.array(
    z.strictObject({ at: instantSchema, storeName: textSchema.nullable(), amount: moneySchema }),
  ),
  /** Goods that are kept and cost more since a promotion no longer holds. */
  repriced: z.array(z.strictObject({ name: textSchema, amount: moneySchema })),
});
export type PurchaseView = z.infer<typeof purchaseViewSchema>;

/** Goods without a receipt. */
export const unreceiptedLineViewSchema = z.strictObject({
  line: idSchema<"Line">(),
  sku: skuSchema,
  name: textSchema,
  options: z.array(textSchema),
  image: imageHashSchema.nullable(),
  quantity: quantitySchema,
  reason: returnReasonSchema,
  condition: goodsConditionSchema,
  disposition: dispositionSchema,
  /** The lowest price of the policy's days. */
  unitPrice: moneySchema,
  refund: moneySchema,
});

const OBSTACLES = [
  "late",
  "finalSale",
  "tooMany",
  "condition",
  "refundedTwice",
  "otherCurrency",
  "leaseHeldByAnother",
  "tooOldOffline",
  "aboveOfflineLimit",
  "aboveLimit",
  "notWithoutReceipt",
  "withoutReceipt",
  "identity",
  "aboveWithoutReceipt",
] as const;

/** What stands in the way and what would get past it, see domain/returns/judge.ts. */
export const obstacleViewSchema = z.strictObject({
  why: z.enum(OBSTACLES),
  way: z.enum(["manager", "server", "identity", "none"]),
  line: idSchema<"Line">().nullable(),
  day: businessDaySchema.nullable(),
  limit: moneySchema.nullable(),
  left: z.number().int().nullable(),
  /** A manager's word or the identity noted has dealt with it. */
  isSettled: z.boolean(),
});
export type ObstacleView = z.infer<typeof obstacleViewSchema>;

export const refundRouteViewSchema = z.strictObject({
  way: z.enum(REFUND_WAYS),
  kind: z.enum(["cash", "card", "credit", "points", "online"]),
  most: moneySchema,
  /** Approval code of the card payment, or number of the order that goes back; of points whose they are. */
  paidBy: z.string().nullable(),
  order: idSchema<"Order">().nullable(),
});
export type RefundRouteView = z.infer<typeof refundRouteViewSchema>;

/** What comes back with the basket in front. */
export const returningViewSchema = z.strictObject({
  purchases: z.array(purchaseViewSchema),
  unreceipted: z.array(unreceiptedLineViewSchema),
  /** What the goods that come back are worth, and what is charged anew. */
  refund: moneySchema,
  repriced: moneySchema,
  obstacles: z.array(obstacleViewSchema),
  override: z.strictObject({ managerName: textSchema, reason: textSchema }).nullable(),
  identity: textSchema.nullable(),
  /** In the order in which they are offered. */
  routes: z.array(refundRouteViewSchema),
  /** Whether goods may come back without a receipt at all, as the store's policy says. */
  mayWithoutReceipt: z.boolean(),
});
export type ReturningView = z.infer<typeof returningViewSchema>;

/** Why a return goes no further. */
export const RETURN_REFUSALS = [
  "notSignedIn",
  "notPermitted",
  "noSuchPurchase",
  "notACode",
  "codeDamaged",
  "codeUnknownVersion",
  "codeForged",
  "codeForeign",
  "codeRevoked",
  "codeTooLong",
  /** The code names the purchase but not its lines, and this till does not know it: a connection is needed. */
  "codeNeedsServer",
  "nothingReturnable",
  "refundedTwice",
  "noSuchLine",
  "noSuchItem",
  "noPrice",
  "tooMany",
  "quantityOutOfRange",
  "tooManyLines",
  "paymentStarted",
  "orderLine",
  "notWithoutReceipt",
  "noReturn",
  "wrongPin",
  "throttled",
  "reasonMissing",
  "wrongCurrency",
  "storage",
] as const;

/** Scanned or typed: a receipt's code or number, an order's; or picked from a list. */
export const openReturnArgs = z.union([
  z.strictObject({ code: z.string().min(1).max(4_000) }),
  z.strictObject({ purchase: purchaseRefSchema }),
]);

const goods = {
  quantity: quantitySchema,
  reason: returnReasonSchema,
  condition: goodsConditionSchema,
  disposition: dispositionSchema,
};
/** Chooses pieces of a line, or changes what was chosen. */
export const chooseReturnArgs = z.strictObject({
  purchase: purchaseRefSchema,
  position: positionSchema,
  ...goods,
});
/** An article that comes back without a receipt, by its code or as it was found. */
export const returnWithoutReceiptArgs = z.strictObject({ variant: idSchema<"Variant">(), ...goods });
export const dropReturnArgs = z.strictObject({ line: idSchema<"Line">() });
export const approveReturnArgs = z.strictObject({
  manager: idSchema<"Staff">(),
  pin: z.string().max(12),
  reason: z.string().trim().max(500),
});
export const noteIdentityArgs = z.strictObject({ identity: z.string().trim().min(1).max(120) });
/** Gives money back. `approvalCode` is the card terminal's for this refund; `order` names whose payment goes back online. */
export const giveBackArgs = z.strictObject({
  amount: moneySchema,
  to: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("cash") }),
    z.strictObject({
      kind: z.literal("card"),
      approvalCode: z.string().max(40),
      /** The payment that it gives back, as the route names it. */
      paidBy: z.string().max(40).exactOptional(),
    }),
    /** `onto`: the code of a gift card that the customer has, which it goes onto; else a code of its own is given out. */
    z.strictObject({ kind: z.literal("credit"), onto: z.string().max(200).exactOptional() }),
    /** Back to whoever paid with them; how many they are the till reckons. */
    z.strictObject({ kind: z.literal("points"), customer: idSchema<"Customer">() }),
    z.strictObject({ kind: z.literal("online"), order: idSchema<"Order">() }),
  ]),
});
