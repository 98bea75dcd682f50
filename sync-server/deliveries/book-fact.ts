import type { DeliveryId, Instant } from "#domain/ids.ts";
import { effectsOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { DatedDeliveryAct, DeliveryActor, DeliveryOpening } from "#domain/stock/delivery.ts";
import { openDelivery, withDeliveryActs } from "#domain/stock/delivery-acts.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { saveDelivery } from "./save-delivery.ts";

/** Books what an entry says of a delivery; its movements are booked with those of all entries. An act on one that is not known yet waits for its opening. */
export async function bookDeliveryFact(
  publication: Publication,
  device: DeviceRecord,
  { entry, actedAt }: { readonly entry: JournalEntry; readonly actedAt: Instant },
): Promise<void> {
  const { delivered } = effectsOf(entry);
  if (delivered === null) return;
  const { id, delivery, opening, act } = delivered;
  const by: DeliveryActor = { kind: "staff", staff: entry.staff, device: device.id };
  // A till sends from its own store and from no other.
  if (opening !== null && opening.id === delivery)
    await openOnce(publication, { ...opening, kind: "transfer", from: device.store }, { at: actedAt, by });
  await bookDeliveryAct(publication, delivery, { id, at: actedAt, by, act });
}

/** A delivery is opened once, by its id; what was done to it before it was known counts. */
export async function openOnce(
  publication: Publication,
  opening: DeliveryOpening,
  opened: { readonly at: Instant; readonly by: DeliveryActor },
): Promise<void> {
  const { tx } = publication;
  if ((await tx.goodsDelivery(opening.id)) !== null) return;
  const acts = await tx.goodsDeliveryActs(opening.id);
  await saveDelivery(publication, withDeliveryActs(openDelivery(opening, opened), acts));
}

/** An act counts once, by its id. */
export async function bookDeliveryAct(
  publication: Publication,
  of: DeliveryId,
  dated: DatedDeliveryAct,
): Promise<void> {
  const { tx } = publication;
  if (!(await tx.noteGoodsDeliveryAct(of, dated))) return;
  const before = await tx.goodsDelivery(of);
  if (before !== null) await saveDelivery(publication, withDeliveryActs(before, [dated]));
}
