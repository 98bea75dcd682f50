import type { CaseProduct } from "#domain/cases/case.ts";
import { CODE_PREFIX } from "#domain/returns/code/limits.ts";
import type { CasePurchaseFound } from "#protocol/sync/cases.ts";
import type { Item } from "#protocol/till/catalog.ts";
import type { TillClient } from "#protocol/till/contract.ts";
import { client, tell } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";

const MAX_LIKE = 5;
/** A receipt's code has hundreds of digits. */
const MAX_NUMBER_SHOWN = 24;
const MIN_LETTERS = 2;
/** A receipt's number, as its bar code has it. */
const RECEIPT_NUMBER = /^[A-Z0-9]{2,8}-\d{2,3}-\d{6,9}$/;

/** Whether a scan is a receipt's code or number rather than an article. */
export function isOfReceipt(code: string): boolean {
  return code.startsWith(CODE_PREFIX) || RECEIPT_NUMBER.test(code.trim().toUpperCase());
}

/** What was bought with a receipt or an order; where nobody knows it, the cashier is told so. */
export async function findPurchase(number: string): Promise<CasePurchaseFound> {
  const found = await client.call("casePurchase", { number }).catch(() => null);
  if (found === null) tell("refusal", t("cases.purchaseNone", { number: number.slice(0, MAX_NUMBER_SHOWN) }));
  return found;
}

/** Articles whose words these are, best first; none for a letter or two. */
export async function articlesLike(
  till: Pick<TillClient, "call">,
  text: string,
): Promise<readonly CaseProduct[]> {
  if (text.trim().length < MIN_LETTERS) return [];
  const items = await till.call("search", { text, limit: MAX_LIKE }).catch(() => []);
  return items.map(productOf);
}

/** The article that has this code; where none has, the cashier is told so. */
export async function articleOfCode(code: string): Promise<CaseProduct | null> {
  const known = await client.call("variantOf", { code }).catch(() => null);
  const items = await client.call("search", { text: code, limit: MAX_LIKE }).catch(() => []);
  const item = items.find(({ variant }) => variant === known?.variant);
  if (item !== undefined) return productOf(item);
  tell("refusal", t("cases.productUnknown", { code }));
  return null;
}

function productOf({ variant, sku, name, options }: Item): CaseProduct {
  return { variant, sku, name, options };
}
