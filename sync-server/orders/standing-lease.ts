import { type DeviceId, type FulfilmentId, type Instant, idOf } from "#domain/ids.ts";
import { pickedAt } from "#domain/orders/desk.ts";
import type { Fulfilment } from "#domain/orders/order.ts";
import type { OrderPolicy } from "#domain/orders/policy.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import type { LeaseRecord } from "./port.ts";

/** What a lease on handing a fulfilment out is about. */
export function leaseSubject(fulfilment: FulfilmentId): string {
  return `order:${fulfilment}`;
}

/** The fulfilment that a lease's subject names; null where it is about something else. */
export function fulfilmentOf(subject: string): FulfilmentId | null {
  const prefix = leaseSubject(idOf<"Fulfilment">(""));
  return subject.startsWith(prefix) ? idOf<"Fulfilment">(subject.slice(prefix.length)) : null;
}

export function isHeld(lease: LeaseRecord, at: Instant): boolean {
  return lease.expiresAt > at;
}

/** Who holds what a subject names at the moment; null: nobody. */
export async function holderOfLease(
  tx: ReadTransaction,
  { subject, at }: { readonly subject: string; readonly at: Instant },
): Promise<DeviceId | null> {
  const lease = await tx.lease(subject);
  return lease !== null && isHeld(lease, at) ? lease.holder : null;
}

/** The till has done what it held something for; what another holds stays held. */
export async function endLease(
  { tx }: Publication,
  { id }: Pick<DeviceRecord, "id">,
  subject: string,
): Promise<void> {
  const lease = await tx.lease(subject);
  if (lease?.holder === id) await tx.dropLease(subject);
}

/**
 * Who may hand a fulfilment out as it stands: nobody once it is over; ahead of time the collect desk (or the till that picked it) from when it is
 * ready to be collected, until it is kept no longer.
 */
export async function settleLease(
  publication: Publication,
  {
    known,
    fulfilment,
    policy,
  }: { readonly known: Fulfilment | null; readonly fulfilment: Fulfilment; readonly policy: OrderPolicy },
): Promise<void> {
  if (!isOpen(fulfilment.state)) {
    await publication.tx.dropLease(leaseSubject(fulfilment.id));
    return;
  }
  const isKeptAnew = known?.state !== "ready" || known.collectBy !== fulfilment.collectBy;
  if (fulfilment.state === "ready" && isKeptAnew)
    await giveStandingLease(publication, { fulfilment, policy });
}

/** Leases a ready fulfilment to its store's desk; a till that holds it already keeps it, for as long as the parcel is kept. */
export async function giveStandingLease(
  publication: Publication,
  { fulfilment, policy }: { readonly fulfilment: Fulfilment; readonly policy: OrderPolicy },
): Promise<void> {
  const { tx, at } = publication;
  const { id, kind, state, collectBy } = fulfilment;
  if (kind !== "pickup" || state !== "ready" || collectBy === null) return;
  const found = await tx.lease(leaseSubject(id));
  const held = found !== null && isHeld(found, at) ? found : null;
  const holder = held?.holder ?? (await deskFor(tx, fulfilment, policy));
  if (holder === null) return;
  await tx.putLease({
    subject: leaseSubject(id),
    holder,
    expiresAt: collectBy,
    wantedBy: held?.wantedBy ?? null,
  });
}

async function deskFor(
  tx: ReadTransaction,
  fulfilment: Fulfilment,
  policy: OrderPolicy,
): Promise<DeviceId | null> {
  const tills = (await tx.devices()).filter(
    ({ store, revokedAt }) => store === fulfilment.store && revokedAt === null,
  );
  const desk = tills.find(({ register }) => register === policy.collectDesk);
  if (desk !== undefined) return desk.id;
  const picker = tills.find(({ id }) => id === pickedAt(fulfilment));
  return picker?.id ?? null;
}
