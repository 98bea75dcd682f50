import type { PromotionId } from "#domain/ids.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { promotionSchema } from "#protocol/documents/promotion.ts";
import { MAX_PROMOTIONS } from "#protocol/hq/promotions.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { PROMOTIONS_FEED } from "../sync/feeds.ts";

const PROMOTIONS = { feed: PROMOTIONS_FEED, collection: "promotions" } as const;

/** Every promotion of the chain, by their ids: those that are over and those to come too. */
export async function allPromotions(tx: ReadTransaction): Promise<readonly Promotion[]> {
  const found = await tx.liveDocuments({ ...PROMOTIONS, after: "", limit: MAX_PROMOTIONS });
  return found.map(({ data }) => promotionSchema.parse(JSON.parse(data)));
}

/** Those of these ids that there are. */
export async function promotionsNamed(
  tx: ReadTransaction,
  ids: readonly PromotionId[],
): Promise<readonly Promotion[]> {
  if (ids.length === 0) return [];
  const found = await tx.liveDocumentsNamed({ ...PROMOTIONS, ids });
  return found.map(({ data }) => promotionSchema.parse(JSON.parse(data)));
}

/** Null where there is none of this id, or none any more. */
export async function promotionOf(tx: ReadTransaction, id: PromotionId): Promise<Promotion | null> {
  const found = await tx.liveDocument({ ...PROMOTIONS, id });
  return found === null ? null : promotionSchema.parse(JSON.parse(found));
}
