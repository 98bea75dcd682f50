import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import {
  type ListingsAnswer,
  listingsAnswerSchema,
  listingsQuerySchema,
  type ShopProductAnswer,
  type ShopProductsAnswer,
  shopPictureParamsSchema,
  shopProductAnswerSchema,
  shopProductParamsSchema,
  shopProductQuerySchema,
  shopProductsAnswerSchema,
  shopProductsQuerySchema,
} from "#protocol/shop/product.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";
import type { ApiCall } from "./shop-api.ts";

const EUR = idOf<"Currency">("EUR");
const CHANNEL = { channel: idOf<"Channel">("web"), currency: EUR, taxIncluded: true };
const LAMP = idOf<"Product">("0198b7c0-0000-7000-8000-000000000001");
const PICTURES = `/shop/v1/products/${LAMP}/pictures`;
const PICTURE = {
  small: `${PICTURES}/${"a1".repeat(32)}`,
  large: `${PICTURES}/${"b2".repeat(32)}`,
  alt: "A lamp of oak on a desk",
};
const OFFERED = {
  price: {
    amount: money(1_990, EUR),
    compareAt: money(2_490, EUR),
    lowest30: money(2_290, EUR),
    tiers: [{ from: 5, amount: money(1_790, EUR) }],
    unitPrice: null,
  },
  priceUntil: instant(1_800_500_000_000),
  available: { shipping: 14, collecting: 9 },
};
const PRODUCT: ShopProductAnswer = {
  ...CHANNEL,
  product: {
    id: LAMP,
    status: "active",
    handle: "oak-lamp",
    title: "Oak lamp, made by hand",
    description: "Warm light from a massive base.",
    brand: "Fennholm",
    category: "Home > Lamps",
    tags: ["gift"],
    taxClass: { id: idOf<"TaxClass">("standard"), name: "Standard" },
    soldBy: "piece",
    options: ["Colour"],
    attributes: [{ id: "material", name: "Material", unit: "", value: "Oak" }],
    pictures: [PICTURE],
    charged: [],
    variants: [
      {
        id: idOf<"Variant">("0198b7c0-0001-7000-8000-000000000001"),
        sku: idOf<"Sku">("LAMP-OAK"),
        gtins: [idOf<"Gtin">("4006381333931")],
        options: ["Natural"],
        picture: null,
        content: null,
        ...OFFERED,
      },
    ],
  },
};
const PRODUCTS: ShopProductsAnswer = {
  ...CHANNEL,
  products: [
    PRODUCT.product,
    { id: idOf<"Product">("0198b7c0-0000-7000-8000-000000000002"), status: "gone" },
  ],
  next: "1042",
  caughtUp: true,
};
const LISTINGS: ListingsAnswer = {
  ...CHANNEL,
  listings: [
    {
      product: LAMP,
      variant: idOf<"Variant">("0198b7c0-0001-7000-8000-000000000001"),
      sku: idOf<"Sku">("LAMP-OAK"),
      ...OFFERED,
    },
  ],
  unknown: [],
  next: "5f0c2a9be1d4-2s-b4-9q",
  caughtUp: true,
};
const DENIED: readonly ErrorBody["reason"][] = ["unauthorised", "forbidden", "tooManyRequests"];
const WHICH_CHANNEL =
  "A key of one channel asks for this one; a key of several, or of all, names it with `channel`.";

/** What web shops ask of the catalogue. */
export const SHOP_PRODUCT_API = {
  products: {
    method: "GET",
    path: "/shop/v1/products",
    summary: "The products of a channel, and what changed of them",
    words: `Each product as the channel sells it: its own title and description where HQ wrote some, else the general ones. ${WHICH_CHANNEL} Begin without \`after\`, then ask again with \`after\` = \`next\`, at once while \`caughtUp\` is false (also after an answer without products), else now and then or when \`products.changed\` comes. A product that left the channel or was deleted is told as \`{id, status: "gone"}\`. Prices and stock are those of this moment and do not move the cursor: follow them by \`/shop/v1/listings\`. \`checkpointExpired\`: the cursor is none of this server any more; begin without one.`,
    params: null,
    query: shopProductsQuerySchema,
    body: null,
    answers: [{ status: 200, words: "The next of what changed, in the order of the last changes." }],
    answer: { schema: shopProductsAnswerSchema, example: PRODUCTS },
    refusals: [...DENIED, "badRequest", "notFound", "checkpointExpired"],
  },
  product: {
    method: "GET",
    path: "/shop/v1/products/:id",
    summary: "One product",
    words: `By its id, or by \`sku:LAMP-OAK\`, \`gtin:4006381333931\`, \`handle:oak-lamp\` (percent-encoded). ${WHICH_CHANNEL} It has an \`ETag\` over all of it, price and stock included: with \`If-None-Match\` it is sent only where something is another. \`notFound\` where the channel does not sell it.`,
    params: shopProductParamsSchema,
    query: shopProductQuerySchema,
    body: null,
    answers: [{ status: 200, words: "The product as it is now. (304 without a body: as you have it.)" }],
    answer: { schema: shopProductAnswerSchema, example: PRODUCT },
    refusals: [...DENIED, "badRequest", "notFound"],
  },
  productPicture: {
    method: "GET",
    path: "/shop/v1/products/:id/pictures/:hash",
    summary: "A picture of a product",
    words:
      "At the addresses that products name in `small` and `large`. Under one address a picture never changes: keep it. Pictures of products that none of the key's channels sells are not there.",
    params: shopPictureParamsSchema,
    query: null,
    body: null,
    answers: [{ status: 200, words: "The picture." }],
    answer: { files: ["image/*"] },
    refusals: [...DENIED, "badRequest", "notFound"],
  },
  listings: {
    method: "GET",
    path: "/shop/v1/listings",
    summary: "What articles cost and whether they are there, and what changed of it",
    words: `Cheap to ask every few seconds. ${WHICH_CHANNEL} With \`sku\` (repeated for several): these articles now. Else what was written since \`after\`: ask once without it before you read the products, keep \`next\`, and go on from there as with products. A price that changes by plan is not told: ask for its SKU when \`priceUntil\` is over. \`checkpointExpired\`: the channel asks other price lists or stores by now, or the cursor is too old; ask without one and read the products anew.`,
    params: null,
    query: listingsQuerySchema,
    body: null,
    answers: [{ status: 200, words: "The articles as they are now." }],
    answer: { schema: listingsAnswerSchema, example: LISTINGS },
    refusals: [...DENIED, "badRequest", "notFound", "checkpointExpired"],
  },
} as const satisfies Readonly<Record<string, ApiCall>>;
