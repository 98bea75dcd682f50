import {
  type ChannelId,
  type Gtin,
  type ImageHash,
  type Instant,
  idOf,
  type ProductId,
  type Sku,
} from "#domain/ids.ts";
import { onChannel } from "#domain/product/channel-product.ts";
import { gtinSchema, skuSchema } from "#protocol/scalars.ts";
import type { ShopProductAnswer } from "#protocol/shop/product.ts";
import { catalogueProduct } from "../catalog/save-product.ts";
import type { PictureRecord, ReadTransaction } from "../storage/port.ts";
import { composeProducts, showsPicture } from "./compose.ts";
import { channelHead, shopTerms } from "./terms.ts";

/** One product as a channel sells it; null where it sells none of this name: an id, or `sku:…`, `gtin:…`, `handle:…`. */
export async function oneProduct(
  tx: ReadTransaction,
  { channel, at, name }: { readonly channel: ChannelId; readonly at: Instant; readonly name: string },
): Promise<ShopProductAnswer | null> {
  const terms = await shopTerms(tx, { channel, at });
  const id = terms === null ? null : await productNamed(tx, name);
  if (terms === null || id === null) return null;
  const [product] = await composeProducts(tx, { ids: [id], terms });
  return product === undefined ? null : { ...channelHead(terms), product };
}

async function productNamed(tx: ReadTransaction, name: string): Promise<ProductId | null> {
  const byId = await tx.product(idOf<"Product">(name));
  if (byId !== null) return byId.id;
  const [, kind = "", value = ""] = /^(sku|gtin|handle):(.+)$/s.exec(name) ?? [];
  switch (kind) {
    case "sku":
      return ownerOf(skuSchema.safeParse(value).data, (sku: Sku) => tx.variantBySku(sku));
    case "gtin":
      return ownerOf(gtinSchema.safeParse(value).data, (gtin: Gtin) => tx.variantByGtin(gtin));
    case "handle":
      return (await tx.productByHandle(value))?.id ?? null;
    default:
      return null;
  }
}

async function ownerOf<T>(
  code: T | undefined,
  find: (code: T) => Promise<{ readonly product: ProductId } | null>,
): Promise<ProductId | null> {
  return code === undefined ? null : ((await find(code))?.product ?? null);
}

/** A picture of a product that one of these channels sells; null where there is none such. No channels: whoever sells it. */
export async function productPicture(
  tx: ReadTransaction,
  {
    product: id,
    hash,
    channels,
  }: { readonly product: ProductId; readonly hash: ImageHash; readonly channels: readonly ChannelId[] },
): Promise<PictureRecord | null> {
  const known = await catalogueProduct(tx, id);
  if (known === null || !showsPicture(known, hash)) return null;
  const isSold = channels.length === 0 || channels.some((channel) => onChannel(known, channel).isSold);
  return isSold ? tx.picture(hash) : null;
}
