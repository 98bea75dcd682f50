import type { CustomerId } from "#domain/ids.ts";
import { pointsAccount } from "#domain/loyalty/ledger.ts";
import { anonymousOrder } from "#domain/orders/anonymous.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { saveOrder } from "../orders/ledger.ts";
import { CUSTOMERS_FEED } from "../sync/feeds.ts";
import type { Publication } from "../sync/publisher.ts";
import { belongingsOf, unfinished } from "./belongings.ts";

export type EraseRefusal =
  | { readonly why: "noSuchCustomer" }
  /** Numbers of orders and cases that are not done yet. */
  | { readonly why: "unfinished"; readonly numbers: readonly string[] };

/**
 * Forgets a person under all their ids: the profile and its history, the keys of what tills said of them, and their name in orders that are over. Receipts and
 * invoices stay, as the law demands; they name an id that nobody has any more. Every till is told.
 */
export async function eraseCustomer(
  publication: Publication,
  { id, newId }: { readonly id: CustomerId; readonly newId: () => string },
): Promise<Result<{ readonly erased: CustomerId }, EraseRefusal>> {
  const { tx, at } = publication;
  const customer = await tx.customer(id);
  if (customer === null) return refused({ why: "noSuchCustomer" });
  const ids = await tx.customerIds(customer.id);
  const belongings = await belongingsOf(tx, { ids, at });
  const numbers = unfinished(belongings);
  if (numbers.length > 0) return refused({ why: "unfinished", numbers });
  for (const order of belongings.orders) {
    await saveOrder(publication, { before: order, after: anonymousOrder(order), newId });
    await tx.blankMessages(order);
  }
  const feeds = [CUSTOMERS_FEED, ...(await publication.customerFeeds(customer.id))];
  await publication.forgetCustomer(customer.id, feeds);
  await tx.eraseCustomers(ids, at);
  for (const each of ids) {
    await publication.forgetBalance(pointsAccount(each));
    await tx.notePointsDue({ customer: each, at: null });
  }
  return ok({ erased: customer.id });
}
