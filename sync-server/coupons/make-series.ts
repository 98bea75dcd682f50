import {
  COUPON_CODE_BYTES,
  couponCodeOf,
  couponSeriesOf,
  MAX_COUPON_SERIES,
  readCouponCode,
} from "#domain/coupons/coupon-code.ts";
import { couponDocument, couponIdOf, couponPageOf } from "#domain/coupons/coupon-id.ts";
import { type CouponId, type CouponSeriesId, idOf, type PromotionId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { promotionOf } from "../catalog/promotions.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { sha256Hex } from "../sync/signatures.ts";
import { couponAtServer, toCouponDocument } from "./known-coupon.ts";
import type { CouponSeriesRecord } from "./port.ts";

type RandomBytes = (count: number) => Uint8Array;

/** Makes codes for a promotion and tells the tills their digests. The answer is the only place where the codes ever stand together. */
export async function makeCoupons(
  publication: Publication,
  {
    promotion,
    count,
    uses,
    randomBytes,
  }: {
    readonly promotion: PromotionId;
    readonly count: number;
    readonly uses: number;
    readonly randomBytes: RandomBytes;
  },
): Promise<
  Result<
    { readonly series: CouponSeriesRecord; readonly codes: readonly string[] },
    "noSuchPromotion" | "notForCodes" | "tooManySeries"
  >
> {
  const { tx, at } = publication;
  const refusal = await refusalOf(tx, promotion);
  if (refusal !== null) return refused(refusal);
  const number = await tx.couponSeriesCount();
  if (number >= MAX_COUPON_SERIES) return refused("tooManySeries");
  const id = couponSeriesOf(number);
  const codes = codesOf(id, count, randomBytes);
  const series: CouponSeriesRecord = { id, promotion, uses, count, madeAt: at, revokedAt: null };
  await tx.addCouponSeries(series);
  await publication.putBalance(seriesDocument(series));
  for (const [page, coupons] of pagesOf(codes))
    await publication.putBalance({
      id: idOf<"Balance">(couponDocument.page(id, page)),
      kind: "coupons",
      coupons: [...coupons],
    });
  return ok({ series, codes });
}

async function refusalOf(tx: ReadTransaction, promotion: PromotionId) {
  const known = await promotionOf(tx, promotion);
  if (known === null) return "noSuchPromotion";
  return known.when?.coupon?.kind === "codes" ? null : "notForCodes";
}

function codesOf(series: CouponSeriesId, count: number, randomBytes: RandomBytes): readonly string[] {
  const codes = new Set<string>();
  while (codes.size < count) codes.add(couponCodeOf(series, randomBytes(COUPON_CODE_BYTES)));
  return [...codes];
}

function pagesOf(codes: readonly string[]): ReadonlyMap<string, readonly CouponId[]> {
  const ids = codes.map((code) => couponIdOf(code, sha256Hex)).sort();
  const pages = new Map<string, CouponId[]>();
  for (const id of ids) {
    const page = couponPageOf(id);
    pages.set(page, [...(pages.get(page) ?? []), id]);
  }
  return pages;
}

function seriesDocument({ id, promotion, uses, revokedAt }: CouponSeriesRecord) {
  return {
    id: idOf<"Balance">(couponDocument.series(id)),
    kind: "couponSeries",
    promotion,
    uses,
    revoked: revokedAt !== null,
  } as const;
}

/** From now on no code of the series is good; its pages go from the tills. Null where there is no such series. */
export async function revokeSeries(
  publication: Publication,
  id: CouponSeriesId,
): Promise<CouponSeriesRecord | null> {
  const { tx, at } = publication;
  await tx.revokeCouponSeries(id, at);
  const series = await tx.couponSeriesNamed(id);
  if (series === null) return null;
  await publication.putBalance(seriesDocument(series));
  await publication.forgetBalances(PAGES.map((page) => couponDocument.page(id, page)));
  return series;
}

const PAGES = Array.from({ length: 256 }, (_, page) => page.toString(16).padStart(2, "0"));

/** From now on this code is not good. False where no such code was made. */
export async function revokeCoupon(publication: Publication, typed: string): Promise<boolean> {
  const code = readCouponCode(typed);
  const known = code === null ? null : await couponAtServer(publication.tx, code);
  if (known === null) return false;
  await publication.tx.revokeCoupon(known.id, publication.at);
  await publication.putBalance(toCouponDocument({ ...known, revoked: true }));
  return true;
}
