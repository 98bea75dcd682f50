import type { ChannelId, CustomerGroupId, PriceListId, Sku } from "#domain/ids.ts";
import type { ContradictionKind, PriceRules } from "#domain/pricing/contradictions.ts";
import {
  type Finding,
  fixAnswerSchema,
  priceCheckAnswerSchema,
  priceRulesSchema,
} from "#protocol/hq/price-check.ts";
import {
  type BulkRequest,
  bulkAnswerSchema,
  knownExtrasAnswerSchema,
  type PriceWish,
  type ProductExtrasRequest,
  priceChangesAnswerSchema,
  priceListsAnswerSchema,
  pricesAnswerSchema,
  productExtrasAnswerSchema,
  removePriceAnswerSchema,
  savePricesAnswerSchema,
} from "#protocol/hq/prices.ts";
import { type Ask, type AskFile, asJson, LONG, LOOKS } from "./ask.ts";

/** HQ's calls about prices. */
export class PricesApi {
  readonly #ask: Ask;
  readonly #file: AskFile;

  constructor(ask: Ask, file: AskFile) {
    this.#ask = ask;
    this.#file = file;
  }

  lists = () => this.#ask("GET", "/hq/v1/price-lists", priceListsAnswerSchema);

  saveList(id: string, list: { readonly name: string; readonly currency: string }) {
    const path = `/hq/v1/price-lists/${encodeURIComponent(id)}`;
    return this.#ask("PUT", path, priceListsAnswerSchema, asJson(list));
  }

  saveStoreLists(code: string, lists: readonly PriceListId[]) {
    const path = `/hq/v1/stores/${encodeURIComponent(code)}/price-lists`;
    return this.#ask("PUT", path, priceListsAnswerSchema, asJson({ lists }));
  }

  extras(handle: string) {
    return this.#ask("GET", extrasPath(handle), knownExtrasAnswerSchema);
  }

  saveExtras(handle: string, extras: ProductExtrasRequest) {
    return this.#ask("PUT", extrasPath(handle), productExtrasAnswerSchema, asJson(extras));
  }

  /** Null: those of the first store. */
  saveChannelLists(channel: ChannelId, lists: readonly PriceListId[] | null) {
    const path = `/hq/v1/channels/${encodeURIComponent(channel)}/price-lists`;
    return this.#ask("PUT", path, priceListsAnswerSchema, asJson({ lists }));
  }

  saveGroups(
    groups: readonly {
      readonly id: CustomerGroupId;
      readonly name: string;
      readonly priceLists: readonly PriceListId[];
    }[],
  ) {
    return this.#ask("PUT", "/hq/v1/customer-groups", priceListsAnswerSchema, asJson({ groups }));
  }

  prices(ask: {
    readonly search: string;
    readonly list: PriceListId | null;
    readonly planned: boolean;
    readonly offset: number;
    readonly limit: number;
  }) {
    const query = new URLSearchParams({
      search: ask.search,
      planned: String(ask.planned),
      offset: String(ask.offset),
      limit: String(ask.limit),
    });
    if (ask.list !== null) query.set("list", ask.list);
    return this.#ask("GET", `/hq/v1/prices?${query}`, pricesAnswerSchema);
  }

  save(prices: readonly PriceWish[]) {
    return this.#ask("POST", "/hq/v1/prices", savePricesAnswerSchema, asJson({ prices }));
  }

  remove(price: { readonly sku: Sku; readonly list: PriceListId; readonly validFrom: string | null }) {
    return this.#ask("POST", "/hq/v1/prices/remove", removePriceAnswerSchema, asJson(price));
  }

  bulk(request: BulkRequest) {
    return this.#ask("POST", "/hq/v1/prices/bulk", bulkAnswerSchema, asJson(request), {
      ...(request.dryRun && LOOKS),
      ...LONG,
    });
  }

  check(ask: { readonly kind: ContradictionKind | null; readonly offset: number; readonly limit: number }) {
    const query = new URLSearchParams({ offset: String(ask.offset), limit: String(ask.limit) });
    if (ask.kind !== null) query.set("kind", ask.kind);
    return this.#ask("GET", `/hq/v1/price-check?${query}`, priceCheckAnswerSchema, null, LONG);
  }

  fix({ id, product }: Pick<Finding, "id" | "product">) {
    return this.#ask("POST", "/hq/v1/price-check/fix", fixAnswerSchema, asJson({ id, product }));
  }

  rules = () => this.#ask("GET", "/hq/v1/price-rules", priceRulesSchema);
  saveRules = (rules: PriceRules) => this.#ask("PUT", "/hq/v1/price-rules", priceRulesSchema, asJson(rules));

  changes(ask: {
    readonly store: string;
    readonly from: string;
    readonly until: string;
    readonly offset: number;
    readonly limit: number;
  }) {
    const query = new URLSearchParams({
      store: ask.store,
      from: ask.from,
      until: ask.until,
      offset: String(ask.offset),
      limit: String(ask.limit),
    });
    return this.#ask("GET", `/hq/v1/price-changes?${query}`, priceChangesAnswerSchema);
  }

  labels(wanted: {
    readonly store: string;
    readonly at: string;
    readonly skus: readonly string[];
    readonly link?: string;
  }) {
    return this.#file("/hq/v1/labels", asJson(wanted));
  }
}

function extrasPath(handle: string): string {
  return `/hq/v1/products/${encodeURIComponent(handle)}/extras`;
}
