import { type CouponId, type CouponSeriesId, idOf } from "../ids.ts";
import type { Sha256Hex } from "../journal/entry.ts";

const CONTEXT = "onetill.coupon.v1:";
const ID_CHARS = 24;
const PAGE_CHARS = 2;

/** What a coupon is called everywhere but on its paper: 96 bits of a digest of its code, of which 60 bits are random. */
export function couponIdOf(code: string, sha256Hex: Sha256Hex): CouponId {
  return idOf<"Coupon">(sha256Hex(CONTEXT + code).slice(0, ID_CHARS));
}

/** Under which page of its series a coupon is listed, so that nobody has to look through all of them: one of 256. */
export function couponPageOf(id: CouponId): string {
  return id.slice(0, PAGE_CHARS);
}

/** Names of the documents in which tills are told of coupons. */
export const couponDocument = {
  series: (series: CouponSeriesId): string => `coupon-series:${series}`,
  page: (series: CouponSeriesId, page: string): string => `coupons:${series}:${page}`,
  coupon: (id: CouponId): string => `coupon:${id}`,
} as const;
