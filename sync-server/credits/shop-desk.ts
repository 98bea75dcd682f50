import type { ChannelId, Instant } from "#domain/ids.ts";
import { instant } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { creditState } from "#domain/value/credit.ts";
import { CREDIT_CODE_BYTES, creditCodeOf } from "#domain/value/credit-code.ts";
import { giftCardPolicyOf } from "#domain/value/gift-card.ts";
import {
  captureHold,
  type HoldRefusal,
  placeHold,
  refundHold,
  releaseHold,
  withoutHeld,
} from "#domain/value/hold.ts";
import type { BookableMove } from "#domain/value/moves.ts";
import { holderOfLease } from "../orders/standing-lease.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { balanceLease, bookCredit, bookOn, raiseOverdrawn, recordOf } from "./book.ts";
import { booked } from "./credits.ts";
import type { HoldRecord } from "./port.ts";

/** Channels that the asking key reaches; null: all. */
type Reach = readonly ChannelId[] | null;
type HoldChange = Result<HoldRecord, "unknown" | "holdOver" | "wrongCurrency" | "notEnough">;

/** How web shops take and sell value: a hold, then what comes of it. Each act once, however often it is told. */
export interface ShopDesk {
  hold(wish: {
    readonly code: string;
    readonly channel: ChannelId;
    readonly key: string;
    readonly amount: Money;
    readonly ttlMs: number;
  }): Promise<Result<HoldRecord, HoldRefusal | "otherWish">>;
  /** `amount` null: all that is held. */
  capture(
    reach: Reach,
    act: { readonly id: string; readonly amount: Money | null; readonly order: string },
  ): Promise<HoldChange>;
  release(reach: Reach, act: { readonly id: string }): Promise<HoldChange>;
  /** Onto the credit that it was paid with. `key`: the shop's own of this refund. */
  refund(
    reach: Reach,
    act: { readonly id: string; readonly amount: Money; readonly key: string },
  ): Promise<HoldChange>;
  /** Sells a gift card and answers its code. */
  sell(wish: {
    readonly channel: ChannelId;
    readonly key: string;
    readonly amount: Money;
    readonly order: string;
  }): Promise<
    Result<{ readonly code: string; readonly isNew: boolean }, "otherWish" | "wrongCurrency" | "aboveLimit">
  >;
}

interface Parts {
  readonly newId: () => string;
  readonly randomBytes: (count: number) => Uint8Array;
}

export function createShopDesk({ publisher, ...parts }: Parts & { readonly publisher: Publisher }): ShopDesk {
  return {
    hold: (wish) => publisher.publish((publication) => hold(publication, parts, wish)),
    capture: (reach, act) => publisher.publish((publication) => capture(publication, reach, act)),
    release: (reach, { id }) =>
      publisher.publish(async (publication) => {
        const found = await inReach(publication, reach, id);
        if (found === null) return refused("unknown");
        return keep(publication, found, releaseHold(found));
      }),
    refund: (reach, act) => publisher.publish((publication) => refund(publication, reach, act)),
    sell: (wish) => publisher.publish((publication) => sell(publication, parts, wish)),
  };
}

async function hold(
  publication: Publication,
  { newId }: Parts,
  { code, channel, key, amount, ttlMs }: Parameters<ShopDesk["hold"]>[0],
): Promise<Result<HoldRecord, HoldRefusal | "otherWish">> {
  const { tx, at } = publication;
  const credit = recordOf(code);
  const known = await tx.holdByKey({ channel, key });
  if (known !== null) {
    const isSame = known.credit.id === credit.id && isSameMoney(known.held, amount);
    return isSame ? ok(known) : refused("otherWish");
  }
  const { sums } = await booked(tx, credit);
  const placed = placeHold(
    { id: newId(), channel, key, amount, expiresAt: instant(at + ttlMs) },
    {
      sums: sums === null ? null : withoutHeld(sums, await tx.holdsOf(credit.id), at),
      isAtTill: (await holderOfLease(tx, { subject: balanceLease(credit.id), at })) !== null,
    },
  );
  if (!placed.ok) return placed;
  const record = { ...placed.value, credit };
  await tx.putHold(record);
  return ok(record);
}

