import { doEach } from "./do-each.ts";
import type { DraftTable } from "./draft-table.ts";

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

/**
 * Forgets what lies on this till's disk of people, as HQ demands of a till that it has revoked. Throws what the disk throws, once all is forgotten that can be: where a page of the journal's database is lost the next start makes that anew without
 * it.
 */
export async function wipePersonalDrafts(table: Pick<DraftTable, "readable" | "remove">): Promise<void> {
  const unread: unknown[] = [];
  const ids: string[] = [];
  for await (const rows of table.readable((error) => unread.push(error)))
    for (const { id, isDeleted } of rows)
      if (!isDeleted && WIPED.some((prefix) => id.startsWith(prefix))) ids.push(id);
  await doEach(
    () => {
      if (unread.length > 0) throw unread[0];
    },
    ...ids.map((id) => () => table.remove(id)),
  );
}
