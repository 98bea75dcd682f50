import { reachesStore, type StoreReach } from "#domain/access/roles.ts";
import { type Purchase, type PurchaseRef, purchaseKey } from "#domain/returns/purchase.ts";
import { nothingReturned, type Standing } from "#domain/returns/returned.ts";
import { orderLineOf } from "#domain/ticket/ticket.ts";
import { type FindPurchases, MAX_PURCHASES_FOUND } from "#protocol/sync/purchases.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { PurchaseSearch } from "./port.ts";
import { boughtByTicket, purchaseOf } from "./purchase-of.ts";

/** Looked through for one answer: tickets of which nothing can be brought back are among them. */
const MAX_CANDIDATES = 4 * MAX_PURCHASES_FOUND;

/** What was bought in the stores that somebody reaches and what came back of it, newest first; purchases that nobody knows are left out. */
export async function findPurchases(
  tx: ReadTransaction,
  ask: FindPurchases,
  reach: StoreReach = null,
): Promise<readonly Standing[]> {
  const found = "refs" in ask ? await named(tx, ask.refs) : await searched(tx, ask, reach);
  const newest = [...found.values()]
    .filter(({ store }) => reachesStore(reach, store))
    .toSorted((a, b) => b.at - a.at || (a.number < b.number ? 1 : -1))
    .slice(0, MAX_PURCHASES_FOUND);
  const standings: Standing[] = [];
  for (const purchase of newest)
    standings.push({
      purchase,
      returned: (await tx.returned(purchase.ref)) ?? nothingReturned(purchase.ref),
    });
  return standings;
}

type Found = ReadonlyMap<string, Purchase>;

async function named(tx: ReadTransaction, refs: readonly PurchaseRef[]): Promise<Found> {
  const found = new Map<string, Purchase>();
  for (const ref of refs) {
    const purchase = await purchaseOf(tx, { ref, pieces: "handedOut" });
    if (purchase !== null) found.set(purchaseKey(ref), purchase);
  }
  return found;
}

async function searched(
  tx: ReadTransaction,
  { text, customer, variant, day, paidMinor }: Exclude<FindPurchases, { readonly refs: unknown }>,
  reach: StoreReach,
): Promise<Found> {
  const search: PurchaseSearch = {
    text: text ?? null,
    customer: customer ?? null,
    variant: variant ?? null,
    day: day ?? null,
    paidMinor: paidMinor ?? null,
    store: reach,
    limit: MAX_CANDIDATES,
  };
  const found = new Map<string, Purchase>();
  for (const ticket of await tx.findTickets(search)) {
    const purchase = await boughtByTicket(tx, ticket);
    if (purchase !== null) found.set(purchaseKey(purchase.ref), purchase);
    // Whoever shows the receipt of what was paid at the counter means the order that was collected with it.
    for (const order of new Set(ticket.lines.flatMap((line) => orderLineOf(line)?.order ?? []))) {
      const paidFor = await tx.orderPurchase(order);
      if (paidFor !== null) found.set(purchaseKey(paidFor.ref), paidFor);
    }
  }
  for (const purchase of await tx.findOrderPurchases(search)) found.set(purchaseKey(purchase.ref), purchase);
  return found;
}
