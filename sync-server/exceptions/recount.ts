import type { Exception } from "#domain/exceptions/exceptions.ts";
import { type Instant, idOf, type StoreId, type VariantId } from "#domain/ids.ts";
import { effectsOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { correctionOfCount } from "#domain/stock/counting.ts";
import { causeOf } from "#domain/stock/movements.ts";
import type { StockCount } from "#domain/stock/stock.ts";
import { noticeSchema } from "#protocol/documents/notice.ts";
import { staffName } from "../orders/staff-name.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";
import { storeFeed } from "../sync/feeds.ts";
import type { Publication } from "../sync/publisher.ts";
import { bookMovement } from "../sync/stock-booking.ts";
import { closeException, endTask, noticeId } from "./raise.ts";

/** Asks a store's tills to count what an exception is about, once; false when there is nothing that a store could count. */
export async function askToCount(
  publication: Publication,
  exception: Exception,
  { by, note }: { readonly by: string; readonly note: string },
): Promise<boolean> {
  const { tx, at } = publication;
  const { id, kind, store, detail } = exception;
  const variants = store === null ? [] : await toCount(tx, exception);
  if (store === null || variants.length === 0) return false;
  for (const variant of variants) {
    const task = noticeId(`task:${id}:${variant}`);
    if ((await tx.task(task)) !== null) continue;
    const notice = {
      id: task,
      kind,
      raisedAt: at,
      detail: { ...detail, task: "recount", variant, by, note },
      resolved: false,
    };
    await tx.putTask({ id: task, exception: id, store, doneAt: null, notice });
    await publication.putNotice(store, notice);
  }
  return true;
}

async function toCount(tx: ReadTransaction, { subject, detail }: Exception): Promise<readonly VariantId[]> {
  if (detail.variant !== undefined) return [idOf<"Variant">(detail.variant)];
  const order = subject === null ? null : await tx.order(subject.order);
  const part = order?.fulfilments.find(({ id }) => id === subject?.fulfilment);
  return [...new Set(part?.lines.map(({ variant }) => variant) ?? [])];
}

/**
 * Brings a level to what a till counted at `actedAt`, by the level as it was then, and closes what asked for the count. An entry counts once by its
 * id; one that is older than the last count of the same shelf moves nothing.
 */
export async function bookCount(
  publication: Publication,
  device: DeviceRecord,
  { entry, actedAt }: { readonly entry: JournalEntry; readonly actedAt: Instant },
): Promise<void> {
  const { tx, at } = publication;
  const { counted: count } = effectsOf(entry);
  if (count === null) return;
  const place = { store: device.store, variant: count.variant };
  const onHand = await tx.movementSum({ ...place, until: actedAt });
  const movement = correctionOfCount({
    level: { ...place, onHand },
    count,
    counted: { entry: entry.id, at: actedAt },
    last: await tx.lastCount(place),
  });
  // Also where nothing was wrong: the same entry carried into the next epoch must find that it was booked.
  const cause = causeOf(movement.reason) ?? entry.id;
  const isNew = await bookMovement(publication, movement, { cause, actedAt });
  // Also then the till shows what it counted until it reads that anew.
  await publication.republishStock(place);
  if (!isNew) return;
  const task = await tx.task(count.task);
  if (task === null) return endNotice(publication, { store: device.store, count });
  if (task.doneAt !== null || task.store !== device.store) return;
  await endTask(publication, task);
  const exception = await tx.exception(task.exception);
  const isWaiting = (await tx.openTasks()).some((each) => each.exception === task.exception);
  if (exception === null || isWaiting) return;
  await closeException(publication, exception, {
    resolution: "recount",
    by: await staffName(tx, entry.staff),
    note: `Counted ${count.counted}, the books said ${onHand}.`,
    at,
  });
}

/** Versions that kept no tasks asked by a notice alone: once its article was counted, it goes away. */
async function endNotice(
  publication: Publication,
  { store, count }: { readonly store: StoreId; readonly count: StockCount },
): Promise<void> {
  const data = await publication.tx.liveDocument({
    feed: storeFeed(store),
    collection: "notices",
    id: count.task,
  });
  if (data === null) return;
  const notice = noticeSchema.safeParse(JSON.parse(data)).data;
  if (notice === undefined || notice.resolved) return;
  if (notice.detail.task !== "recount" || notice.detail.variant !== count.variant) return;
  await publication.putNotice(store, { ...notice, resolved: true });
}
