/** Begins what a QR code on a customer card or in a customer's app holds; the card's number follows. */
const CUSTOMER_QR_PREFIX = "OTC:";

/** Whether a scanned text can only be a customer's. */
export function isCustomerQr(text: string): boolean {
  return text.trim().toUpperCase().startsWith(CUSTOMER_QR_PREFIX);
}

/** A card's number as it is compared, from a scan of its bar code or QR code or as somebody typed it; null where nothing is left of it. */
export function cardKey(text: string | null): string | null {
  const scanned = (text ?? "").trim().toUpperCase();
  const number = isCustomerQr(scanned) ? scanned.slice(CUSTOMER_QR_PREFIX.length) : scanned;
  const key = number.replaceAll(/[\s.-]/g, "");
  return key === "" ? null : key;
}
