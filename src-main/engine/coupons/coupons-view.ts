import { usedCoupons } from "#domain/coupons/uses.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import type { TicketLine } from "#domain/ticket/ticket.ts";
import type { BasketCoupon } from "#protocol/till/coupons.ts";

/** The coupons of a basket as the register shows them; `lines` are the basket's, priced. */
export function couponsView(
  { coupons = [], promotions = [] }: Basket,
  lines: readonly TicketLine[],
): BasketCoupon[] {
  const used = usedCoupons(coupons, lines);
  return coupons.map(({ code, promotion }) => ({
    code,
    promotion,
    name: promotions.find(({ id }) => id === promotion)?.name ?? code,
    used: used.some((each) => each.code === code),
  }));
}
