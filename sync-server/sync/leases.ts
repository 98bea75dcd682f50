import type { FulfilmentId } from "#domain/ids.ts";
import { type Instant, instant } from "#domain/ids.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import {
  type LeaseAnswer,
  type LeaseRequest,
  MAX_RECEIPT_LEASE_TTL_MS,
  MIN_RECEIPT_LEASE_TTL_MS,
} from "#protocol/sync/leases.ts";
import { giveUpLease, leased } from "../orders/lease-changes.ts";
import type { OrderDesk } from "../orders/order-desk.ts";
import type { LeaseRecord } from "../orders/port.ts";
import { fulfilmentOf, isHeld } from "../orders/standing-lease.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";
import type { Publication, Publisher } from "./publisher.ts";

export interface Leases {
  /**
   * Compare-and-set: who asks first holds it until it expires or is given back; asking again by the holder extends it. Who asks while another
   * holds it waits for it: given back, it is theirs.
   */
  decide(device: DeviceRecord, request: LeaseRequest): Promise<LeaseAnswer>;
}

export function createLeases({
  publisher,
  orders,
}: {
  readonly publisher: Publisher;
  readonly orders: Pick<OrderDesk, "leaseChanged">;
}): Leases {
  const changed = async (publication: Publication, subject: string): Promise<void> => {
    const fulfilment: FulfilmentId | null = fulfilmentOf(subject);
    if (fulfilment !== null) await orders.leaseChanged(publication, fulfilment);
  };
  return {
    decide: (device, { act, subject: { kind, id }, ttlMs }) =>
      publisher.publish(async (publication): Promise<LeaseAnswer> => {
        const { tx, at } = publication;
        const subject = `${kind}:${id}`;
        const found = await tx.lease(subject);
        const held = found !== null && isHeld(found, at) ? found : null;
        if (held !== null && held.holder !== device.id) {
          // Taking goods back and paying take minutes: who waits for it asks again, so that nobody holds what they went away from.
          if (kind === "order" && act === "ask" && (await mayHold(publication, device, subject))) {
            await tx.putLease({ ...held, wantedBy: device.id });
            await changed(publication, subject);
          }
          return heldByAnother(tx, held, kind);
        }
        if (act === "release" && held !== null) {
          await giveUpLease(publication, held);
          return { granted: true, holder: device.id, expiresAt: at };
        }
        if ((held === null && act !== "ask") || !(await mayHold(publication, device, subject)))
          return { granted: false, reason: "notHeld", holder: null, expiresAt: null };
        const lease = longer({ held, subject, device, until: instant(at + ttlOf(kind, ttlMs)) });
        await tx.putLease(lease);
        await changed(publication, subject);
        return { granted: true, holder: lease.holder, expiresAt: lease.expiresAt };
      }),
  };
}

function ttlOf(kind: LeaseRequest["subject"]["kind"], asked: number): number {
  if (kind !== "receipt") return asked;
  return Math.min(Math.max(asked, MIN_RECEIPT_LEASE_TTL_MS), MAX_RECEIPT_LEASE_TTL_MS);
}

/** Tills know one another within their store; a receipt may be held by a till of another one, which is named. */
async function heldByAnother(
  tx: ReadTransaction,
  { holder, expiresAt }: LeaseRecord,
  kind: LeaseRequest["subject"]["kind"],
): Promise<LeaseAnswer> {
  const refused = { granted: false, reason: "heldByAnother", holder, expiresAt } as const;
  const till = kind === "receipt" ? await tx.device(holder) : null;
  const store = till === null ? null : await tx.store(till.store);
  if (till === null || store === null) return refused;
  return { ...refused, heldAt: { store: store.code, storeName: store.name, register: till.register } };
}

/** The lease until then, or for as long as its holder has it already. */
function longer({
  held,
  subject,
  device,
  until,
}: {
  readonly held: LeaseRecord | null;
  readonly subject: string;
  readonly device: DeviceRecord;
  readonly until: Instant;
}): LeaseRecord {
  const expiresAt = instant(Math.max(until, held?.expiresAt ?? 0));
  return { subject, holder: device.id, expiresAt, wantedBy: held?.wantedBy ?? null };
}

/** An order's lease is for tills of its store, and only while there is something left to do: a till that has not heard of its end yet must not begin again. */
async function mayHold({ tx }: Publication, device: DeviceRecord, subject: string): Promise<boolean> {
  const found = await leased(tx, subject);
  if (found === null) return true;
  return found.fulfilment.store === device.store && isOpen(found.fulfilment.state);
}
