import { grantedPromotions } from "../coupons/uses.ts";
import type { Customer } from "../customer/customer.ts";
import type { ChannelId, CustomerGroupId, Instant, PromotionId, StoreId } from "../ids.ts";
import { localTimeOf } from "../store/local-time.ts";
import type { TicketLine } from "../ticket/ticket.ts";
import { byPriority, hasEnded, type Promotion, type PromotionConditions } from "./promotion.ts";

/** Who buys, as far as promotions and prices depend on it. */
export interface Shopper {
  readonly groups: readonly CustomerGroupId[];
  readonly isFirstPurchase: boolean;
  /** Tickets on which each promotion that is capped per customer was granted to them. */
  readonly uses: ReadonlyMap<PromotionId, number>;
}

/** A known customer as promotions see them. */
export function shopperOf({ groups = [], hasBought, promotionUses = [] }: Customer): Shopper {
  return {
    groups,
    isFirstPurchase: hasBought !== true,
    uses: new Map(promotionUses.map(({ promotion, times }) => [promotion, times])),
  };
}

/** The same after sales to them that their profile does not tell of yet: counted as the server will count them. */
export function shopperAfter(
  shopper: Shopper,
  tickets: readonly { readonly lines: readonly Pick<TicketLine, "kind" | "discounts">[] }[],
): Shopper {
  const uses = new Map(shopper.uses);
  let { isFirstPurchase } = shopper;
  for (const { lines } of tickets) {
    const sold = lines.filter(({ kind }) => kind === "sale");
    if (sold.length > 0) isFirstPurchase = false;
    for (const promotion of grantedPromotions(sold)) uses.set(promotion, (uses.get(promotion) ?? 0) + 1);
  }
  return { ...shopper, isFirstPurchase, uses };
}

/** Where and when goods are bought, and by whom: the same for a till, a web shop's quote and HQ's simulator. */
export interface PricingScene {
  /** By the server's clock, as well as whoever asks knows it. */
  readonly at: Instant;
  /** IANA name: the store's, or the retailer's for a web shop. */
  readonly timeZone: string;
  readonly channel: ChannelId;
  /** Null: a web shop's. */
  readonly store: StoreId | null;
  /** Null: nobody known. */
  readonly shopper: Shopper | null;
  /** Promotions for which the customer has shown a coupon that is good: the word, or one of the codes. */
  readonly coupons: readonly PromotionId[];
}

/** The promotions that hold in a scene, in the order in which they are granted. What is capped per customer and used up is not among them. */
export function promotionsFor(promotions: readonly Promotion[], scene: PricingScene): readonly Promotion[] {
  const local = localTimeOf(scene);
  return promotions
    .filter(
      ({ id, validFrom, validUntil, when, limits }) =>
        validFrom <= scene.at &&
        !hasEnded({ validUntil }, scene.at) &&
        (limits?.perCustomer === undefined ||
          (scene.shopper !== null && (scene.shopper.uses.get(id) ?? 0) < limits.perCustomer)) &&
        (when === undefined || holds(id, when, scene, local)),
    )
    .toSorted(byPriority);
}

function holds(
  id: PromotionId,
  { channels, stores, groups, firstPurchase, days, hours, coupon }: PromotionConditions,
  { channel, store, shopper, coupons }: PricingScene,
  local: string,
): boolean {
  if (channels !== undefined && !channels.includes(channel)) return false;
  if (stores !== undefined && (store === null || !stores.includes(store))) return false;
  if (groups !== undefined && !groups.some((group) => shopper?.groups.includes(group) ?? false)) return false;
  if (firstPurchase === true && !(shopper?.isFirstPurchase ?? false)) return false;
  if (days !== undefined && !days.includes(weekdayOf(local))) return false;
  if (hours !== undefined && !isBetween(minuteOf(local), hours)) return false;
  return coupon === undefined || coupons.includes(id);
}

/** Of the day that the clocks show: 1 Monday to 7 Sunday. */
function weekdayOf(local: string): number {
  return new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDay() || 7;
}

function minuteOf(local: string): number {
  return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
}

function isBetween(
  minute: number,
  { from, until }: { readonly from: number; readonly until: number },
): boolean {
  return from < until ? from <= minute && minute < until : minute >= from || minute < until;
}
