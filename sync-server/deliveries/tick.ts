import { type Instant, instant } from "#domain/ids.ts";
import { KEEP_DELIVERY_MS } from "#domain/stock/delivery.ts";
import type { Storage } from "../storage/port.ts";
import type { Publisher } from "../sync/publisher.ts";

/** Seen to in one turn; what is left is seen to in the next. */
const MAX_PER_TURN = 200;

/** Takes off the tills what was over for long. Safe to call at any time, any number of times. */
export async function tickDeliveries({
  publisher,
  storage,
  now,
}: {
  readonly publisher: Publisher;
  readonly storage: Storage;
  readonly now: () => Instant;
}): Promise<void> {
  const closedBefore = instant(Math.max(0, now() - KEEP_DELIVERY_MS));
  const over = await storage.read((tx) => tx.goodsDeliveriesToForget({ closedBefore, limit: MAX_PER_TURN }));
  if (over.length === 0) return;
  await publisher.publish(async (publication) => {
    for (const each of over) {
      await publication.forgetDelivery(each);
      await publication.tx.noteGoodsDeliveryForgotten(each.id);
    }
  });
}
