import { z } from "zod";
import type { CustomerChanges, ProfileChanges } from "#domain/customer/changes.ts";
import { CONSENT_PURPOSES, type Consent, type Customer } from "#domain/customer/customer.ts";
import {
  type InvoiceRecipient,
  MAX_ADDRESS_LINES,
  MAX_RECIPIENT_CHARS,
  MAX_VAT_ID_CHARS,
} from "#domain/invoice/recipient.ts";
import {
  businessDaySchema,
  idSchema,
  instantSchema,
  isWholeText,
  languageTagSchema,
  textSchema,
} from "../scalars.ts";
import { addressSchema } from "./order.ts";

const MAX_ADDRESSES = 10;
const MAX_CONSENTS = 200;
const MAX_NOTE_CHARS = 2_000;

const consentSchema: z.ZodType<Consent> = z.strictObject({
  purpose: z.enum(CONSENT_PURPOSES),
  given: z.boolean(),
  source: z.string().min(1).max(120),
  at: instantSchema,
});

export const companySchema: z.ZodType<InvoiceRecipient> = z.strictObject({
  name: z.string().min(1).max(MAX_RECIPIENT_CHARS),
  address: z.array(z.string().max(MAX_RECIPIENT_CHARS)).max(MAX_ADDRESS_LINES),
  vatId: z.string().max(MAX_VAT_ID_CHARS),
});

const fields = {
  name: textSchema,
  email: z.string().max(254).nullable(),
  phone: z.string().max(40).nullable(),
  cardNumber: z.string().max(40).nullable(),
  language: languageTagSchema,
  addresses: z.array(addressSchema).max(MAX_ADDRESSES),
  notes: z.string().max(MAX_NOTE_CHARS),
  preferences: z.string().max(MAX_NOTE_CHARS),
  consents: z.array(consentSchema).max(MAX_CONSENTS),
  company: companySchema,
} as const;

const groupsSchema = z.array(idSchema<"CustomerGroup">()).max(50);

export const taxExemptionSchema = z.strictObject({
  certificate: z.string().min(1).max(120).refine(isWholeText),
  validUntil: businessDaySchema.nullable(),
});

/** Replica collection `customers`. */
export const customerSchema: z.ZodType<Customer> = z.strictObject({
  id: idSchema<"Customer">(),
  name: fields.name,
  email: fields.email,
  phone: fields.phone,
  cardNumber: fields.cardNumber,
  language: fields.language.exactOptional(),
  addresses: fields.addresses.exactOptional(),
  groups: groupsSchema.exactOptional(),
  notes: fields.notes.exactOptional(),
  preferences: fields.preferences.exactOptional(),
  consents: fields.consents.exactOptional(),
  company: fields.company.exactOptional(),
  taxExemption: taxExemptionSchema.exactOptional(),
  formerIds: z.array(idSchema<"Customer">()).max(100).exactOptional(),
  promotionUses: z
    .array(z.strictObject({ promotion: idSchema<"Promotion">(), times: z.number().int().positive() }))
    .max(1_000)
    .exactOptional(),
  hasBought: z.literal(true).exactOptional(),
});

const changesShape = {
  name: fields.name.exactOptional(),
  email: fields.email.exactOptional(),
  phone: fields.phone.exactOptional(),
  cardNumber: fields.cardNumber.exactOptional(),
  language: fields.language.nullable().exactOptional(),
  addresses: fields.addresses.nullable().exactOptional(),
  notes: fields.notes.nullable().exactOptional(),
  preferences: fields.preferences.nullable().exactOptional(),
  consents: fields.consents.nullable().exactOptional(),
  company: fields.company.nullable().exactOptional(),
};

/** What a till says of a customer, before it is sealed and once it is opened. */
export const customerChangesSchema: z.ZodType<CustomerChanges> = z.strictObject(changesShape);

/** What HQ says of a customer. */
export const profileChangesSchema: z.ZodType<ProfileChanges> = z.strictObject({
  ...changesShape,
  groups: groupsSchema.nullable().exactOptional(),
  taxExemption: taxExemptionSchema.nullable().exactOptional(),
});
