import { promotionOfWord } from "#domain/coupons/coupon.ts";
import { readCouponCode, readCouponWord } from "#domain/coupons/coupon-code.ts";
import type { Instant, PromotionId } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import type { ShopOrderRequest } from "#protocol/shop/order.ts";
import { allPromotions } from "../catalog/promotions.ts";
import { bookCoupons } from "../coupons/book.ts";
import { couponAtServer } from "../coupons/known-coupon.ts";
import { bookPromotionUses } from "../customers/promotion-uses.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";

/** Books what a shop's new order used: its coupons, and for its customer the promotions that it names. What it says is taken: the customer has been promised it. */
export async function bookShopUses(
  publication: Publication,
  { order, request }: { readonly order: Order; readonly request: ShopOrderRequest },
): Promise<void> {
  const { tx, at } = publication;
  for (const typed of request.coupons ?? []) {
    const used = await couponMeant(tx, typed, at);
    if (used === null) continue;
    const { id, number } = order;
    const told = { ticket: null, order: id, number, at, store: null, device: null };
    await bookCoupons(publication, null, [{ ...told, ...used, id: `${id}:${used.code}` }]);
  }
  const { lines, freeShipping } = request;
  const onLines = lines.flatMap(({ discounts = [] }) =>
    discounts.flatMap(({ promotion }) => (promotion === null ? [] : [promotion])),
  );
  const granted = new Set(freeShipping === undefined ? onLines : [...onLines, freeShipping]);
  const { customer } = order.contact;
  await bookPromotionUses(publication, [{ customer, subject: order.id, granted, buys: true }]);
}

/** Null: it is no coupon of ours. */
async function couponMeant(
  tx: ReadTransaction,
  typed: string,
  at: Instant,
): Promise<{ readonly code: string; readonly promotion: PromotionId } | null> {
  const code = readCouponCode(typed);
  if (code !== null) {
    const known = await couponAtServer(tx, code);
    return known === null ? null : { code: code.code, promotion: known.promotion };
  }
  const word = readCouponWord(typed);
  if (word === null) return null;
  const promotion = promotionOfWord(await allPromotions(tx), { word, at });
  return promotion === null ? null : { code: word, promotion: promotion.id };
}
