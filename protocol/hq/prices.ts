import { z } from "zod";
import { MAX_QUANTITY_PER_LINE } from "#domain/ticket/basket.ts";
import { currencySchema, idSchema, moneySchema, skuSchema, textSchema } from "../scalars.ts";

export const MAX_PRICES_AT_ONCE = 1_000;
const MAX_LISTS = 20;
const MAX_SAMPLES = 200;
const WHOLE_PPM = 1_000_000;

const listSchema = idSchema<"PriceList">();
const groupSchema = idSchema<"CustomerGroup">();
/** As the clocks show it where the list is asked: `2026-12-24T08:00`. */
const localTimeSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
const listsSchema = z
  .array(listSchema)
  .max(MAX_LISTS)
  .refine((lists) => new Set(lists).size === lists.length, "each list is asked once: one is there twice");

/** `GET /hq/v1/price-lists`: the lists there are, and who asks which of them in which order. */
export const priceListsAnswerSchema = z.strictObject({
  lists: z.array(
    z.strictObject({
      id: listSchema,
      name: textSchema,
      currency: currencySchema,
      prices: z.number().int().nonnegative(),
      /** IANA name: in whose clocks it is said from when its prices hold. */
      timeZone: z.string(),
    }),
  ),
  stores: z.array(
    z.strictObject({
      id: idSchema<"Store">(),
      code: z.string(),
      name: textSchema,
      currency: currencySchema,
      lists: z.array(listSchema),
    }),
  ),
  channels: z.array(
    z.strictObject({
      channel: idSchema<"Channel">(),
      /** False: it asks what the first store asks. */
      own: z.boolean(),
      lists: z.array(listSchema),
    }),
  ),
  /** In the order in which their lists are asked. */
  groups: z.array(z.strictObject({ id: groupSchema, name: textSchema, priceLists: z.array(listSchema) })),
});
export type PriceListsAnswer = z.infer<typeof priceListsAnswerSchema>;

/** `PUT /hq/v1/price-lists/{id}`: makes a list or renames it. Its currency stays once there are prices on it. */
export const priceListRequestSchema = z.strictObject({ name: textSchema.min(1), currency: currencySchema });

/** `PUT /hq/v1/stores/{code}/price-lists` */
export const storeListsRequestSchema = z.strictObject({
  lists: listsSchema.min(1, "a store asks at least one list"),
});

/** `PUT /hq/v1/channels/{channel}/price-lists`; null: those of the first store, whatever they are. */
export const channelListsRequestSchema = z.strictObject({
  lists: listsSchema.min(1, "a channel asks at least one list").nullable(),
});

/** `PUT /hq/v1/customer-groups`: all groups, in the order in which their lists are asked. Customers stay in a group that is left out, and it no longer means anything. */
export const groupsRequestSchema = z.strictObject({
  groups: z
    .array(z.strictObject({ id: groupSchema, name: textSchema.min(1), priceLists: listsSchema }))
    .max(200)
    .refine(
      (groups) => new Set(groups.map(({ id }) => id)).size === groups.length,
      "each group is there once: one is there twice",
    ),
});

export const priceRowSchema = z.strictObject({
  list: listSchema,
  amount: moneySchema,
  compareAt: moneySchema.nullable(),
  lowest30: moneySchema.nullable(),
  validFrom: localTimeSchema.nullable(),
  validTo: localTimeSchema.nullable(),
  tiers: z.array(z.strictObject({ from: z.number().int(), amount: moneySchema })),
  /** `now`: it is what the list says at this moment; `planned`: it begins later; `over`; `covered`: another that began later counts. */
  standing: z.enum(["now", "planned", "over", "covered"]),
});
export type PriceRow = z.infer<typeof priceRowSchema>;

