import { type Instant, instant } from "#domain/ids.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { giftCardPolicyOf } from "#domain/value/gift-card.ts";
import { expiredOf, lastGiven } from "#domain/value/gift-card-expiry.ts";
import { withoutHeld } from "#domain/value/hold.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { bookOn } from "./book.ts";
import { booked } from "./credits.ts";
import type { CreditRecord } from "./port.ts";

/** No policy lets a card run out sooner than a year after it was loaded. */
const YOUNGEST_MS = 365 * 24 * 3_600_000;
const PER_TURN = 200;

/** Books off what lies on gift cards whose time is over; HQ can put it back. Each card by the rules of the store that loaded it last. */
export async function expireGiftCards({
  publisher,
  read,
  now,
}: {
  readonly publisher: Publisher;
  readonly read: <T>(work: (tx: ReadTransaction) => Promise<T>) => Promise<T>;
  readonly now: () => Instant;
}): Promise<void> {
  const before = instant(Math.max(0, now() - YOUNGEST_MS));
  let after = "";
  for (;;) {
    const page = await read((tx) => tx.dormantGiftCards({ before, after, limit: PER_TURN }));
    const last = page.at(-1);
    if (last === undefined) return;
    await publisher.publish(async (publication) => {
      for (const card of page) await expire(publication, card);
    });
    after = last.id;
  }
}

async function expire(publication: Publication, card: CreditRecord): Promise<void> {
  const { tx, at } = publication;
  const { sums, entries } = await booked(tx, card);
  if (sums === null) return;
  const store = await ruling(tx, lastGiven(entries)?.store ?? null);
  if (store === null) return;
  const dayOf = (moment: Instant) => businessDayOf({ at: moment, timeZone: store.timeZone });
  const open = withoutHeld(sums, await tx.holdsOf(card.id), at);
  const policy = giftCardPolicyOf(store);
  const amount = expiredOf({ sums: open, entries, policy, today: dayOf(at), dayOf });
  if (amount === null) return;
  await bookOn(publication, card, {
    id: `expired:${card.id}:${at}`,
    kind: "expired",
    amount,
    at,
    ticket: null,
    number: null,
    store: store.store,
    device: null,
    staff: null,
  });
}

/** Sold online, a card goes by the rules of the first store, as the retailer opened it. */
async function ruling(
  tx: ReadTransaction,
  loadedBy: StoreSettings["store"] | null,
): Promise<StoreSettings | null> {
  const own = loadedBy === null ? null : await tx.store(loadedBy);
  return own ?? (await tx.stores())[0] ?? null;
}
