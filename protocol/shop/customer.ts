import { z } from "zod";
import { CONSENT_PURPOSES } from "#domain/customer/customer.ts";
import { companySchema } from "../documents/customer.ts";
import { addressSchema } from "../documents/order.ts";
import { idSchema, instantSchema, languageTagSchema, textSchema } from "../scalars.ts";

const MAX_ADDRESSES = 10;

const shape = {
  name: z.string().trim().min(1).max(200),
  email: z.string().max(254).nullable(),
  phone: z.string().max(40).nullable(),
  language: languageTagSchema.nullable(),
  addresses: z.array(addressSchema).max(MAX_ADDRESSES),
  preferences: z.string().max(2_000).nullable(),
  company: companySchema.nullable(),
  /** Given or taken back now, in the shop. */
  consents: z.array(z.strictObject({ purpose: z.enum(CONSENT_PURPOSES), given: z.boolean() })).max(20),
};

/** `POST /shop/v1/customers`: idempotent by `channel` and `id`. */
export const shopRegisterSchema = z.strictObject({
  channel: idSchema<"Channel">(),
  /** The shop's own id of the customer. */
  id: z.string().min(1).max(120),
  name: shape.name,
  email: shape.email.default(null),
  /** Whoever registers has shown that the address is theirs, as by a link that was mailed to it. Only then they become part of a profile that has it. */
  emailVerified: z.boolean().default(false),
  phone: shape.phone.default(null),
  language: shape.language.exactOptional(),
  addresses: shape.addresses.exactOptional(),
  preferences: shape.preferences.exactOptional(),
  company: shape.company.exactOptional(),
  consents: shape.consents.exactOptional(),
});
export type ShopRegister = z.infer<typeof shopRegisterSchema>;

/** `PUT /shop/v1/customers/{id}`: only what changes; null takes away. `channel` is where it was said. */
export const shopChangeSchema = z.strictObject({
  channel: idSchema<"Channel">(),
  name: shape.name.exactOptional(),
  email: shape.email.exactOptional(),
  phone: shape.phone.exactOptional(),
  language: shape.language.exactOptional(),
  addresses: shape.addresses.exactOptional(),
  preferences: shape.preferences.exactOptional(),
  company: shape.company.exactOptional(),
  consents: shape.consents.exactOptional(),
});
export type ShopChange = z.infer<typeof shopChangeSchema>;

/** A profile as shops see it: without what colleagues noted for each other. */
export const shopCustomerSchema = z.strictObject({
  /** May differ from the one that was asked for: the profile that it is part of by now. */
  id: idSchema<"Customer">(),
  name: textSchema,
  email: z.string().nullable(),
  phone: z.string().nullable(),
  cardNumber: z.string().nullable(),
  language: z.string().nullable(),
  addresses: z.array(addressSchema),
  preferences: z.string().nullable(),
  company: companySchema.nullable(),
  groups: z.array(idSchema<"CustomerGroup">()),
  taxExempt: z.boolean(),
  /** What holds now, of each purpose that was ever asked for. */
  consents: z.array(
    z.strictObject({
      purpose: z.enum(CONSENT_PURPOSES),
      given: z.boolean(),
      source: z.string(),
      at: instantSchema,
    }),
  ),
});
export type ShopCustomer = z.infer<typeof shopCustomerSchema>;

/** `GET /shop/v1/customers?email`: for keys of every channel. */
export const shopCustomersQuerySchema = z.object({ email: z.string().min(3).max(254) });
export const shopCustomersAnswerSchema = z.strictObject({ customers: z.array(shopCustomerSchema) });

/** `DELETE /shop/v1/customers/{id}` */
export const shopErasedSchema = z.strictObject({ erased: idSchema<"Customer">() });
