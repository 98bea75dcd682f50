import { reachesStore, type StoreReach } from "#domain/access/roles.ts";
import type { Case } from "#domain/cases/case.ts";
import { isOverdue } from "#domain/cases/deadline.ts";
import type { Instant, StoreId } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { HqCase, HqCaseRow } from "#protocol/hq/cases.ts";
import { staffName } from "../orders/staff-name.ts";
import type { ReadTransaction } from "../storage/port.ts";

interface Person {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

const NOBODY: Person = { name: "", email: null, phone: null };

/** Who came with a case: by their profile, else as they were noted. */
export async function personOf(
  tx: ReadTransaction,
  { customer, contact }: Pick<Case, "customer" | "contact">,
): Promise<Person> {
  if (customer === null) return contact ?? NOBODY;
  return (await tx.customer(customer)) ?? NOBODY;
}

/** A case as one line of HQ's list. */
export async function caseRowOf(
  tx: ReadTransaction,
  { of, stores, at }: { readonly of: Case; readonly stores: readonly StoreSettings[]; readonly at: Instant },
): Promise<HqCaseRow> {
  const { id, number, kind, status, outcome, product, openedAt, closedAt, deadline } = of;
  return {
    id,
    number,
    kind,
    status,
    outcome,
    store: codeOf(of.store, stores),
    productName: product.name,
    customerName: (await personOf(tx, of)).name,
    openedAt,
    closedAt,
    deadline,
    isOverdue: isOverdue(of, at),
  };
}

/** A case with its whole history and the names in it, those of stores as far as whoever reads it reaches them. */
export async function caseDetailOf(
  tx: ReadTransaction,
  of: Case,
  { at, reach }: { readonly at: Instant; readonly reach: StoreReach },
): Promise<HqCase> {
  const stores = await tx.stores();
  const { name, email, phone } = await personOf(tx, of);
  const staff: Record<string, string> = {};
  for (const { by } of [{ by: of.openedBy }, ...of.history]) {
    if (by.kind !== "staff" || by.staff === null || staff[by.staff] !== undefined) continue;
    staff[by.staff] = await staffName(tx, by.staff);
  }
  return {
    case: of,
    store: codeOf(of.store, stores),
    storeName: stores.find(({ store }) => store === of.store)?.name ?? "",
    customerName: name,
    email,
    phone,
    isOverdue: isOverdue(of, at),
    staff,
    stores: Object.fromEntries(
      stores.filter(({ store }) => reachesStore(reach, store)).map(({ store, code }) => [store, code]),
    ),
  };
}

function codeOf(store: StoreId, stores: readonly StoreSettings[]): string {
  return stores.find((each) => each.store === store)?.code ?? store;
}