/** `GET /hq/v1/prices?search&list&planned&offset&limit`: products with all prices of their variants. */
export const pricesQuerySchema = z.strictObject({
  search: z.string().max(200).default(""),
  list: listSchema.optional(),
  /** Only products for which something is planned. */
  planned: z
    .enum(["true", "false"])
    .default("false")
    .transform((value) => value === "true"),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const pricesAnswerSchema = z.strictObject({
  products: z.array(
    z.strictObject({
      product: idSchema<"Product">(),
      handle: z.string(),
      title: textSchema,
      category: textSchema,
      soldBy: z.enum(["weight", "openPrice"]).nullable(),
      variants: z.array(
        z.strictObject({
          variant: idSchema<"Variant">(),
          sku: skuSchema,
          label: z.string(),
          /** What it costs the retailer, without tax. */
          cost: moneySchema.nullable(),
          prices: z.array(priceRowSchema),
        }),
      ),
    }),
  ),
  total: z.number().int(),
});
export type PricesAnswer = z.infer<typeof pricesAnswerSchema>;
export type PricedProductRow = PricesAnswer["products"][number];

/** A price as HQ wants it. One of the same list, variant and beginning is replaced. */
const priceWishSchema = z.strictObject({
  sku: skuSchema,
  list: listSchema,
  amount: moneySchema,
  compareAt: moneySchema.nullable().default(null),
  /** Null: at once, and since ever. */
  validFrom: localTimeSchema.nullable().default(null),
  validTo: localTimeSchema.nullable().default(null),
  tiers: z
    .array(z.strictObject({ from: z.number().int().min(2).max(MAX_QUANTITY_PER_LINE), amount: moneySchema }))
    .max(20)
    .default([]),
});
export type PriceWish = z.output<typeof priceWishSchema>;

/** `POST /hq/v1/prices`: all of them or none. Tills hear of planned prices at once and sell at them from their moment on. */
export const savePricesRequestSchema = z.strictObject({
  prices: z.array(priceWishSchema).min(1).max(MAX_PRICES_AT_ONCE),
});
export const savePricesAnswerSchema = z.strictObject({
  saved: z.number().int(),
  /** Where in the feed of each list they stand: a till that has read so far has them. */
  lists: z.array(z.strictObject({ list: listSchema, seq: z.number().int().nonnegative() })),
});

/** `POST /hq/v1/prices/remove` */
export const removePriceRequestSchema = z.strictObject({
  sku: skuSchema,
  list: listSchema,
  validFrom: localTimeSchema.nullable(),
});
export const removePriceAnswerSchema = z.strictObject({
  /** Where in the list's feed it is taken away. */
  seq: z.number().int().nonnegative(),
});

const minorSchema = z.number().int().min(-1_000_000_000).max(1_000_000_000);

/** `POST /hq/v1/prices/bulk`: many prices changed by a rule; with `dryRun` only told. */
export const bulkRequestSchema = z.strictObject({
  dryRun: z.boolean(),
  /** Whose prices of now are changed. */
  from: listSchema,
  /** On which list the new prices are; absent: the same. */
  to: listSchema.optional(),
  category: z.string().max(500).nullable().default(null),
  search: z.string().max(200).default(""),
  change: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("percent"),
      ppm: z
        .number()
        .int()
        .min(-WHOLE_PPM)
        .max(10 * WHOLE_PPM),
    }),
    z.strictObject({ kind: z.literal("amount"), minor: minorSchema }),
  ]),
  rounding: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({ kind: z.literal("step"), minor: z.number().int().min(2).max(1_000_000) }),
    z
      .strictObject({
        kind: z.literal("ending"),
        minor: z.number().int().min(0).max(999_999),
        of: z.number().int().min(2).max(1_000_000),
      })
      .refine(({ minor, of }) => minor < of, "an ending is less than what it is of"),
  ]),
  validFrom: localTimeSchema.nullable().default(null),
  validTo: localTimeSchema.nullable().default(null),
  /** The price of before is shown beside the new one, which is a reduction then. */
  asReduction: z.boolean().default(false),
  /** As it was told by `dryRun`: where anything else would come of it by now, nothing is written. */
  seen: z.string().max(64).optional(),
});
export type BulkRequest = z.output<typeof bulkRequestSchema>;
export const bulkAnswerSchema = z.strictObject({
  dryRun: z.boolean(),
  changed: z.number().int(),
  /** Another text where other prices change, or to others. */
  seen: z.string(),
  /** Where in the feed of the list they stand; null: nothing was written. */
  seq: z.number().int().nonnegative().nullable(),
  /** Those that the rule leaves as they are. */
  unchanged: z.number().int(),
  /** Of the changed ones: cheaper than what the goods cost the retailer. */
  belowCost: z.number().int(),
  /** The first of them. */
  samples: z
    .array(
      z.strictObject({
        sku: skuSchema,
        name: z.string(),
        from: moneySchema,
        to: moneySchema,
        belowCost: z.boolean(),
      }),
    )
    .max(MAX_SAMPLES),
});
export type BulkAnswer = z.infer<typeof bulkAnswerSchema>;
export const MAX_BULK_SAMPLES = MAX_SAMPLES;

