import { type DeviceId, type FulfilmentId, type Instant, instant } from "#domain/ids.ts";
import type { Fulfilment, Order } from "#domain/orders/order.ts";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import { DEFAULT_LEASE_TTL_MS } from "#protocol/sync/leases.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { publishStoreOrder } from "./ledger.ts";
import type { LeaseRecord } from "./port.ts";
import { fulfilmentOf, giveStandingLease, leaseSubject } from "./standing-lease.ts";

/** Tells the tills of its store who may hand a fulfilment out now. */
export async function publishLease(publication: Publication, id: FulfilmentId): Promise<void> {
  const found = await leased(publication.tx, leaseSubject(id));
  if (found !== null) await publishStoreOrder(publication, found.order, found.fulfilment);
}

/**
 * Gives a lease up: to the till that waits for it, for as long as an order's parcel is kept; else a ready order goes back to its desk, unless the desk
 * itself gives it up; else nobody holds it.
 */
export async function giveUpLease(publication: Publication, lease: LeaseRecord): Promise<void> {
  const { tx, at } = publication;
  const found = await leased(tx, lease.subject);
  const waiting = lease.wantedBy === null ? null : await tx.device(lease.wantedBy);
  await tx.dropLease(lease.subject);
  if (waiting !== null && waiting.revokedAt === null && waiting.id !== lease.holder) {
    const expiresAt = standingExpiry(found?.fulfilment ?? null, at);
    await tx.putLease({ subject: lease.subject, holder: waiting.id, expiresAt, wantedBy: null });
  } else if (found !== null) {
    const policy = orderPolicyOf((await tx.store(found.fulfilment.store)) ?? {});
    await giveStandingLease(publication, { fulfilment: found.fulfilment, policy });
    const given = await tx.lease(lease.subject);
    if (given?.holder === lease.holder) await tx.dropLease(lease.subject);
  }
  if (found !== null) await publishStoreOrder(publication, found.order, found.fulfilment);
}

function standingExpiry(fulfilment: Fulfilment | null, at: Instant): Instant {
  const isKept = fulfilment !== null && fulfilment.state === "ready" && fulfilment.kind === "pickup";
  return (isKept ? fulfilment.collectBy : null) ?? instant(at + DEFAULT_LEASE_TTL_MS);
}

/** A till that is no till any more neither holds a lease nor waits for one. Call it once the till is revoked. */
export async function dropLeases(publication: Publication, device: DeviceId): Promise<void> {
  for (const lease of await publication.tx.leasesOf(device)) {
    if (lease.holder === device) {
      await giveUpLease(publication, lease);
      continue;
    }
    await publication.tx.putLease({ ...lease, wantedBy: null });
    const found = await leased(publication.tx, lease.subject);
    if (found !== null) await publishStoreOrder(publication, found.order, found.fulfilment);
  }
}

/** The part of an order that a lease is about; null where it is about something else. */
export async function leased(
  tx: ReadTransaction,
  subject: string,
): Promise<{ readonly order: Order; readonly fulfilment: Fulfilment } | null> {
  const id = fulfilmentOf(subject);
  const order = id === null ? null : await tx.orderOfFulfilment(id);
  const fulfilment = order?.fulfilments.find((each) => each.id === id);
  return order === null || fulfilment === undefined ? null : { order, fulfilment };
}