async function capture(
  publication: Publication,
  reach: Reach,
  { id, amount, order }: Parameters<ShopDesk["capture"]>[1],
): Promise<HoldChange> {
  const found = await inReach(publication, reach, id);
  if (found === null) return refused("unknown");
  const { at } = publication;
  const whole = found.state === "captured" ? found.captured : found.held;
  const kept = await keep(publication, found, captureHold(found, { amount: amount ?? whole, order, at }));
  if (kept.ok) {
    const { captured, credit } = kept.value;
    const done = await bookOn(publication, credit, {
      ...byShop(id, order, at),
      kind: "spent",
      amount: captured,
    });
    // A till that was cut off may have spent meanwhile what is held here.
    if (done !== null && creditState(done.sums) === "overdrawn")
      await raiseOverdrawn(publication, null, done);
  }
  return kept;
}

async function refund(
  publication: Publication,
  reach: Reach,
  { id, amount, key }: Parameters<ShopDesk["refund"]>[1],
): Promise<HoldChange> {
  const found = await inReach(publication, reach, id);
  if (found === null) return refused("unknown");
  const given = refundHold(found, amount);
  const entry = `${id}:refund:${key}`;
  const { credit, order } = found;
  const { entries } = await booked(publication.tx, credit);
  if (entries.some((each) => each.id === holdEntry(entry))) return ok(found);
  const kept = await keep(publication, found, given);
  if (kept.ok)
    await bookOn(publication, credit, { ...byShop(entry, order, publication.at), kind: "issued", amount });
  return kept;
}

async function sell(
  publication: Publication,
  { randomBytes }: Parts,
  wish: Parameters<ShopDesk["sell"]>[0],
): ReturnType<ShopDesk["sell"]> {
  const { tx, at } = publication;
  const { channel, key, amount, order } = wish;
  const known = await tx.onlineSale(wish);
  if (known !== null)
    return isSameMoney(known.amount, amount) ? ok({ code: known.code, isNew: false }) : refused("otherWish");
  const store = (await tx.stores()).find(({ currency }) => currency === amount.currency);
  if (store === undefined) return refused("wrongCurrency");
  if (amount.minor > giftCardPolicyOf(store).most.minor) return refused("aboveLimit");
  const code = creditCodeOf(randomBytes(CREDIT_CODE_BYTES), "giftCard");
  await tx.addOnlineSale({ channel, key, code, amount, order });
  // A channel's name may have a colon in it: another shop's sale is never taken for this one.
  const move = byShop(`sale:${encodeURIComponent(channel)}:${key}`, order, at);
  const done = await bookCredit(publication, { ...move, kind: "sold", code, amount });
  if (done === null) throw new Error(`the books have a sale ${move.id} already`);
  return ok({ code, isNew: true });
}

async function inReach({ tx }: Publication, reach: Reach, id: string): Promise<HoldRecord | null> {
  const found = await tx.hold(id);
  return found !== null && (reach === null || reach.includes(found.channel)) ? found : null;
}

async function keep<Refusal>(
  { tx }: Publication,
  { credit }: HoldRecord,
  changed: Result<Omit<HoldRecord, "credit">, Refusal>,
): Promise<Result<HoldRecord, Refusal>> {
  if (!changed.ok) return changed;
  const record = { ...changed.value, credit };
  await tx.putHold(record);
  return ok(record);
}

function isSameMoney(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}

function holdEntry(id: string): string {
  return `shop:${id}`;
}

function byShop(id: string, order: string, at: Instant): Omit<BookableMove, "code" | "kind" | "amount"> {
  return {
    id: holdEntry(id),
    at,
    ticket: null,
    number: null,
    store: null,
    device: null,
    staff: null,
    note: order,
  };
}
