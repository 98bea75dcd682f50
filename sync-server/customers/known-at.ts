import type { CustomerId, StoreId } from "#domain/ids.ts";
import type { Publication } from "../sync/publisher.ts";

/** Somebody bought or collected something at a store: tills that hold only whom their store or region knows are told of them from now on. */
export async function noteKnownAt(
  publication: Publication,
  { customer: id, store }: { readonly customer: CustomerId | null; readonly store: StoreId },
): Promise<void> {
  const { tx } = publication;
  const customer = id === null ? null : await tx.customer(id);
  if (id === null || customer === null || !(await tx.noteCustomerStore(id, store))) return;
  for (const feed of await publication.customerFeeds(customer.id))
    await publication.putCustomerInto(feed, customer);
}
