import { z } from "zod";
import {
  attributesSchema,
  pictureAnswerSchema,
  productAnswerSchema,
  productChoicesAnswerSchema,
  productHistoryAnswerSchema,
  productHistoryQuerySchema,
  removedProductSchema,
  removedProductsAnswerSchema,
  savedProductSchema,
  saveProductRequestSchema,
} from "#protocol/hq/product.ts";
import { idSchema } from "#protocol/scalars.ts";
import { catalogueProduct } from "../catalog/save-product.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { hqCall, LOOKS } from "./hq-call.ts";

const productParams = z.object({ id: idSchema<"Product">() });
const entryParams = productParams.extend({ entry: z.coerce.number().int().positive() });

/** What somebody may upload as a picture; what it is is read from its bytes. */
export const PICTURE_TYPES = ["image/png", "image/jpeg", "image/webp", "application/octet-stream"];

const productTrail = {
  subject: "product",
  id: ({ params }: { readonly params: z.output<typeof productParams> }) => params.id,
  state: (tx: ReadTransaction, { params }: { readonly params: z.output<typeof productParams> }) =>
    catalogueProduct(tx, params.id),
};

export const PRODUCT_CALLS = {
  choices: hqCall({
    method: "GET",
    path: "/hq/v1/products/choices",
    summary:
      "What there is to choose from for a product: tax classes, attributes, channels, categories, brands",
    right: "catalogue.read",
    reach: "shared",
    params: null,
    query: null,
    body: null,
    answer: productChoicesAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  product: hqCall({
    method: "GET",
    path: "/hq/v1/products/:id",
    summary: "All that HQ edits of a product",
    right: "catalogue.read",
    reach: "shared",
    params: productParams,
    query: null,
    body: null,
    answer: productAnswerSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  makeProduct: hqCall({
    method: "POST",
    path: "/hq/v1/products",
    summary: "Make a product",
    words:
      "Ids of the product and its variants are given by whoever makes it, a UUID each, so that asking twice makes it once.",
    right: "catalogue.edit",
    reach: "shared",
    params: null,
    query: null,
    body: saveProductRequestSchema,
    answer: savedProductSchema,
    status: 201,
    refusals: ["badRequest", "conflict"],
    trail: { subject: "product", id: ({ body }) => body.product.id },
  }),
  saveProduct: hqCall({
    method: "PUT",
    path: "/hq/v1/products/:id",
    summary: "Change a product",
    words:
      "What was at fault before and is left alone keeps nothing from being saved. Status 409: somebody changed it since `version`. Status 400: `details` " +
      "says for each field what is wrong, `variants.2.sku taken MUG-1`.",
    right: "catalogue.edit",
    reach: "shared",
    params: productParams,
    query: null,
    body: saveProductRequestSchema,
    answer: savedProductSchema,
    refusals: ["badRequest", "notFound", "conflict"],
    trail: productTrail,
  }),
  removedProducts: hqCall({
    ...LOOKS,
    path: "/hq/v1/products/removed",
    summary: "Products that were deleted in the last 90 days and can come back, deleted last first",
    right: "catalogue.read",
    reach: "shared",
    answer: removedProductsAnswerSchema,
  }),
  removeProduct: hqCall({
    method: "DELETE",
    path: "/hq/v1/products/:id",
    summary: "Take a product out of the catalogue that was never sold; what was sold is archived instead",
    right: "catalogue.edit",
    reach: "shared",
    params: productParams,
    query: null,
    body: null,
    answer: removedProductSchema,
    refusals: ["notFound", "conflict"],
    trail: productTrail,
  }),
  history: hqCall({
    method: "GET",
    path: "/hq/v1/products/:id/history",
    summary: "Who changed what of a product, from what to what, the newest first",
    right: "catalogue.read",
    reach: "shared",
    params: productParams,
    query: productHistoryQuerySchema,
    body: null,
    answer: productHistoryAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  undo: hqCall({
    method: "POST",
    path: "/hq/v1/products/:id/history/:entry/undo",
    summary: "Take one change of a product back; its being deleted as well",
    words:
      "Status 409 where one of its fields was changed again since, or where a product that is to come back has a SKU, GTIN or handle that another one was given; `details` names them. What was deleted comes back with its variants, codes, prices, costs, pictures, attributes and channels, for 90 days.",
    right: "catalogue.edit",
    reach: "shared",
    params: entryParams,
    query: null,
    body: null,
    answer: savedProductSchema,
    refusals: ["badRequest", "notFound", "conflict"],
    trail: productTrail,
  }),
  attributes: hqCall({
    method: "PUT",
    path: "/hq/v1/attributes",
    summary: "Say what the retailer says of its products",
    right: "catalogue.edit",
    reach: "shared",
    params: null,
    query: null,
    body: attributesSchema,
    answer: attributesSchema,
    refusals: [],
    trail: { subject: "attributes", id: () => "attributes", state: (tx) => tx.productAttributes() },
  }),
  addPicture: hqCall({
    method: "POST",
    path: "/hq/v1/pictures",
    summary: "Upload a picture: PNG, JPEG or WebP, at most 10 MB and 40 million pixels",
    words:
      "It is drawn at most 320 and at most 1024 pixels a side and kept as that, by the hash of what was drawn. One that no product shows is gone after 30 days.",
    right: "catalogue.edit",
    reach: "shared",
    params: null,
    query: null,
    body: null,
    takes: PICTURE_TYPES,
    answer: pictureAnswerSchema,
    status: 201,
    refusals: ["badRequest", "tooLarge", "tooManyRequests"],
    trail: { subject: "picture", id: () => "upload" },
  }),
};
