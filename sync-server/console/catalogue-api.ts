import type { PriceListId, ProductId } from "#domain/ids.ts";
import {
  type BulkEditWish,
  bulkEditAnswerSchema,
  bulkEditsAnswerSchema,
  type CatalogueFacet,
  type CatalogueSort,
  type CatalogueWish,
  catalogueAnswerSchema,
  catalogueVariantsAnswerSchema,
  editProductsAnswerSchema,
  facetsAnswerSchema,
} from "#protocol/hq/catalogue.ts";
import { type Ask, asJson } from "./ask.ts";

/** Which products a page shows, as it is written into a query. */
export type CatalogueAsk = Readonly<Record<string, string | readonly string[]>>;

/** HQ's calls about the catalogue. */
export class CatalogueApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  window(
    filter: CatalogueAsk,
    how: {
      readonly sort: CatalogueSort;
      readonly down: boolean;
      readonly offset: number;
      readonly limit: number;
      readonly order: string | null;
    },
  ) {
    const query = queryOf(filter);
    query.set("sort", how.sort);
    query.set("down", String(how.down));
    query.set("offset", String(how.offset));
    query.set("limit", String(how.limit));
    if (how.order !== null) query.set("order", how.order);
    return this.#ask("GET", `/hq/v1/catalogue?${query}`, catalogueAnswerSchema);
  }

  variants(product: ProductId, list: PriceListId | null) {
    const query = new URLSearchParams({ product, ...(list === null ? {} : { list }) });
    return this.#ask("GET", `/hq/v1/catalogue/variants?${query}`, catalogueVariantsAnswerSchema);
  }

  facet(filter: CatalogueAsk, of: CatalogueFacet, find: string) {
    const query = queryOf(filter);
    query.set("of", of);
    query.set("find", find);
    return this.#ask("GET", `/hq/v1/catalogue/facets?${query}`, facetsAnswerSchema);
  }

  edit(product: ProductId, change: Readonly<Record<string, string>>) {
    const body = asJson({ edits: [{ product, change }] });
    return this.#ask("POST", "/hq/v1/catalogue/edit", editProductsAnswerSchema, body);
  }

  bulk(wish: BulkEditWish) {
    return this.#ask("POST", "/hq/v1/catalogue/bulk", bulkEditAnswerSchema, asJson(wish));
  }

  bulkProgress(id: string) {
    return this.#ask("GET", `/hq/v1/catalogue/bulk/${encodeURIComponent(id)}`, bulkEditAnswerSchema);
  }

  bulkEdits = () => this.#ask("GET", "/hq/v1/catalogue/bulk", bulkEditsAnswerSchema);

  undoBulk(id: string) {
    const path = `/hq/v1/catalogue/bulk/${encodeURIComponent(id)}/undo`;
    return this.#ask("POST", path, bulkEditAnswerSchema);
  }

  stopBulk(id: string) {
    const path = `/hq/v1/catalogue/bulk/${encodeURIComponent(id)}/stop`;
    return this.#ask("POST", path, bulkEditAnswerSchema);
  }
}

/** The same filter as a body of JSON says it; the server checks it again. */
export function wishOf(filter: CatalogueAsk): CatalogueWish {
  return filter as CatalogueWish;
}

function queryOf(filter: CatalogueAsk): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter))
    for (const each of typeof value === "string" ? [value] : value) query.append(name, each);
  return query;
}
