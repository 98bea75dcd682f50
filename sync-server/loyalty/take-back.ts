import type { PointsEntry, PointsMove } from "#domain/loyalty/ledger.ts";
import { pointsTakenBack } from "#domain/loyalty/taken-back.ts";
import { chargedLines } from "#domain/orders/line-total.ts";
import { returnedPiecesOf } from "#domain/orders/order-return.ts";
import { type PurchaseRef, purchaseKey } from "#domain/returns/purchase.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { bookPoints } from "./book.ts";

/** Under which a purchase's earning is booked. */
export function earnedId(purchase: PurchaseRef): string {
  return `earned:${purchaseKey(purchase)}`;
}

/**
 * Takes back what a purchase earned on what has come back of it so far: to be called when something comes back, and when a purchase earns of which something came back
 * already. What was taken back before counts, so that it is the same in whatever order the server learns of it.
 */
export async function takePointsBack(publication: Publication, purchase: PurchaseRef): Promise<void> {
  const move = await takenBackOf(publication, purchase);
  if (move !== null) await bookPoints(publication, move);
}

/** What is to be taken back of a purchase and was not yet; null: nothing. */
export async function takenBackOf(
  { tx, at }: Publication,
  purchase: PurchaseRef,
): Promise<PointsMove | null> {
  const earned = await tx.pointsEntry(earnedId(purchase));
  if (earned === null) return null;
  const due = pointsTakenBack(earned.shares ?? [], await backOf(tx, purchase));
  // As of nearly everything that is sold: then nobody needs to go through all that the customer ever did.
  if (due <= 0) return null;
  const points = due - takenBefore(await tx.pointsEntries([earned.customer]), purchase);
  if (points <= 0) return null;
  const { customer, number, store } = earned;
  return {
    // By how much is back in all: that only grows.
    id: `takenBack:${purchaseKey(purchase)}:${due}`,
    kind: "takenBack",
    customer,
    points,
    at,
    purchase: purchaseKey(purchase),
    number,
    store,
    device: null,
    staff: null,
  };
}

/** How many pieces of each line came back so far; of an order those too that its shop took back. */
async function backOf(tx: ReadTransaction, purchase: PurchaseRef): Promise<(position: number) => number> {
  const order = purchase.kind === "order" ? await tx.order(purchase.id) : null;
  const acts = (await tx.returned(purchase))?.acts ?? [];
  const lines = order === null ? [] : chargedLines(order);
  return (position) => {
    const line = lines[position];
    const told = acts
      .flatMap((act) => act.lines)
      .reduce((sum, each) => (each.position === position ? sum + each.pieces : sum), 0);
    return order === null || line === undefined ? told : Math.max(told, returnedPiecesOf(order, line.id));
  };
}

function takenBefore(entries: readonly PointsEntry[], purchase: PurchaseRef): number {
  const key = purchaseKey(purchase);
  return entries
    .filter((entry) => entry.kind === "takenBack" && entry.purchase === key)
    .flatMap(({ postings }) => postings)
    .reduce((sum, { account, points }) => (account === "pointsEarned" ? sum + points : sum), 0);
}
