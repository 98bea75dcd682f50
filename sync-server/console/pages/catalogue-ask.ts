import {
  CATALOGUE_FACETS,
  CATALOGUE_SORTS,
  type CatalogueFacet,
  STOCK_STATES,
} from "#protocol/hq/catalogue.ts";
import type { Ask } from "../use-route.ts";
import type { CatalogueQuestion } from "./catalogue-windows.ts";

/** What a product can be without. */
export const GAPS = ["picture", "gtin", "price"] as const;
export type Gap = (typeof GAPS)[number];

/** Values never have a line end in them. */
const BETWEEN = "\n";

/** The question that an address asks; what it cannot mean is left out. */
export function questionOf(ask: Ask): CatalogueQuestion {
  const filter: Record<string, string | readonly string[]> = {};
  const { search = "", stock = "", list = "" } = ask;
  if (search.trim() !== "") filter.search = search.trim();
  for (const facet of CATALOGUE_FACETS) {
    const values = valuesOf(ask, facet);
    if (values.length > 0) filter[facet] = values;
  }
  for (const gap of GAPS) if (ask[gap] === "no") filter[gap] = "no";
  if (STOCK_STATES.some((state) => state === stock)) filter.stock = stock;
  if (list !== "") filter.list = list;
  return {
    filter,
    sort: CATALOGUE_SORTS.find((sort) => sort === ask.sort) ?? "title",
    down: ask.down === "true",
  };
}

/** What is filtered by in one field. An empty value is one as well: of products without a brand. */
export function valuesOf(ask: Ask, facet: CatalogueFacet): readonly string[] {
  const text = ask[facet];
  return text === undefined ? [] : text.split(BETWEEN).map((value) => (value === EMPTY ? "" : value));
}

/** The part of an address that says so. */
export function textOfValues(values: readonly string[]): string {
  return values.map((value) => (value === "" ? EMPTY : value)).join(BETWEEN);
}

/** An empty text is no part of an address. */
const EMPTY = "∅";
