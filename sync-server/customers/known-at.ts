import type { Customer } from "#domain/customer/customer.ts";
import type { CustomerId, StoreId } from "#domain/ids.ts";
import type { Publication } from "../sync/publisher.ts";

/** Somebody bought or collected something at a store: tills that hold only whom their store or region knows are told of them from now on. */
export async function noteKnownAt(
  publication: Publication,
  known: readonly { readonly customer: CustomerId | null; readonly store: StoreId }[],
): Promise<void> {
  const { tx } = publication;
  const named = known.flatMap(({ customer, store }) => (customer === null ? [] : [{ customer, store }]));
  if (named.length === 0) return;
  const profiles = await tx.customersNamed(named.map(({ customer }) => customer));
  const isNew = await tx.noteCustomerStores(named.filter(({ customer }) => profiles.has(customer)));
  const told = new Map<CustomerId, Customer>();
  for (const [asked, profile] of profiles) if (isNew.has(asked)) told.set(profile.id, profile);
  await publication.putCustomersWhereKnown([...told.values()]);
}
