import type { FastifyInstance } from "fastify";
import { reachesStore } from "#domain/access/roles.ts";
import { idOf, type StoreId, type VariantId } from "#domain/ids.ts";
import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import { goodsOf, type Promotion } from "#domain/promotions/promotion.ts";
import { promotionSchema } from "#protocol/documents/promotion.ts";
import { MAX_PROMOTIONS, type PromotionsAnswer } from "#protocol/hq/promotions.ts";
import { channelsOfOrders } from "../prices/lists.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { PROMOTIONS_FEED } from "../sync/feeds.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { serve } from "./hq-call.ts";
import { PROMOTION_CALLS } from "./promotions-calls.ts";

const FEED = { feed: PROMOTIONS_FEED, collection: "promotions" } as const;

/** Money off by rule, as HQ decides it (protocol/hq/promotions.ts). */
export function registerPromotionsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher } = deps;
  serve(app, deps, PROMOTION_CALLS.promotions, async ({ asker }) => {
    const { promotions, stores, ...rest } = await storage.read(allPromotions);
    const isOwn = (store: StoreId) => reachesStore(asker.stores, store);
    return {
      ...rest,
      promotions: promotions.filter(({ when }) => when?.stores?.some(isOwn) ?? true),
      stores: stores.filter(({ id }) => isOwn(id)),
    };
  });
  serve(app, deps, PROMOTION_CALLS.putPromotion, ({ params: { id }, body: promotion }) => {
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
      return { promotion, seq: await promotionsHead(tx) };
    });
  });
  serve(app, deps, PROMOTION_CALLS.removePromotion, ({ params: { id } }) =>
    publisher.publish(async (publication) => {
      const known = await publication.tx.liveDocument({ ...FEED, id });
      if (known === null) throw new Refusal("notFound", `There is no promotion ${id}.`);
      await publication.forgetPromotion(promotionSchema.parse(JSON.parse(known)).id);
      return { seq: await promotionsHead(publication.tx) };
    }),
  );
  serve(app, deps, PROMOTION_CALLS.putPromotionChoice, ({ body: { choice } }) =>
    publisher.publish(async (publication) => {
      for (const store of await publication.tx.stores())
        await publication.putStore({ ...store, promotionChoice: choice });
      return { choice };
    }),
  );
}

async function promotionsHead(tx: ReadTransaction): Promise<number> {
  return (await tx.feedHead(PROMOTIONS_FEED)).head;
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
