import type { z } from "zod";
import { idOf, type Sku, type VariantId } from "#domain/ids.ts";
import { availableToPromise } from "#domain/orders/goods.ts";
import { orderPolicyOf, safetyStockOf } from "#domain/orders/policy.ts";
import { articleName } from "#domain/product/variant-label.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ReservationsAnswer, reservationsQuerySchema } from "#protocol/hq/deliveries.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Asker } from "./asker.ts";
import { codeOf } from "./delivery-rows.ts";
import { Refusal } from "./errors.ts";
import { ownStoreCalled } from "./hq-call.ts";

/** What is promised to orders in the stores of whoever asks; of one article also what its stores have and may still promise. */
export async function reservationsOf(
  tx: ReadTransaction,
  asker: Pick<Asker, "stores">,
  { store: code, sku, offset, limit }: z.output<typeof reservationsQuerySchema>,
): Promise<ReservationsAnswer> {
  const owner = sku === undefined ? null : await tx.variantBySku(sku);
  if (sku !== undefined && owner === null) throw new Refusal("notFound", `Nobody knows the article ${sku}.`);
  const only = code === undefined ? null : [(await ownStoreCalled(tx, asker, code)).store];
  const reach = only ?? asker.stores;
  const variant = owner?.variant ?? null;
  const { reserved, total } = await tx.reservedFor({ stores: reach, variant, offset, limit });
  const stores = await tx.stores();
  const articles = await articlesOf(tx, [
    ...reserved.map((each) => each.variant),
    ...(variant === null ? [] : [variant]),
  ]);
  const ours = stores.filter(({ store }) => reach === null || reach.includes(store));
  return {
    reservations: reserved.map(({ store, variant: of, fulfilment: _, ...rest }) => ({
      ...rest,
      store: codeOf(store, stores),
      ...articleOf(articles, of),
    })),
    total,
    figures: variant === null ? [] : await figuresOf(tx, ours, { variant, ...articleOf(articles, variant) }),
  };
}

interface Article {
  readonly sku: Sku;
  readonly name: string;
}

async function articlesOf(
  tx: ReadTransaction,
  variants: readonly VariantId[],
): Promise<ReadonlyMap<VariantId, Article>> {
  const articles = new Map<VariantId, Article>();
  for (const id of new Set(variants)) {
    const product = await tx.productWith(id);
    const variant = product?.variants.find((each) => each.id === id);
    if (product === null || variant === undefined) continue;
    articles.set(id, { sku: variant.sku, name: articleName(product, variant.options) });
  }
  return articles;
}

/** What left the catalogue since is told by its id. */
function articleOf(articles: ReadonlyMap<VariantId, Article>, of: VariantId): Article {
  return articles.get(of) ?? { sku: idOf<"Sku">(of), name: "" };
}

/** Stores that neither have any nor await any are left out. */
async function figuresOf(
  tx: ReadTransaction,
  stores: readonly StoreSettings[],
  { variant, ...article }: Article & { readonly variant: VariantId },
): Promise<ReservationsAnswer["figures"]> {
  const figures: ReservationsAnswer["figures"] = [];
  for (const settings of stores) {
    const { store, code } = settings;
    const place = { store, variant };
    const onHand = await tx.onHand(place);
    const reserved = await tx.reserved(place);
    const coming = (await tx.incomingOf({ store, variants: [variant] })).get(variant);
    const { incoming, inTransit } = coming ?? { incoming: 0, inTransit: 0 };
    if (onHand === 0 && reserved === 0 && incoming === 0 && inTransit === 0) continue;
    const { safetyStock } = orderPolicyOf(settings);
    const available = availableToPromise({ onHand, reserved, safetyStock: safetyStockOf(settings) });
    figures.push({ store: code, ...article, onHand, reserved, safetyStock, available, incoming, inTransit });
  }
  return figures;
}
