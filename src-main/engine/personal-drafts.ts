import type { Drafts } from "./ports.ts";

/** Drafts that hold something of people, by what their ids begin with. */
export const MAIL_DRAFT = "receiptMail:";
export const INVOICE_DRAFT = "invoices:";
/** Keys of what the journal says sealed of customers. */
export const CUSTOMER_KEY_DRAFT = "customerKey:";
/** Baskets in the making: an order among them says whom it is for and where it goes. They hold money, and are never wiped. */
export const BASKET_DRAFT = "basket:";

const WIPED = [MAIL_DRAFT, INVOICE_DRAFT, CUSTOMER_KEY_DRAFT] as const;
const PERSONAL = [...WIPED, BASKET_DRAFT] as const;

/** Says of which drafts nothing is left in the files as an earlier version kept it. */
export const SEALED_DRAFTS = "sealedDrafts";

export function isPersonalDraft(id: string): boolean {
  return PERSONAL.some((prefix) => id.startsWith(prefix));
}

/** Forgets what lies on this till's disk of people, as HQ demands of a till that it has revoked. */
export async function wipePersonalDrafts(drafts: Pick<Drafts, "list" | "remove">): Promise<void> {
  for (const prefix of WIPED) for (const { id } of await drafts.list(prefix)) await drafts.remove(id);
}
