import type { ChannelId, Instant, ProductId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { ShopProductsAnswer } from "#protocol/shop/product.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { composeProducts } from "./compose.ts";
import type { ProductChange } from "./port.ts";
import { channelHead, shopTerms } from "./terms.ts";

/** Changes read at a time, and looked through for one answer: on a channel that sells little, most are of products that it has nothing to do with. */
const BATCH = 500;
const MAX_LOOKED_THROUGH = 5_000;
/** Variants in one answer, of more than one product: one may have thousands. */
const MAX_VARIANTS = 2_000;

/**
 * Where a shop is in the order of changes. Until it has passed `begun`, the newest change as it began, products that the channel does not sell are
 * passed over: it cannot have heard of them.
 */
interface Place {
  readonly changed: number;
  readonly begun: number;
}

/** As a shop keeps it: `1042`, or `17-1042` on the first walk. Null: it is none of ours. */
function placeOf(cursor: string): Place | null {
  const found = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(cursor);
  if (found === null) return null;
  return { changed: Number(found[1]), begun: Number(found[2] ?? 0) };
}

function productsCursor({ changed, begun }: Place): string {
  return changed >= begun ? String(changed) : `${changed}-${begun}`;
}

/** A page of what changed on a channel since a cursor, each product as it is now; from the beginning where there is no cursor. */
export async function changedProducts(
  tx: ReadTransaction,
  {
    channel,
    at,
    after,
    limit,
  }: {
    readonly channel: ChannelId;
    readonly at: Instant;
    readonly after: string | undefined;
    readonly limit: number;
  },
): Promise<Result<ShopProductsAnswer, "noStores" | "noCursor" | "cursorAhead">> {
  const terms = await shopTerms(tx, { channel, at });
  if (terms === null) return refused("noStores");
  const head = await tx.catalogueChange();
  const place = after === undefined ? { changed: 0, begun: head } : placeOf(after);
  if (place === null) return refused("noCursor");
  // Of another server, or of this one before it was put back to an older state.
  if (Math.max(place.changed, place.begun) > head) return refused("cursorAhead");
  const { told, reached, caughtUp } = await changesFrom(tx, { channel, place, limit });
  const ids = told.filter(({ isSold }) => isSold).map(({ product }) => product);
  const sold = new Map((await composeProducts(tx, { ids, terms })).map((each) => [each.id, each]));
  return ok({
    ...channelHead(terms),
    products: told.map(({ product }) => sold.get(product) ?? goneProduct(product)),
    next: productsCursor({ changed: caughtUp ? head : reached, begun: place.begun }),
    caughtUp,
  });
}

function goneProduct(id: ProductId) {
  return { id, status: "gone" as const };
}

async function changesFrom(
  tx: ReadTransaction,
  { channel, place, limit }: { readonly channel: ChannelId; readonly place: Place; readonly limit: number },
): Promise<{
  readonly told: readonly ProductChange[];
  readonly reached: number;
  readonly caughtUp: boolean;
}> {
  const told: ProductChange[] = [];
  let reached = place.changed;
  let variants = 0;
  for (let looked = 0; looked < MAX_LOOKED_THROUGH; looked += BATCH) {
    const batch = await tx.productChanges({ channel, after: reached, limit: BATCH });
    for (const change of batch) {
      const isTold = change.isSold || change.changed > place.begun;
      if (isTold && (told.length === limit || (told.length > 0 && variants + change.variants > MAX_VARIANTS)))
        return { told, reached, caughtUp: false };
      reached = change.changed;
      if (!isTold) continue;
      told.push(change);
      variants += change.isSold ? change.variants : 0;
    }
    if (batch.length < BATCH) return { told, reached, caughtUp: true };
  }
  return { told, reached, caughtUp: false };
}
