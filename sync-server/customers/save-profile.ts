import { newCustomer, type ProfileChanges, replacedBy, withChanges } from "#domain/customer/changes.ts";
import type { Customer } from "#domain/customer/customer.ts";
import { isSurelySame, likenessOf } from "#domain/customer/duplicates.ts";
import type { CustomerId, Instant } from "#domain/ids.ts";
import type { Publication } from "../sync/publisher.ts";
import { mergeProfiles } from "./merging.ts";
import { recounted } from "./promotion-uses.ts";
import type { CustomerEdit } from "./records.ts";

/** Profiles with which an edited one is compared. */
const MAX_COMPARED = 100;

/** What was said of somebody, by whom and where. */
export interface Said {
  /** It counts once by it. */
  readonly id: string;
  readonly customer: CustomerId;
  readonly kind: CustomerEdit["kind"];
  readonly changes: ProfileChanges;
  readonly at: Instant;
  readonly source: string;
  readonly by: string;
  /** False: nobody knows whether the e-mail address is theirs. Then they become part of no other profile by it. */
  readonly isProven?: boolean;
}

/**
 * Books what was said of a profile, with its history and whatever duplicates it has now. Answers the profile as it is then: a registration may have become part
 * of another. Null where it counted before, or where whoever is meant was erased.
 */
export async function saveSaid(
  publication: Publication,
  said: Said,
  newId: () => string,
): Promise<Customer | null> {
  const { tx, at } = publication;
  if (await tx.isErased(said.customer)) return null;
  const before = await tx.customer(said.customer);
  const { changes, isProven = true, ...rest } = said;
  if (!(await tx.addCustomerEdit({ ...rest, changes, before: replacedBy(before, changes) }))) return null;
  // A till may have sold to them before anything of them could be read.
  const after =
    before === null ? await recounted(tx, newCustomer(said.customer, changes)) : withChanges(before, changes);
  await publication.putCustomer(after);
  await tx.noteCustomerHeard(after.id, at);
  if (said.kind === "registered" && before === null && isProven)
    return mergeIfSame(publication, after, newId);
  await listDuplicates(publication, after);
  return after;
}

/** Makes a profile part of the one that is surely the same person, where there is one; else lists those that may be. Answers the profile as it is then. */
export async function mergeIfSame(
  publication: Publication,
  customer: Customer,
  newId: () => string,
): Promise<Customer> {
  const same = await surelySame(publication, customer);
  if (same !== null)
    return mergeProfiles(publication, { survivor: same, former: customer, by: "", id: newId() });
  await listDuplicates(publication, customer);
  return customer;
}

/** Lists the profiles that may be the same person, for people to decide; what was listed of it before and is none any more goes. */
export async function listDuplicates(publication: Publication, customer: Customer): Promise<void> {
  const { tx } = publication;
  await tx.dropDuplicatesOf(customer.id);
  for (const other of await tx.customersAlike(customer, MAX_COMPARED)) {
    const likeness = likenessOf(customer, other);
    if (likeness !== null) await tx.putDuplicate({ one: customer.id, other: other.id, ...likeness });
  }
}

async function surelySame({ tx }: Publication, customer: Customer): Promise<Customer | null> {
  const alike = await tx.customersLike({ email: customer.email, phone: null });
  for (const other of alike) {
    if (other.id === customer.id || !isSurelySame(customer, other)) continue;
    // Whoever opened an account with the address of somebody else is not to learn of them.
    if (await tx.hasUnprovenAccount(await tx.customerIds(other.id))) continue;
    const listed = await tx.duplicate({ one: customer.id, other: other.id });
    if (listed?.isDismissed !== true) return other;
  }
  return null;
}
