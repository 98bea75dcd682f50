/** Begins what a QR code on a customer card or in a customer's app holds; the card's number follows. */
export const CUSTOMER_QR_PREFIX = "OTC:";

/** A card's number as it is compared, from a scan of its bar code or QR code or as somebody typed it; null where nothing is left of it. */
export function cardKey(text: string | null): string | null {
  const scanned = (text ?? "").trim().toUpperCase();
  const number = scanned.startsWith(CUSTOMER_QR_PREFIX) ? scanned.slice(CUSTOMER_QR_PREFIX.length) : scanned;
  const key = number.replaceAll(/[\s.-]/g, "");
  return key === "" ? null : key;
}
