import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { idOf, type VariantId } from "#domain/ids.ts";
import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import { goodsOf, type Promotion } from "#domain/promotions/promotion.ts";
import { promotionSchema } from "#protocol/documents/promotion.ts";
import {
  MAX_PROMOTIONS,
  type PromotionsAnswer,
  promotionChoiceSchema,
  promotionRequestSchema,
} from "#protocol/hq/promotions.ts";
import { channelsOfOrders } from "../prices/lists.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { PROMOTIONS_FEED } from "../sync/feeds.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { validated } from "./validate.ts";

const FEED = { feed: PROMOTIONS_FEED, collection: "promotions" } as const;
const params = z.object({ id: z.string().min(1).max(64) });

/** Money off by rule, as HQ decides it (protocol/hq/promotions.ts). */
export function registerPromotionsRoutes(app: FastifyInstance, { storage, publisher }: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get("/hq/v1/promotions", () => storage.read(allPromotions));
    hq.put("/hq/v1/promotions/:id", async (request) => {
      const { id } = validated(params, request.params);
      const promotion = validated(promotionRequestSchema, request.body);
      if (promotion.id !== id)
        throw new Refusal("badRequest", `The address names the promotion ${id}, its text ${promotion.id}.`);
      return publisher.publish(async (publication) => {
        const { tx } = publication;
        const isNew = (await tx.liveDocument({ ...FEED, id })) === null;
        if (isNew && (await tx.feedCount(FEED)) >= MAX_PROMOTIONS)
          throw new Refusal(
            "badRequest",
            `There are ${MAX_PROMOTIONS} promotions already. Take one away that is over.`,
          );
        await publication.putPromotion(promotion);
        return promotion;
      });
    });
    hq.delete("/hq/v1/promotions/:id", async (request) => {
      const { id } = validated(params, request.params);
      return publisher.publish(async (publication) => {
        const known = await publication.tx.liveDocument({ ...FEED, id });
        if (known === null) throw new Refusal("notFound", `There is no promotion ${id}.`);
        await publication.forgetPromotion(promotionSchema.parse(JSON.parse(known)).id);
        return {};
      });
    });
    hq.put("/hq/v1/promotion-choice", async (request) => {
      const { choice } = validated(promotionChoiceSchema, request.body);
      return publisher.publish(async (publication) => {
        for (const store of await publication.tx.stores())
          await publication.putStore({ ...store, promotionChoice: choice });
        return { choice };
      });
    });
  });
}

async function allPromotions(tx: ReadTransaction): Promise<PromotionsAnswer> {
  const found = await tx.liveDocuments({ ...FEED, after: "", limit: MAX_PROMOTIONS });
  const promotions = found.map(({ data }) => promotionSchema.parse(JSON.parse(data)));
  const stores = await tx.stores();
  const [first] = stores;
  const articles: PromotionsAnswer["articles"] = [];
  for (const variant of new Set(promotions.flatMap(articlesOf))) {
    const product = await tx.productWith(variant);
    const found = product?.variants.find(({ id }) => id === variant);
    if (product === null || found === undefined) continue;
    const words = [product.title, variantLabel(found.options), found.sku];
    articles.push({ variant, name: words.filter((text) => text !== "").join(" · ") });
  }
  return {
    promotions,
    timeZone: first?.timeZone ?? "UTC",
    currency: first?.currency ?? idOf<"Currency">("EUR"),
    articles,
    choice: first?.promotionChoice ?? "priority",
    stores: stores.map(({ store: id, name, timeZone }) => ({ id, name, timeZone })),
    channels: await channelsOf(tx, promotions),
    groups: [
      ...new Map(
        stores.flatMap(({ customerGroups = [] }) => customerGroups.map(({ id, name }) => [id, { id, name }])),
      ).values(),
    ],
  };
}

async function channelsOf(
  tx: ReadTransaction,
  promotions: readonly Promotion[],
): Promise<PromotionsAnswer["channels"]> {
  const named = [
    ...(await channelsOfOrders(tx)),
    ...(await tx.channelLists()).map(({ channel }) => channel),
    ...promotions.flatMap(({ when }) => when?.channels ?? []),
  ];
  return [TILL_CHANNEL, ...new Set(named.filter((each) => each !== TILL_CHANNEL))];
}

function articlesOf({ rule }: Promotion): readonly VariantId[] {
  return goodsOf(rule).flatMap((each) => (each.kind === "variants" ? each.variants : []));
}
