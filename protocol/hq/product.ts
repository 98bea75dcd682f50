import { z } from "zod";
import type {
  Attribute,
  AttributeValue,
  ChannelTexts,
  ProductDetails,
  ProductPicture,
} from "#domain/product/catalogue-product.ts";
import { MAX_PICTURES } from "#domain/product/check-product.ts";
import { productSchema } from "../documents/product.ts";
import { idSchema, imageHashSchema, instantSchema } from "../scalars.ts";

const MAX_TEXT = 20_000;
const MAX_ATTRIBUTES = 200;
const MAX_CHANNELS = 50;
const MAX_CHOICES = 200;

const longText = z.string().max(MAX_TEXT);
const key = z.string().min(1).max(64);

export const productPictureSchema: z.ZodType<ProductPicture> = z.strictObject({
  till: imageHashSchema,
  detail: imageHashSchema,
  alt: z.string().max(500),
});

/** What a channel says and does otherwise; null: as the product. */
export const channelTextsSchema: z.ZodType<ChannelTexts> = z.strictObject({
  status: z.enum(["active", "draft", "archived"]).nullable(),
  title: z.string().max(500).nullable(),
  description: longText.nullable(),
});

const attributeValueSchema: z.ZodType<AttributeValue> = z.union([longText, z.number(), z.boolean()]);

/** What HQ and web shops know of a product and tills do not need. */
export const productDetailsSchema: z.ZodType<ProductDetails> = z.strictObject({
  description: longText,
  pictures: z.array(productPictureSchema).max(MAX_PICTURES),
  attributes: z
    .record(key, attributeValueSchema)
    .refine((all) => Object.keys(all).length <= MAX_ATTRIBUTES, "too many attributes"),
  channels: z
    .record(idSchema<"Channel">(), channelTextsSchema)
    .refine((all) => Object.keys(all).length <= MAX_CHANNELS, "too many channels"),
});

/** `PUT /hq/v1/attributes`: what the retailer says of its products, in the order in which it is asked for. */
const attributeSchema: z.ZodType<Attribute> = z.strictObject({
  id: idSchema<"Attribute">(),
  name: z.string().min(1).max(100),
  kind: z.enum(["text", "number", "choice", "yesNo"]),
  unit: z.string().max(20),
  choices: z.array(z.string().min(1).max(200)).max(MAX_CHOICES),
});
export const attributesSchema = z.strictObject({
  attributes: z
    .array(attributeSchema)
    .max(MAX_ATTRIBUTES)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "an attribute is there twice"),
});

/**
 * `GET /hq/v1/products/{id}`: all that HQ edits of a product, and what there is to choose from. `version` is another text after each change and goes
 * back with what is saved, so that nothing is overwritten unseen.
 */
export const productAnswerSchema = z.strictObject({
  product: productSchema,
  details: productDetailsSchema,
  version: z.string(),
});
export type ProductAnswer = z.infer<typeof productAnswerSchema>;

/** `GET /hq/v1/products/choices`: what there is to choose from. */
export const productChoicesAnswerSchema = z.strictObject({
  taxClasses: z.array(z.strictObject({ id: idSchema<"TaxClass">(), name: z.string() })),
  attributes: z.array(attributeSchema),
  channels: z.array(z.strictObject({ id: idSchema<"Channel">(), name: z.string() })),
  categories: z.array(z.string()),
  brands: z.array(z.string()),
});
export type ProductChoices = z.infer<typeof productChoicesAnswerSchema>;

/**
 * `POST /hq/v1/products` and `PUT /hq/v1/products/{id}`: the whole product. New products and variants have ids that whoever makes them gives, a UUID
 * each. Refused with status 409 where it was changed since `version`, with 400 where something is wrong: `details` then has a line of three words for
 * each, the field, what is wrong and what stands there: `variants.2.sku taken MUG-1`.
 */
export const saveProductRequestSchema = z.strictObject({
  product: productSchema,
  details: productDetailsSchema,
  /** As it was read; null: whatever it is by now. */
  version: z.string().max(100).nullable().default(null),
});
export type SaveProductRequest = z.output<typeof saveProductRequestSchema>;

export const savedProductSchema = z.strictObject({
  id: idSchema<"Product">(),
  version: z.string(),
  /** The feed of the catalogue once it was saved: tills that have read so far have it. */
  seq: z.number().int().nonnegative(),
  /** Its place in the history; null: nothing was changed. */
  entry: z.number().int().positive().nullable(),
});
export type SavedProductAnswer = z.infer<typeof savedProductSchema>;

/** `GET /hq/v1/products/removed`: what was deleted and can come back by taking that change back, deleted last first. */
export const removedProductsAnswerSchema = z.strictObject({
  products: z.array(
    z.strictObject({
      id: idSchema<"Product">(),
      /** Of its being deleted, in its history. */
      entry: z.number().int().positive(),
      title: z.string(),
      brand: z.string(),
      skus: z.array(z.string()),
      at: instantSchema,
      by: z.strictObject({ kind: z.enum(["user", "key"]), id: z.string(), name: z.string() }),
    }),
  ),
});
export type RemovedProducts = z.infer<typeof removedProductsAnswerSchema>;

/** `DELETE /hq/v1/products/{id}`: only what was never sold. For a while it can come back, by taking this back in its history. */
export const removedProductSchema = z.strictObject({ seq: z.number().int().nonnegative() });

/** `GET /hq/v1/products/{id}/history?before&limit`: the newest first. */
export const productHistoryQuerySchema = z.strictObject({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const productHistoryAnswerSchema = z.strictObject({
  entries: z.array(
    z.strictObject({
      cursor: z.number().int().positive(),
      at: instantSchema,
      by: z.strictObject({ kind: z.enum(["user", "key"]), id: z.string(), name: z.string() }),
      cause: z.string(),
      created: z.boolean(),
      changes: z.array(
        z.strictObject({
          field: z.string(),
          variant: idSchema<"Variant">().nullable(),
          from: z.unknown(),
          to: z.unknown(),
        }),
      ),
    }),
  ),
});
export type ProductHistory = z.infer<typeof productHistoryAnswerSchema>;

/** `POST /hq/v1/pictures` with a PNG, JPEG or WebP as body: it is made smaller and kept under the hash of what it was made into. */
export const MAX_PICTURE_BYTES = 10 * 1024 * 1024;
export const pictureAnswerSchema = z.strictObject({
  till: imageHashSchema,
  detail: imageHashSchema,
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
