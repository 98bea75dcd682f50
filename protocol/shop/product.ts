import { z } from "zod";
import {
  currencySchema,
  gtinSchema,
  idSchema,
  imageHashSchema,
  instantSchema,
  moneySchema,
  skuSchema,
  textSchema,
} from "../scalars.ts";

const MAX_PRODUCTS_PER_ANSWER = 200;
const MAX_LISTINGS_PER_ANSWER = 200;
export const MAX_LISTED_SKUS = 100;

/** Which of the key's channels is meant; a key of one channel need not say. */
const channelQuery = { channel: idSchema<"Channel">().optional() };
const cursorSchema = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[A-Za-z0-9_-]+$/, "a cursor is what an answer said as `next`")
  .optional();

/** `GET /shop/v1/products?after&limit&channel` */
export const shopProductsQuerySchema = z.strictObject({
  ...channelQuery,
  after: cursorSchema,
  limit: z.coerce.number().int().min(1).max(MAX_PRODUCTS_PER_ANSWER).default(100),
});
/** `GET /shop/v1/products/{id}?channel`; `id` is a product's, or `sku:…`, `gtin:…`, `handle:…`. */
export const shopProductParamsSchema = z.object({ id: z.string().min(1).max(300) });
export const shopProductQuerySchema = z.strictObject(channelQuery);
/** `GET /shop/v1/products/{id}/pictures/{hash}` */
export const shopPictureParamsSchema = z.object({ id: idSchema<"Product">(), hash: imageHashSchema });

/** `GET /shop/v1/listings?sku=A&sku=B` or `?after&limit`. */
export const listingsQuerySchema = z
  .strictObject({
    ...channelQuery,
    after: cursorSchema,
    limit: z.coerce.number().int().min(1).max(MAX_LISTINGS_PER_ANSWER).default(100),
    sku: z
      .union([skuSchema.transform((one) => [one]), z.array(skuSchema).min(1).max(MAX_LISTED_SKUS)])
      .optional(),
  })
  .refine(({ after, sku }) => after === undefined || sku === undefined, "either `after` or `sku`, not both");

const shopPriceSchema = z.strictObject({
  /** Of one piece, or of a kilogram where the product is sold by weight. Before promotions: those are a quote's. */
  amount: moneySchema,
  /** What it cost before it was reduced; null: it is not. */
  compareAt: moneySchema.nullable(),
  /** The lowest price of the 30 days before it was reduced, to be shown beside it (Directive 98/6/EC, article 6a); null: not reduced, or not known. */
  lowest30: moneySchema.nullable(),
  /** From so many pieces on, all of them cost this each. */
  tiers: z.array(z.strictObject({ from: z.number().int().min(2), amount: moneySchema })),
  /** What a kilogram, litre, metre or piece of its content comes to; null: that need not be said. */
  unitPrice: z.strictObject({ per: z.enum(["kg", "l", "m", "piece"]), amount: moneySchema }).nullable(),
});
export type ShopPrice = z.infer<typeof shopPriceSchema>;

/** What a variant costs and whether it is there, at the moment of asking. */
const offeredShape = {
  /** Null: it has no price on this channel now and cannot be ordered. */
  price: shopPriceSchema.nullable(),
  /** The next moment at which the price changes by plan; null: nothing is planned. */
  priceUntil: instantSchema.nullable(),
  /** Pieces that can be promised: by all stores that send parcels, and by all in which it can be collected. Store by store: `/shop/v1/availability`. */
  available: z.strictObject({
    shipping: z.number().int().nonnegative(),
    collecting: z.number().int().nonnegative(),
  }),
};

/** Addresses on this server that take the same key. Under one address a picture never changes. */
const shopPictureSchema = z.strictObject({
  /** At most 320 pixels a side. */
  small: z.string(),
  /** At most 1024 pixels a side. */
  large: z.string(),
  /** What is on it, for whoever cannot see it; may be empty. */
  alt: z.string(),
});
export type ShopPicture = z.infer<typeof shopPictureSchema>;