/** `PUT /hq/v1/products/{handle}/extras`: what is sold otherwise than by the piece, what comes with it, what it holds and costs. What is absent stays; null takes it away. */
export const productExtrasRequestSchema = z.strictObject({
  soldBy: z.enum(["weight", "openPrice"]).nullable().optional(),
  taxClass: idSchema<"TaxClass">().optional(),
  links: z
    .array(z.strictObject({ sku: skuSchema, kind: z.enum(["deposit", "levy", "bag"]) }))
    .max(10)
    .optional(),
  variants: z
    .array(
      z.strictObject({
        sku: skuSchema,
        content: z
          .strictObject({
            quantity: z.number().int().min(1).max(1_000_000_000),
            unit: z.enum(["g", "ml", "mm", "piece"]),
          })
          .nullable()
          .optional(),
        cost: moneySchema.nullable().optional(),
      }),
    )
    .max(2_000)
    .default([]),
});
export type ProductExtrasRequest = z.output<typeof productExtrasRequestSchema>;
export const productExtrasAnswerSchema = z.strictObject({});

/** `GET /hq/v1/products/{handle}/extras`: the same as they are, and the tax classes there are. */
export const knownExtrasAnswerSchema = z.strictObject({
  soldBy: z.enum(["weight", "openPrice"]).nullable(),
  taxClass: idSchema<"TaxClass">(),
  taxClasses: z.array(z.strictObject({ id: idSchema<"TaxClass">(), name: textSchema })),
  currency: currencySchema,
  links: z.array(z.strictObject({ sku: skuSchema, kind: z.enum(["deposit", "levy", "bag"]) })),
  variants: z.array(
    z.strictObject({
      sku: skuSchema,
      content: z
        .strictObject({ quantity: z.number().int(), unit: z.enum(["g", "ml", "mm", "piece"]) })
        .nullable(),
      cost: moneySchema.nullable(),
    }),
  ),
});
export type KnownExtras = z.infer<typeof knownExtrasAnswerSchema>;

/** `GET /hq/v1/price-changes?store&from&until&offset&limit`: articles of which another price holds at `until` than at `from`. */
export const priceChangesQuerySchema = z.strictObject({
  store: z.string().max(8),
  from: localTimeSchema,
  until: localTimeSchema,
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const priceChangesAnswerSchema = z.strictObject({
  changes: z.array(
    z.strictObject({
      sku: skuSchema,
      name: z.string(),
      gtin: z.string().nullable(),
      before: moneySchema.nullable(),
      after: moneySchema,
      compareAt: moneySchema.nullable(),
      lowest30: moneySchema.nullable(),
    }),
  ),
  total: z.number().int(),
});
export type PriceChangesAnswer = z.infer<typeof priceChangesAnswerSchema>;

/** `POST /hq/v1/labels`: a PDF with a shelf label for each article, with the price that holds in the store at a moment. */
export const labelsRequestSchema = z.strictObject({
  store: z.string().max(8),
  /** By the store's clocks; absent: now. */
  at: localTimeSchema.optional(),
  skus: z.array(skuSchema).min(1).max(2_000),
  /** Where the code on the label leads, `{handle}` and `{sku}` being put in; absent: the label's code says the SKU. */
  link: z
    .string()
    .max(300)
    .regex(/^https:\/\//)
    .optional(),
});
