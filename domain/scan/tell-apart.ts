import { isCaseNumber } from "../cases/number.ts";
import { isLikeCouponCode } from "../coupons/coupon-code.ts";
import { isCustomerQr } from "../customer/card.ts";
import { PICKUP_QR_PREFIX } from "../orders/pickup-code.ts";
import { parseGtin } from "../product/gtin.ts";
import { looksLikeReceiptCode } from "../returns/code/digits.ts";
import { readBadgeCode } from "../staff/badge.ts";
import { parseReceiptNumber } from "../ticket/receipt-number.ts";
import { readCreditCode, type ValueKind, valueKindOf } from "../value/credit-code.ts";
import { GROUP_SEPARATOR, type Gs1Field } from "./application-identifiers.ts";
import { readDigitalLink } from "./digital-link.ts";
import { readElementString } from "./element-string.ts";
import { gtinIn } from "./goods-facts.ts";
import { type Symbology, withoutSymbology } from "./symbology.ts";

/** Begins what the QR code of a basket holds that was begun on the other side. */
export const BASKET_QR_PREFIX = "OTB:";

/** Longer than any article's or order's code that a till asks for. */
const LONGEST_OTHER_CODE = 500;

/** What a scan is, told from its text alone. */
export type ScanMeaning =
  /** A GTIN alone; a scale's label looks like one too. */
  | { readonly kind: "article" }
  /** A code that names an article and more: batch, expiry, weight. */
  | { readonly kind: "gs1"; readonly from: "elementString" | "link"; readonly fields: readonly Gs1Field[] }
  /** Meant to be a GS1 code, and misread or cut short. */
  | { readonly kind: "damaged" }
  | { readonly kind: "pickup" }
  | { readonly kind: "basket" }
  | { readonly kind: "case" }
  | { readonly kind: "coupon" }
  | { readonly kind: "receipt" }
  | { readonly kind: "value"; readonly of: ValueKind }
  | { readonly kind: "customer" }
  /** A colleague's. */
  | { readonly kind: "badge" }
  /** A SKU, the bare number of a customer's card, or nothing that the shop knows. */
  | { readonly kind: "other" };

export interface Told {
  /** Without what the scanner put before it. */
  readonly text: string;
  readonly symbology: Symbology | null;
  readonly meaning: ScanMeaning;
}

/** What was scanned, whatever scanned it: keyboard wedge, serial scanner or camera. The one place where codes are told apart. */
export function tellApart(scanned: string): Told {
  const { text, symbology, isGs1 } = withoutSymbology(scanned);
  return { text, symbology, meaning: isGs1 ? elementsIn(text) : meaningOf(text) };
}

/** By what the catalogue may know the article of a scan, in the order in which it is asked. */
export function articleCodes(scanned: string): readonly string[] {
  const { text, meaning } = tellApart(scanned);
  const named = meaning.kind === "gs1" ? gtinIn(meaning.fields) : null;
  return named === null ? [text] : [named, text];
}

function elementsIn(text: string): ScanMeaning {
  const read = readElementString(text);
  return read.ok ? { kind: "gs1", from: "elementString", fields: read.value } : { kind: "damaged" };
}

function meaningOf(text: string): ScanMeaning {
  if (text.startsWith(PICKUP_QR_PREFIX)) return { kind: "pickup" };
  if (text.startsWith(BASKET_QR_PREFIX)) return { kind: "basket" };
  if (isCustomerQr(text)) return { kind: "customer" };
  if (readBadgeCode(text) !== null) return { kind: "badge" };
  if (isCaseNumber(text)) return { kind: "case" };
  if (isLikeCouponCode(text)) return { kind: "coupon" };
  const link = readDigitalLink(text);
  if (link.ok) return { kind: "gs1", from: "link", fields: link.value };
  if (link.reason === "damaged") return { kind: "damaged" };
  if (isReceipt(text)) return { kind: "receipt" };
  // First: one GS1 code in some thousands has a credit's check digit by chance, one credit in a thousand million reads as an article number.
  if (isUnnamedGs1(text)) return elementsIn(text);
  const value = readCreditCode(text);
  if (value !== null) return { kind: "value", of: valueKindOf(value) };
  return { kind: parseGtin(text).ok ? "article" : "other" };
}

/** Its own code, whole or damaged, or the number in its bar code. */
function isReceipt(text: string): boolean {
  return (
    looksLikeReceiptCode(text) || text.length > LONGEST_OTHER_CODE || parseReceiptNumber(text.trim()) !== null
  );
}

/** Without the scanner's word, what holds a separator or brackets and reads well is a GS1 code, and what begins with a whole article number. */
function isUnnamedGs1(text: string): boolean {
  const read = readElementString(text);
  if (!read.ok) return false;
  const [first] = read.value;
  if (/^\(\d{2,4}\)/.test(text) || text.includes(GROUP_SEPARATOR)) return true;
  return first !== undefined && /^0[12]$/.test(first.ai) && parseGtin(first.value).ok;
}
