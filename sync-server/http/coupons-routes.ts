import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { idOf, type PromotionId } from "#domain/ids.ts";
import {
  type CouponSeries,
  type CouponsAnswer,
  makeCouponsSchema,
  revokeCouponsSchema,
} from "#protocol/hq/coupons.ts";
import { makeCoupons, revokeCoupon, revokeSeries } from "../coupons/make-series.ts";
import type { CouponSeriesRecord } from "../coupons/port.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { validated } from "./validate.ts";

const params = z.object({ id: z.string().min(1).max(64) });
const REFUSALS = {
  noSuchPromotion: ["notFound", "There is no such promotion."],
  notForCodes: ["conflict", "This promotion is not for codes. Say so in its conditions and save it first."],
  tooManySeries: ["conflict", "No more series of coupons can be made."],
} as const;

/** Coupons as codes, as HQ makes and revokes them (protocol/hq/coupons.ts). */
export function registerCouponsRoutes(
  app: FastifyInstance,
  { storage, publisher, randomBytes }: ServerDeps,
): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get("/hq/v1/promotions/:id/coupons", (request) => {
      const promotion = idOf<"Promotion">(validated(params, request.params).id);
      return storage.read((tx) => couponsOf(tx, promotion));
    });
    hq.post("/hq/v1/promotions/:id/coupons", async (request, reply) => {
      const promotion = idOf<"Promotion">(validated(params, request.params).id);
      const wanted = validated(makeCouponsSchema, request.body);
      const made = await publisher.publish((publication) =>
        makeCoupons(publication, { promotion, ...wanted, randomBytes }),
      );
      if (!made.ok) {
        const [reason, message] = REFUSALS[made.reason];
        throw new Refusal(reason, message);
      }
      const { series, codes } = made.value;
      return reply.code(201).send({ series: listed(series, 0), codes });
    });
    hq.post("/hq/v1/coupons/revoke", async (request) => {
      const wanted = validated(revokeCouponsSchema, request.body);
      const isThere = await publisher.publish(async (publication) =>
        "series" in wanted
          ? (await revokeSeries(publication, wanted.series)) !== null
          : revokeCoupon(publication, wanted.code),
      );
      if (!isThere) throw new Refusal("notFound", "There is no such coupon.");
      return {};
    });
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
