import { effectsOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { type PurchaseRef, purchaseKey } from "#domain/returns/purchase.ts";
import { nothingReturned, type ReturnAct, withReturn } from "#domain/returns/returned.ts";
import { takePointsBack } from "../loyalty/take-back.ts";
import { saveOrder } from "../orders/ledger.ts";
import { endLease } from "../orders/standing-lease.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { judged } from "./judge.ts";
import { withKnownReturns } from "./order-returns.ts";

/**
 * Books what an entry takes back, each purchase once by the ticket that says so, and tells every till of the chain. A fact is never refused: what was given back
 * twice is flagged and raised, and what comes back of a sale that nobody has told of yet is kept until it is.
 */
export async function bookReturns(
  publication: Publication,
  {
    device,
    entry,
    newId,
  }: { readonly device: DeviceRecord; readonly entry: JournalEntry; readonly newId: () => string },
): Promise<void> {
  for (const { purchase, act } of effectsOf(entry).returns) {
    await bookReturn(publication, { purchase, act, newId });
    await endLease(publication, device, `receipt:${purchaseKey(purchase)}`);
  }
}

/** Books one return of a purchase; the same act twice counts once. */
export async function bookReturn(
  publication: Publication,
  {
    purchase,
    act,
    newId,
  }: { readonly purchase: PurchaseRef; readonly act: ReturnAct; readonly newId: () => string },
): Promise<void> {
  const { tx } = publication;
  const before = (await tx.returned(purchase)) ?? nothingReturned(purchase);
  const counted = withReturn(before, act);
  if (counted === before) return;
  await tx.putReturned(counted);
  if (purchase.kind === "order") {
    const order = await tx.order(purchase.id);
    const after = order === null ? null : await withKnownReturns(tx, order);
    if (after !== null && after !== order) await saveOrder(publication, { before: order, after, newId });
  }
  const after = await judged(publication, counted, act);
  await tx.putReturned(after);
  await publication.putReturnMark(after);
  await takePointsBack(publication, purchase);
}
