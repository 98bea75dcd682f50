import type { AdjustmentId, StoreId, VariantId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import {
  type AdjustmentReason,
  type AdjustmentRefusal,
  adjustmentReasonsOf,
  checkAdjustment,
  movementOfAdjustment,
} from "#domain/stock/adjusting.ts";
import { causeOf } from "#domain/stock/movements.ts";
import type { Storage } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { bookMovement } from "../sync/stock-booking.ts";

/** What somebody at HQ says is there or gone. */
export interface HqAdjustment {
  readonly store: StoreId;
  readonly variant: VariantId;
  readonly act: AdjustmentId;
  /** Pieces; negative when they are gone. */
  readonly quantity: number;
  readonly why: string;
  readonly note: string;
  /** Who says so. */
  readonly by: string;
}

/** Books an adjustment of HQ's as of now and tells the store's tills; asked twice with one id, it is booked once. */
export async function adjustAtHq(
  publication: Publication,
  { by, ...adjustment }: HqAdjustment,
): Promise<Result<null, AdjustmentRefusal>> {
  const { store, variant } = adjustment;
  const settings = await publication.tx.store(store);
  const wrong = checkAdjustment(adjustment, adjustmentReasonsOf(settings?.adjustmentReasons));
  if (wrong !== null) return refused(wrong);
  const movement = movementOfAdjustment({ ...adjustment, by: { kind: "hq", name: by } });
  const cause = causeOf(movement.reason) ?? adjustment.act;
  if (await bookMovement(publication, movement, { cause, actedAt: publication.at }))
    await publication.republishStock({ store, variant });
  return ok(null);
}

/** The reasons that the retailer added, by the word of its first store: all stores have the same. */
export async function addedReasons(storage: Storage): Promise<readonly AdjustmentReason[]> {
  const [store] = await storage.read((tx) => tx.stores());
  return store?.adjustmentReasons ?? [];
}

/** The tills of every store offer these besides the usual reasons from now on. */
export function putReasons(publisher: Publisher, reasons: readonly AdjustmentReason[]): Promise<void> {
  return publisher.publish(async (publication) => {
    for (const store of await publication.tx.stores())
      await publication.putStore({ ...store, adjustmentReasons: reasons });
  });
}
