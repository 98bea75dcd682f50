import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { PromotionId } from "#domain/ids.ts";
import {
  type CouponSeries,
  type CouponsAnswer,
  couponsAnswerSchema,
  couponsMadeSchema,
  couponsRevokedSchema,
  makeCouponsSchema,
  revokeCouponsSchema,
} from "#protocol/hq/coupons.ts";
import { idSchema } from "#protocol/scalars.ts";
import { makeCoupons, revokeCoupon, revokeSeries } from "../coupons/make-series.ts";
import type { CouponSeriesRecord } from "../coupons/port.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ACTS, hqCall, LOOKS, serve } from "./hq-call.ts";

const params = z.object({ id: idSchema<"Promotion">() });
const REFUSALS = {
  noSuchPromotion: ["notFound", "There is no such promotion."],
  notForCodes: ["conflict", "This promotion is not for codes. Say so in its conditions and save it first."],
  tooManySeries: ["conflict", "No more series of coupons can be made."],
} as const;

export const COUPON_CALLS = {
  coupons: hqCall({
    ...LOOKS,
    path: "/hq/v1/promotions/:id/coupons",
    summary: "The series of coupons that were made for a promotion, the newest first",
    right: "promotions.read",
    reach: "shared",
    params,
    answer: couponsAnswerSchema,
  }),
  makeCoupons: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/promotions/:id/coupons",
    summary: "Make coupon codes for a promotion that is for codes",
    words: "The codes are told this once; the server keeps digests alone.",
    right: "promotions.edit",
    reach: "allStores",
    params,
    body: makeCouponsSchema,
    answer: couponsMadeSchema,
    status: 201,
    refusals: ["notFound", "conflict"],
    trail: {
      subject: "couponSeries",
      id: () => null,
      made: (answer) => couponsMadeSchema.parse(answer).series.id,
    },
  }),
  revokeCoupons: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/coupons/revoke",
    summary: "Revoke a series of coupons, or one code",
    right: "promotions.edit",
    reach: "allStores",
    body: revokeCouponsSchema,
    answer: couponsRevokedSchema,
    refusals: ["notFound"],
    trail: {
      subject: "couponSeries",
      id: ({ body }) => ("series" in body ? body.series : ""),
      state: async (tx, { body }) => ("series" in body ? tx.couponSeriesNamed(body.series) : null),
      secrets: ["code"],
    },
  }),
};

/** Coupons as codes, as HQ makes and revokes them (protocol/hq/coupons.ts). */
export function registerCouponsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher, randomBytes } = deps;
  serve(app, deps, COUPON_CALLS.coupons, ({ params: { id } }) => storage.read((tx) => couponsOf(tx, id)));
  serve(app, deps, COUPON_CALLS.makeCoupons, async ({ params: { id: promotion }, body }) => {
    const made = await publisher.publish((publication) =>
      makeCoupons(publication, { promotion, ...body, randomBytes }),
    );
    if (!made.ok) {
      const [reason, message] = REFUSALS[made.reason];
      throw new Refusal(reason, message);
    }
    const { series, codes } = made.value;
    return { series: listed(series, 0), codes };
  });
  serve(app, deps, COUPON_CALLS.revokeCoupons, async ({ body }) => {
    const isThere = await publisher.publish(async (publication) =>
      "series" in body
        ? (await revokeSeries(publication, body.series)) !== null
        : revokeCoupon(publication, body.code),
    );
    if (!isThere) throw new Refusal("notFound", "There is no such coupon.");
    return {};
  });
}

async function couponsOf(tx: ReadTransaction, promotion: PromotionId): Promise<CouponsAnswer> {
  const counts = new Map((await tx.couponUseCounts(promotion)).map(({ series, used }) => [series, used]));
  const series = await tx.couponSeries(promotion);
  return {
    series: series.map((each) => listed(each, counts.get(each.id) ?? 0)),
    usedByWord: counts.get(null) ?? 0,
  };
}

function listed({ id, madeAt, count, uses, revokedAt }: CouponSeriesRecord, used: number): CouponSeries {
  return { id, madeAt, count, uses, used, revokedAt };
}
