import type { DeviceId, Instant, OrderId, PromotionId, ReceiptNumber, StoreId, TicketId } from "../ids.ts";
import type { Ticket, TicketLine, UsedCoupon } from "../ticket/ticket.ts";

/** A coupon that was used: what happened, before anybody books it. */
export interface CouponUse {
  /** Of ticket or order and code: the same act has it however often it is told. */
  readonly id: string;
  readonly code: string;
  readonly promotion: PromotionId;
  readonly at: Instant;
  /** Null: with an order. */
  readonly ticket: TicketId | null;
  readonly order: OrderId | null;
  /** Of the receipt or order, as people read it. */
  readonly number: ReceiptNumber | string;
  readonly store: StoreId | null;
  readonly device: DeviceId | null;
}

/** Promotions that are granted on lines, also where all of their cents fall on others. */
export function grantedPromotions(lines: readonly Pick<TicketLine, "discounts">[]): ReadonlySet<PromotionId> {
  return new Set(
    lines.flatMap(({ discounts }) =>
      discounts.flatMap((each) => (each.source === "promotion" ? [each.promotion] : [])),
    ),
  );
}

/** The coupons that are used up by what is granted: of each promotion one, the first that was shown. */
export function usedCoupons(
  shown: readonly UsedCoupon[],
  lines: readonly Pick<TicketLine, "discounts">[],
): readonly UsedCoupon[] {
  const granted = grantedPromotions(lines);
  return shown.filter(
    ({ promotion }, index) =>
      granted.has(promotion) && shown.findIndex((each) => each.promotion === promotion) === index,
  );
}

/** What a ticket does to coupons. */
export function couponUsesOf(ticket: Ticket): readonly CouponUse[] {
  const { id, number, store, device, completedAt: at, coupons = [] } = ticket;
  return coupons.map(({ code, promotion }) => ({
    id: `${id}:${code}`,
    code,
    promotion,
    at,
    ticket: id,
    order: null,
    number,
    store,
    device,
  }));
}
