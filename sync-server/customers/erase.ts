import type { CustomerId } from "#domain/ids.ts";
import { anonymousOrder } from "#domain/orders/anonymous.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { forgetNameIn } from "../exceptions/raise.ts";
import { overdrawnId } from "../loyalty/book.ts";
import { settlePoints } from "../loyalty/settle.ts";
import { saveOrder } from "../orders/ledger.ts";
import { CUSTOMERS_FEED, ERASED_CUSTOMERS_FEED } from "../sync/feeds.ts";
import type { Publication } from "../sync/publisher.ts";
import { belongingsOf, unfinished } from "./belongings.ts";

export type EraseRefusal =
  | { readonly why: "noSuchCustomer" }
  /** Numbers of orders and cases that are not done yet. */
  | { readonly why: "unfinished"; readonly numbers: readonly string[] };

/**
 * Forgets a person under all their ids: the profile and its history, the keys of what tills said of them, and their name in orders that are over. Receipts,
 * invoices and the books of points stay, as the law demands; they name an id that nobody has any more, and no points can be spent by it. Every till is told.
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
  const narrow = await publication.customerFeeds(customer.id);
  const feeds = [CUSTOMERS_FEED, ERASED_CUSTOMERS_FEED, ...narrow];
  // Tills keep some of what they sold under the id of then.
  for (const each of ids) await publication.forgetCustomer(each, feeds);
  // While it is still known which orders were theirs.
  await tx.eraseCustomers(ids, at);
  for (const order of belongings.orders) {
    await saveOrder(publication, { before: order, after: anonymousOrder(order), newId });
    await tx.blankMessages(order);
  }
  for (const each of ids) {
    await settlePoints(publication, each);
    await forgetNameIn(publication, overdrawnId(each));
  }
  return ok({ erased: customer.id });
}
