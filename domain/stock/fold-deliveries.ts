import { type DeliveryId, instant } from "../ids.ts";
import { effectsOf } from "../journal/effects.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { Delivery } from "./delivery.ts";
import { openDelivery, withDeliveryActs } from "./delivery-acts.ts";

/**
 * fold(replica, pending): deliveries as they are with the till's own entries that the replica does not contain yet. `clockOffsetMs` is what the till's
 * clock is ahead of the server's, by which the replica's histories are dated. Acts on deliveries that are not known here are left out.
 */
export function foldDeliveries({
  deliveries,
  pending,
  clockOffsetMs,
}: {
  readonly deliveries: ReadonlyMap<DeliveryId, Delivery>;
  readonly pending: readonly JournalEntry[];
  readonly clockOffsetMs: number;
}): ReadonlyMap<DeliveryId, Delivery> {
  const folded = new Map(deliveries);
  for (const entry of pending) {
    const { delivered } = effectsOf(entry);
    if (delivered === null) continue;
    const { staff, device } = entry;
    const done = {
      at: instant(Math.max(0, entry.at - clockOffsetMs)),
      by: { kind: "staff", staff, device },
    } as const;
    const { id, delivery, opening, act } = delivered;
    const known = folded.get(delivery) ?? (opening === null ? null : openDelivery(opening, done));
    if (known !== null) folded.set(delivery, withDeliveryActs(known, [{ id, ...done, act }]));
  }
  return folded;
}