const shopVariantSchema = z.strictObject({
  id: idSchema<"Variant">(),
  sku: skuSchema,
  gtins: z.array(gtinSchema),
  /** In the order of the product's `options`. */
  options: z.array(textSchema),
  /** Its own; null: as the product. */
  picture: shopPictureSchema.nullable(),
  content: z
    .strictObject({ quantity: z.number().int().positive(), unit: z.enum(["g", "ml", "mm", "piece"]) })
    .nullable(),
  ...offeredShape,
});
export type ShopVariant = z.infer<typeof shopVariantSchema>;

/** A product as a channel sells it. */
export const shopProductSchema = z.strictObject({
  id: idSchema<"Product">(),
  status: z.literal("active"),
  /** Unique, made for addresses. */
  handle: z.string(),
  /** The channel's own; the general one where it has none. So is `description`. */
  title: z.string(),
  description: z.string(),
  brand: textSchema,
  /** The path of its category, as HQ writes it. */
  category: textSchema,
  tags: z.array(textSchema),
  taxClass: z.strictObject({ id: idSchema<"TaxClass">(), name: z.string() }),
  /** `weight` and `openPrice` are sold in stores only: a quote refuses them. */
  soldBy: z.enum(["piece", "weight", "openPrice"]),
  /** What the variants differ by: `Size`, `Colour`. */
  options: z.array(textSchema),
  attributes: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      /** Of a number; empty: it has none. */
      unit: z.string(),
      value: z.union([z.string(), z.number(), z.boolean()]),
    }),
  ),
  /** In the order in which they are shown; the first is the product's. */
  pictures: z.array(shopPictureSchema),
  /** Charged with each piece, and shown beside the price by law: a deposit, a levy, a bag. Never among the goods of an order. */
  charged: z.array(
    z.strictObject({
      kind: z.enum(["deposit", "levy", "bag"]),
      sku: skuSchema,
      name: z.string(),
      amount: moneySchema.nullable(),
    }),
  ),
  variants: z.array(shopVariantSchema),
});
export type ShopProduct = z.infer<typeof shopProductSchema>;

/** It left the channel, or is no more: a shop that has it takes it off its shelves. One that never had it need do nothing. */
export const goneProductSchema = z.strictObject({ id: idSchema<"Product">(), status: z.literal("gone") });
export type GoneProduct = z.infer<typeof goneProductSchema>;

const channelShape = {
  channel: idSchema<"Channel">(),
  currency: currencySchema,
  /** Whether prices have the tax in them. */
  taxIncluded: z.boolean(),
};

export const shopProductsAnswerSchema = z.strictObject({
  ...channelShape,
  products: z.array(z.discriminatedUnion("status", [shopProductSchema, goneProductSchema])),
  /** Ask `after` this one next time, however later. */
  next: z.string(),
  /** Nothing more has changed so far. While false ask again at once, also where this answer has no products. */
  caughtUp: z.boolean(),
});
export type ShopProductsAnswer = z.infer<typeof shopProductsAnswerSchema>;

export const shopProductAnswerSchema = z.strictObject({ ...channelShape, product: shopProductSchema });
export type ShopProductAnswer = z.infer<typeof shopProductAnswerSchema>;

const listingSchema = z.strictObject({
  product: idSchema<"Product">(),
  variant: idSchema<"Variant">(),
  sku: skuSchema,
  ...offeredShape,
});
export type Listing = z.infer<typeof listingSchema>;

export const listingsAnswerSchema = z.strictObject({
  ...channelShape,
  listings: z.array(listingSchema),
  /** SKUs that were asked for and are not sold on this channel. */
  unknown: z.array(z.string()),
  /** Ask `after` this one next time; null where SKUs were asked for. */
  next: z.string().nullable(),
  caughtUp: z.boolean(),
});
export type ListingsAnswer = z.infer<typeof listingsAnswerSchema>;

/** What `products.changed` tells: the products' cursor that is the newest now. Whoever has it already has all. */
export const productsChangedSchema = z.strictObject({ cursor: z.string() });
export type ProductsChanged = z.infer<typeof productsChangedSchema>;
