import type { ImageHash, ProductId } from "#domain/ids.ts";
import type { CatalogueProduct, ProductPicture } from "#domain/product/catalogue-product.ts";
import { onChannel } from "#domain/product/channel-product.ts";
import type { Product, ProductLink, Variant } from "#domain/product/product.ts";
import { articleName } from "#domain/product/variant-label.ts";
import type { ShopPicture, ShopProduct, ShopVariant } from "#protocol/shop/product.ts";
import { catalogueProduct } from "../catalog/save-product.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { type Offers, offered, offersOf, priceNow } from "./offered.ts";
import type { ShopTerms } from "./terms.ts";

/** Products as the channel of the terms sells them, in the order of their ids; one that it does not sell is left out. */
export async function composeProducts(
  tx: ReadTransaction,
  { ids, terms }: { readonly ids: readonly ProductId[]; readonly terms: ShopTerms },
): Promise<readonly ShopProduct[]> {
  const sold: CatalogueProduct[] = [];
  for (const id of ids) {
    const found = await catalogueProduct(tx, id);
    if (found !== null && onChannel(found, terms.channel).isSold) sold.push(found);
  }
  const links = await linkedOf(tx, sold);
  const variants = [
    ...sold.flatMap(({ product }) => product.variants.map(({ id }) => id)),
    ...[...links.values()].flat().map(({ variant }) => variant.id),
  ];
  const offers = await offersOf(tx, { variants, terms });
  return sold.map((each) => composed(each, { terms, offers, links: links.get(each.product.id) ?? [] }));
}

interface Linked {
  readonly kind: ProductLink["kind"];
  readonly product: Product;
  readonly variant: Variant;
}

async function linkedOf(
  tx: ReadTransaction,
  products: readonly CatalogueProduct[],
): Promise<ReadonlyMap<ProductId, readonly Linked[]>> {
  const all = new Map<ProductId, readonly Linked[]>();
  for (const { product } of products) {
    const found: Linked[] = [];
    for (const { variant: id, kind } of product.links ?? []) {
      const of = await tx.productWith(id);
      const variant = of?.variants.find((each) => each.id === id);
      if (of !== null && variant !== undefined) found.push({ kind, product: of, variant });
    }
    all.set(product.id, found);
  }
  return all;
}

function composed(
  of: CatalogueProduct,
  {
    terms,
    offers,
    links,
  }: { readonly terms: ShopTerms; readonly offers: Offers; readonly links: readonly Linked[] },
): ShopProduct {
  const { product, details } = of;
  const { title, description } = onChannel(of, terms.channel);
  const { id, handle, brand, category, tags, taxClass, soldBy = "piece", optionNames } = product;
  return {
    id,
    status: "active",
    handle,
    title,
    description,
    brand,
    category,
    tags: [...tags],
    taxClass: {
      id: taxClass,
      name: terms.home.tax.classes.find((each) => each.id === taxClass)?.name ?? taxClass,
    },
    soldBy,
    options: [...optionNames],
    attributes: terms.attributes.flatMap(({ id: attribute, name, unit }) => {
      const value = details.attributes[attribute];
      return value === undefined ? [] : [{ id: attribute, name, unit, value }];
    }),
    pictures: details.pictures.map((picture) => pictureOf(id, picture)),
    charged: links.map(({ kind, product: linked, variant }) => ({
      kind,
      sku: variant.sku,
      name: articleName(linked, variant.options),
      amount: priceNow(offers, variant.id, terms)?.amount ?? null,
    })),
    variants: product.variants.map((variant) => variantOf(variant, { of, offers, terms })),
  };
}

function variantOf(
  variant: Variant,
  {
    of: { product, details },
    offers,
    terms,
  }: { readonly of: CatalogueProduct; readonly offers: Offers; readonly terms: ShopTerms },
): ShopVariant {
  const { id, sku, gtins, options, image, content = null } = variant;
  const listed = details.pictures.find(({ till }) => till === image);
  const picture = image === null ? null : (listed ?? { till: image, detail: image, alt: "" });
  return {
    id,
    sku,
    gtins: [...gtins],
    options: [...options],
    picture: picture === null ? null : pictureOf(product.id, picture),
    content,
    ...offered(offers, { variant, terms }),
  };
}

function pictureOf(product: ProductId, { till, detail, alt }: ProductPicture): ShopPicture {
  return { small: pictureAddress(product, till), large: pictureAddress(product, detail), alt };
}

/** Within the product: who may see it may see its pictures, and no others. */
function pictureAddress(product: ProductId, hash: ImageHash): string {
  return `/shop/v1/products/${encodeURIComponent(product)}/pictures/${hash}`;
}

/** Whether a picture is one of those that a product shows. */
export function showsPicture({ product, details }: CatalogueProduct, hash: ImageHash): boolean {
  return (
    product.image === hash ||
    product.variants.some(({ image }) => image === hash) ||
    details.pictures.some(({ till, detail }) => till === hash || detail === hash)
  );
}
