import type { Money } from "../../money/money.ts";
import { MAX_LINES_PER_TICKET, MAX_QUANTITY_PER_LINE } from "../../ticket/basket.ts";
import { parseReceiptNumber } from "../../ticket/receipt-number.ts";
import type { DependentDiscount, PaidWith, PurchasedLine } from "../purchase.ts";
import { MalformedCode } from "./bytes.ts";
import type { PurchaseHead, PurchaseIdentity } from "./head.ts";
import {
  APPROVAL_CODE_CHARS,
  MAX_AMOUNT_MINOR,
  MAX_DISCOUNTS_PER_LINE,
  MAX_NAME_CHARS,
  MAX_NUMBER_CHARS,
  MAX_PPM,
  MAX_RATES_PER_LINE,
  MAX_SKU_CHARS,
  MAX_TENDERS,
} from "./limits.ts";
import { plainTotal } from "./line-layout.ts";

/** As the protocol has ids: what is none would make a journal that no server takes. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;
/** No database keeps it. */
const NUL = "\0";
const LAST_MOMENT_MS = Date.parse("9999-12-31T23:59:59Z");

/** Throws `MalformedCode` where the purchase could be none: by its ids, its number or its time. */
export function checkIdentity({ ref, number, channel, store, at }: PurchaseIdentity): void {
  must(ID.test(ref.id) && ID.test(channel) && (store === null || ID.test(store)), "an id");
  must(isText(number, 1, MAX_NUMBER_CHARS), "a number");
  must(ref.kind === "order" || parseReceiptNumber(number) !== null, "a receipt's number");
  must(at >= 0 && at <= LAST_MOMENT_MS, "a time");
}

/** Throws `MalformedCode`, for the identity's sake or where what was paid is no payment. */
export function checkHead(head: PurchaseHead): void {
  checkIdentity(head);
  must(isAmount(head.settled), "what was paid");
  must(head.paidWith.length <= MAX_TENDERS && head.paidWith.every(isTender), "a tender");
}

/** Throws `MalformedCode` where nobody could have bought the line. */
export function checkLine(line: PurchasedLine): void {
  const { position, sku, taxClass, quantity, unitPrice, total, taxes, discounts } = line;
  must(position < MAX_LINES_PER_TICKET, "a place");
  must(isText(sku, 1, MAX_SKU_CHARS), "a SKU");
  must(ID.test(taxClass), "a tax class");
  must(quantity >= 1 && quantity <= MAX_QUANTITY_PER_LINE, "pieces");
  must(isAmount(unitPrice) && isAmount(total), "an amount");
  must(plainTotal(unitPrice, quantity) <= MAX_AMOUNT_MINOR, "an amount");
  must(taxes.length <= MAX_RATES_PER_LINE, "taxes");
  for (const { rate, net, tax } of taxes) {
    must(isText(rate.id, 1, MAX_SKU_CHARS) && isText(rate.name, 0, MAX_NAME_CHARS), "a tax rate");
    must(rate.ppm <= MAX_PPM && isAmount(net) && isAmount(tax), "a tax");
  }
  must(discounts.length <= MAX_DISCOUNTS_PER_LINE && discounts.every(isDiscount), "a discount");
}

function isTender(tender: PaidWith): boolean {
  if (!isAmount(tender.amount)) return false;
  if (tender.kind === "card") return isText(tender.approvalCode, 1, 2 * APPROVAL_CODE_CHARS);
  return tender.kind !== "online" || ID.test(tender.order);
}

function isDiscount({ promotion, name, amount }: DependentDiscount): boolean {
  return ID.test(promotion) && isText(name, 0, MAX_NAME_CHARS) && isAmount(amount);
}

function isAmount({ minor }: Money): boolean {
  return minor >= 0 && minor <= MAX_AMOUNT_MINOR;
}

function isText(text: string, least: number, most: number): boolean {
  return text.length >= least && text.length <= most && !text.includes(NUL);
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new MalformedCode(`${what} that cannot be`);
}
