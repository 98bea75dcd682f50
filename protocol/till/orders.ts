import { z } from "zod";
import {
  deliveryWishSchema,
  fulfilmentStateSchema,
  orderContactSchema,
  parcelSchema,
  piecesSchema,
  signatureSchema,
} from "../documents/order.ts";
import { idSchema, imageHashSchema, instantSchema, moneySchema, skuSchema, textSchema } from "../scalars.ts";
import { shelfSchema, shortChoiceSchema } from "../sync/order-facts.ts";

/** Orders shown at once; older finished ones are found by searching. */
export const MAX_ORDERS_SHOWN = 300;

const orderLineViewSchema = z.strictObject({
  line: idSchema<"Line">(),
  variant: idSchema<"Variant">(),
  sku: skuSchema,
  name: textSchema,
  options: z.array(textSchema),
  image: imageHashSchema.nullable(),
  quantity: piecesSchema,
  /** Found so far while picking; what was picked once picking is over. */
  counted: piecesSchema,
  handed: piecesSchema,
  missing: piecesSchema,
  isSubstitute: z.boolean(),
});
export type OrderLineView = z.infer<typeof orderLineViewSchema>;

const orderTraceViewSchema = z.strictObject({
  at: instantSchema,
  act: z.string(),
  /** A name, or empty where nobody did it. */
  who: textSchema,
  reason: textSchema.nullable(),
  fits: z.boolean(),
});

/** A store's part of an order as the collect queue shows it, the till's own unsent acts included. */
export const orderCardSchema = z.strictObject({
  id: idSchema<"Fulfilment">(),
  order: idSchema<"Order">(),
  number: z.string(),
  channel: z.string(),
  kind: z.enum(["pickup", "ship"]),
  state: fulfilmentStateSchema,
  customerName: textSchema,
  phone: z.string().nullable(),
  placedAt: instantSchema,
  promisedAt: instantSchema,
  collectBy: instantSchema.nullable(),
  /** Not ready although it was promised to be. */
  isLate: z.boolean(),
  pieces: z.number().int().nonnegative(),
  lines: z.array(orderLineViewSchema),
  /** What is to be paid before it is handed out; zero when nothing is. */
  due: moneySchema,
  total: moneySchema,
  shelf: z.string().nullable(),
  claimedBy: z.strictObject({ name: textSchema, isMine: z.boolean() }).nullable(),
  /** Who may hand it out without asking: this till, another one, or nobody yet. */
  lease: z.enum(["mine", "other", "none"]),
  leaseRegister: z.number().int().nullable(),
  hasCode: z.boolean(),
  /** Goods of a cancelled or expired order that are still on the collect shelf. */
  toRestock: z.boolean(),
  /** What this till did to it is not all at the server yet. */
  unsent: z.boolean(),
  address: z.array(textSchema).nullable(),
  parcels: z.array(parcelSchema),
  note: textSchema,
  trace: z.array(orderTraceViewSchema),
});
export type OrderCard = z.infer<typeof orderCardSchema>;

/** View `orders`: what is to do first, by promised time; what is over last, newest first. `arrived` grows with each order that is new here. */
export const ordersViewSchema = z.strictObject({
  arrived: z.number().int().nonnegative(),
  orders: z.array(orderCardSchema).max(MAX_ORDERS_SHOWN),
});
export type OrdersView = z.infer<typeof ordersViewSchema>;

/** Why nothing was done to an order. */
export const ORDER_REFUSALS = [
  "notSignedIn",
  "notPermitted",
  "noSuchOrder",
  "notNow",
  "claimedByAnother",
  "noSuchLine",
  "noSuchItem",
  "wrongItem",
  "overScan",
  "reasonMissing",
  "nothingPicked",
  "choiceMissing",
  "nothingToHandOver",
  "notReady",
  "cancelled",
  "expired",
  "alreadyCollected",
  "leaseHeldByAnother",
  "leaseUnknown",
  "wrongCode",
  "tooManyTries",
  "codeMissing",
  "signatureMissing",
  "wrongPin",
  "notAManager",
  "basketNotEmpty",
  "notPickup",
  "notShipping",
  "noPrinter",
  "storage",
] as const;

export const fulfilmentArgs = z.strictObject({ fulfilment: idSchema<"Fulfilment">() });

export const declineArgs = z.strictObject({
  fulfilment: idSchema<"Fulfilment">(),
  reason: z.string().trim().min(1).max(500),
});

export const pickScanArgs = z.strictObject({
  fulfilment: idSchema<"Fulfilment">(),
  code: z.string().min(1).max(500),
});

/** Counted by hand: `quantity` pieces of the line have been found. */
export const pickCountArgs = z.strictObject({
  fulfilment: idSchema<"Fulfilment">(),
  line: idSchema<"Line">(),
  quantity: piecesSchema,
});

export const finishPickingArgs = z.strictObject({
  fulfilment: idSchema<"Fulfilment">(),
  shelf: shelfSchema,
  /** What becomes of pieces that were not found; null when all are there. */
  rest: shortChoiceSchema.nullable(),
  /** Other articles that take the place of all pieces of a line. */
  substitutes: z
    .array(z.strictObject({ line: idSchema<"Line">(), variant: idSchema<"Variant">() }))
    .max(200)
    .default([]),
});

export const handOverArgs = z.strictObject({
  fulfilment: idSchema<"Fulfilment">(),
  proof: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("code"), code: z.string().max(200) }),
    z.strictObject({
      kind: z.literal("idCheck"),
      reason: z.string().trim().min(1).max(200),
      /** Who collects, where it is not the customer. */
      collector: z.string().trim().max(200),
    }),
  ]),
  /** Null: all that is due; else so many pieces of these lines. */
  lines: z
    .array(z.strictObject({ line: idSchema<"Line">(), quantity: z.number().int().min(1).max(1_000) }))
    .nullable()
    .default(null),
  /** Null: nobody has signed. Refused as missing where the store's policy asks for it; one that nobody asks for is kept all the same. */
  signature: signatureSchema.nullable().default(null),
  /** The customer buys more: the hand-out is completed with that sale. */
  withSale: z.boolean().default(false),
  /** A manager's word where this till does not hold the lease. */
  override: z
    .strictObject({
      manager: idSchema<"Staff">(),
      pin: z.string().max(12),
      reason: z.string().trim().min(1).max(200),
    })
    .nullable()
    .default(null),
});

/** Handed over; or first to be paid (or sold with) in the basket that now is in front. */
export const handOverAnswer = z.discriminatedUnion("next", [
  z.strictObject({ next: z.literal("done"), order: orderCardSchema }),
  z.strictObject({ next: z.literal("sale"), order: orderCardSchema }),
]);

export const shipArgs = z.strictObject({
  fulfilment: idSchema<"Fulfilment">(),
  parcels: z.array(parcelSchema).min(1).max(50),
});

/** Turns the basket in front into an order for the customer: paid here, picked where the goods are. Null makes it an ordinary sale again. */
export const orderingArgs = z
  .strictObject({ contact: orderContactSchema, delivery: deliveryWishSchema })
  .nullable();

/** What other stores have of a variant, as the server knows it; asked only with a connection. */
export const elsewhereSchema = z.array(
  z.strictObject({
    store: idSchema<"Store">(),
    code: z.string(),
    name: textSchema,
    available: z.number().int().nonnegative(),
    /** The last word from that store's tills. */
    asOf: instantSchema.nullable(),
  }),
);
export type Elsewhere = z.infer<typeof elsewhereSchema>;
