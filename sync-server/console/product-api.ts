import type { ProductId } from "#domain/ids.ts";
import type { Attribute } from "#domain/product/catalogue-product.ts";
import {
  attributesSchema,
  pictureAnswerSchema,
  productAnswerSchema,
  productChoicesAnswerSchema,
  productHistoryAnswerSchema,
  removedProductSchema,
  removedProductsAnswerSchema,
  type SaveProductRequest,
  savedProductSchema,
} from "#protocol/hq/product.ts";
import { type Ask, asJson, LONG } from "./ask.ts";

/** HQ's calls about one product. */
export class ProductApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  choices = () => this.#ask("GET", "/hq/v1/products/choices", productChoicesAnswerSchema);
  read = (id: string) => this.#ask("GET", pathOf(id), productAnswerSchema);
  make = (wanted: SaveProductRequest) =>
    this.#ask("POST", "/hq/v1/products", savedProductSchema, asJson(wanted));
  save = (wanted: SaveProductRequest) =>
    this.#ask("PUT", pathOf(wanted.product.id), savedProductSchema, asJson(wanted));
  remove = (id: ProductId) => this.#ask("DELETE", pathOf(id), removedProductSchema);

  /** What was deleted and can come back. */
  removed = () => this.#ask("GET", "/hq/v1/products/removed", removedProductsAnswerSchema);

  history = (id: string, before: number | null = null) =>
    this.#ask(
      "GET",
      `${pathOf(id)}/history${before === null ? "" : `?before=${before}`}`,
      productHistoryAnswerSchema,
    );
  undo = (id: string, entry: number) =>
    this.#ask("POST", `${pathOf(id)}/history/${entry}/undo`, savedProductSchema);

  saveAttributes = (attributes: readonly Attribute[]) =>
    this.#ask("PUT", "/hq/v1/attributes", attributesSchema, asJson({ attributes }));

  upload = (file: Blob) =>
    this.#ask(
      "POST",
      "/hq/v1/pictures",
      pictureAnswerSchema,
      { type: "application/octet-stream", content: file },
      LONG,
    );
}

function pathOf(id: string): string {
  return `/hq/v1/products/${encodeURIComponent(id)}`;
}
