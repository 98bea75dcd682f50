import { z } from "zod";
import { openingHoursSchema, storeContactSchema, taxSetupSchema } from "../documents/settings.ts";
import { currencySchema, idSchema, instantSchema, textSchema } from "../scalars.ts";

const storeCode = z.string().regex(/^[A-Z0-9]{2,8}$/);

/** `GET /hq/v1/stores/list` */
export const storeListQuerySchema = z.strictObject({
  /** In the code, the name or the address. */
  search: z.string().max(100).default(""),
  state: z.enum(["open", "closed", "all"]).default("open"),
  sort: z.enum(["code", "name", "tills"]).default("code"),
  order: z.enum(["up", "down"]).default("up"),
  offset: z.coerce.number().int().nonnegative().max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const storeListRowSchema = z.strictObject({
  id: idSchema<"Store">(),
  code: z.string(),
  name: textSchema,
  address: z.array(textSchema).max(20),
  timeZone: z.string(),
  currency: currencySchema,
  /** Those that are not revoked. */
  tills: z.number().int(),
  hasHours: z.boolean(),
  closedAt: instantSchema.nullable(),
});
export type StoreListRow = z.infer<typeof storeListRowSchema>;
export const storeListSchema = z.strictObject({
  stores: z.array(storeListRowSchema).max(200),
  total: z.number().int(),
});

/** What HQ says of a store; its code never changes, since receipts are numbered by it. */
export const storeProfileSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  address: z.array(z.string().trim().max(200)).max(20),
  contact: storeContactSchema,
  vatId: z.string().trim().max(40),
  /** IANA name. */
  timeZone: z.string().min(1).max(64),
  /** BCP 47 tag. */
  locale: z.string().min(2).max(35),
  currency: currencySchema,
  /** Null: nobody has said, and it counts as always open. */
  hours: openingHoursSchema.nullable(),
});
export type StoreProfile = z.infer<typeof storeProfileSchema>;

/** What the first store of all cannot have from another one. */
const firstStoreSchema = z.strictObject({
  /** As it stands on receipts. */
  retailer: z.string().trim().min(1).max(100),
  /** The standard rate, and whether prices contain it. `ppm` as in a store's taxes: 190000 is 19 %. */
  tax: z.strictObject({
    mode: taxSetupSchema.shape.mode,
    name: z.string().trim().min(1).max(100),
    ppm: z.number().int().min(0).max(1_000_000),
  }),
});

/**
 * `POST /hq/v1/stores`. `like`: the store whose taxes, price lists, policies and receipts it begins with; null while there is none, and then `first`
 * says what is needed. `knocking`: it is made again as the one that this till was paired in.
 */
export const newStoreSchema = z.strictObject({
  code: storeCode,
  like: storeCode.nullable(),
  first: firstStoreSchema.exactOptional(),
  knocking: idSchema<"Device">().exactOptional(),
  ...storeProfileSchema.shape,
});
export type NewStore = z.infer<typeof newStoreSchema>;

/** `GET`, `PUT /hq/v1/stores/:code` and what other changes of a store answer. */
export const storeDetailSchema = z.strictObject({
  id: idSchema<"Store">(),
  code: z.string(),
  retailer: textSchema,
  ...storeProfileSchema.shape,
  /** It has sold: its currency stays. */
  hasSold: z.boolean(),
  tills: z.number().int(),
  priceLists: z.array(idSchema<"PriceList">()),
  tax: taxSetupSchema,
  closedAt: instantSchema.nullable(),
});
export type StoreDetail = z.infer<typeof storeDetailSchema>;

/** `PUT /hq/v1/stores/:code/tax` */
export const storeTaxSchema = taxSetupSchema;
