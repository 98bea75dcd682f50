declare const brand: unique symbol;

/** A string that names one kind of thing; two kinds never mix. Made at the edge as UUIDv7 unless said otherwise. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type ProductId = Id<"Product">;
export type VariantId = Id<"Variant">;
export type StoreId = Id<"Store">;
export type DeviceId = Id<"Device">;
export type StaffId = Id<"Staff">;
export type CustomerId = Id<"Customer">;
export type BasketId = Id<"Basket">;
export type TicketId = Id<"Ticket">;
export type LineId = Id<"Line">;
export type TenderId = Id<"Tender">;
export type EntryId = Id<"Entry">;
/** One adjustment of stock. */
export type AdjustmentId = Id<"Adjustment">;
/** A count of a store that HQ planned. */
export type CountId = Id<"Count">;
/** What one till counted of one area, told at once. */
export type AreaCountId = Id<"AreaCount">;
export type NoticeId = Id<"Notice">;
export type OrderId = Id<"Order">;
export type FulfilmentId = Id<"Fulfilment">;
export type PromotionId = Id<"Promotion">;
/** A group of customers that HQ keeps: prices and promotions may be for some of them. */
export type CustomerGroupId = Id<"CustomerGroup">;
/** From opening a drawer to counting it. */
export type ShiftId = Id<"Shift">;
/** A printer that was set up at this till. */
export type PrinterId = Id<"Printer">;
export type CaseId = Id<"Case">;
/** Goods on their way to a store, from a supplier or from another store. */
export type DeliveryId = Id<"Delivery">;
/** A store credit, by a digest of its code: names it without being enough to spend it. */
export type CreditId = Id<"Credit">;
/** A coupon that was given out as a code, by a digest of it: names it without being enough to use it. */
export type CouponId = Id<"Coupon">;
/** Coupon codes that were made together: three characters of base 32, part of each of their codes. */
export type CouponSeriesId = Id<"CouponSeries">;
/** Where orders come from: a web shop by its own short name, or `till`. */
export type ChannelId = Id<"Channel">;
export type TaxClassId = Id<"TaxClass">;
export type PriceListId = Id<"PriceList">;
export type InvoiceId = Id<"Invoice">;
export type MailId = Id<"Mail">;
/** Stock keeping unit: the retailer's own article number, unique per variant. */
export type Sku = Id<"Sku">;
/** GTIN-8/12/13/14 with a valid check digit, digits only, as scanned. */
export type Gtin = Id<"Gtin">;
/** `BER1-03-000123`: store code, register number, gapless counter. */
export type ReceiptNumber = Id<"ReceiptNumber">;
/** Lower-case hex SHA-256 of a picture's bytes. */
export type ImageHash = Id<"ImageHash">;

/** Milliseconds since the Unix epoch, by the clock of the machine that wrote it. */
export type Instant = number & { readonly [brand]: "Instant" };
/** A day in the store's own time zone, `YYYY-MM-DD`. */
export type BusinessDay = Id<"BusinessDay">;

/**
 * Names a string (already validated by a schema, or made by an id generator) as an id of one kind.
 * This and `instant` are the only places where the domain casts.
 */
export function idOf<Kind extends string>(text: string): Id<Kind> {
  return text as Id<Kind>;
}

/** Names a number of milliseconds since the Unix epoch as an instant. Throws on a fraction or a non-number. */
export function instant(ms: number): Instant {
  if (!Number.isSafeInteger(ms)) throw new RangeError(`an instant is whole milliseconds, not ${ms}`);
  return ms as Instant;
}
