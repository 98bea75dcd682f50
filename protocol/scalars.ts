import { z } from "zod";
import type { BusinessDay, Gtin, Id, ImageHash, Instant, ReceiptNumber, Sku } from "#domain/ids.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import type { Place } from "#domain/orders/distance.ts";
import { MAX_SCAN_CHARS } from "#domain/returns/code/limits.ts";

/** The boundary at which a checked string becomes a branded id; the one cast of the protocol. */
function branded<T extends string>(schema: z.ZodString): z.ZodType<T> {
  return schema as unknown as z.ZodType<T>;
}

export const MAX_ID_CHARS = 64;

/** An id made at the edge (UUIDv7) or a short stable key (`retail`, `standard`); never empty, never long. */
export function idSchema<Kind extends string>(): z.ZodType<Id<Kind>> {
  return branded<Id<Kind>>(
    z
      .string()
      .min(1)
      .max(MAX_ID_CHARS)
      .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/),
  );
}

/** The last moment that a calendar knows (ECMAScript, time values). */
const MAX_INSTANT_MS = 8_640_000_000_000_000;

export const instantSchema: z.ZodType<Instant> = z
  .number()
  .int()
  .nonnegative()
  .max(MAX_INSTANT_MS) as unknown as z.ZodType<Instant>;
export const skuSchema = branded<Sku>(z.string().min(1).max(64));
export const gtinSchema = branded<Gtin>(z.string().regex(/^(\d{8}|\d{12,14})$/));
export const receiptNumberSchema = branded<ReceiptNumber>(
  z.string().regex(/^[A-Z0-9]{2,8}-T?\d{2,3}-\d{6,9}$/),
);
export const imageHashSchema = branded<ImageHash>(z.string().regex(/^[0-9a-f]{64}$/));
export const businessDaySchema = branded<BusinessDay>(
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .refine(isDay, "a day of the calendar, e.g. 2026-11-26"),
);
export const currencySchema = branded<Currency>(z.string().regex(/^[A-Z]{3}$/));
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
/** base64url without padding. */
export const base64urlSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(512);

export const moneySchema: z.ZodType<Money> = z.strictObject({
  minor: z.number().int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
  currency: currencySchema,
});
/** A point on the map, in degrees. */
export const placeSchema: z.ZodType<Place> = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
/** What a scanner sent. */
export const scannedSchema = z.string().min(1).max(MAX_SCAN_CHARS);
/** One line of text a person typed or reads. */
export const textSchema = z.string().max(500);
/** No half of an emoji, which a field that cuts text off leaves over: a journal entry carries none, so that nothing could be sold with it. */
export function isWholeText(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
/** An address that a mail server will look at; whether anybody reads there nobody can know. */
export const emailSchema = z.email().max(254);
/** BCP 47. The shape alone lets through what is none, such as the same variant twice. */
export const languageTagSchema = z
  .string()
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}$/)
  .refine(isLanguageTag, "a language is a BCP 47 tag such as de or pt-BR");

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
