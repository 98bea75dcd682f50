import { setImmediate as othersTurn } from "node:timers/promises";
import type { Instant, PriceListId, ProductId } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import { standingPrice } from "#domain/pricing/price-of.ts";
import type { Variant } from "#domain/product/product.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { guarded } from "#domain/text/guarded.ts";
import type { PricedProduct, WhichProducts } from "../prices/port.ts";
import type { Storage } from "../storage/port.ts";
import { csvLine } from "./spreadsheet/csv-line.ts";

/** Products that are read at once. */
const PAGE = 100;
const OPTION_NUMBERS = [1, 2, 3] as const;
/** Says that what would be a formula has an apostrophe before it. */
const GUARDED = "Onetill Export";

/** What is exported: products, the prices of a list, the stock of a store, costs for those who may see them. */
export interface CatalogExport {
  readonly which: WhichProducts;
  readonly list: PriceListId;
  readonly store: StoreSettings | null;
  readonly withCosts: boolean;
}

/** The catalogue as rows that an import takes back unchanged, the heading first. */
export async function* catalogRows(
  { which, list, store, withCosts }: CatalogExport,
  { storage, now }: { readonly storage: Storage; readonly now: () => Instant },
): AsyncGenerator<readonly string[]> {
  yield [
    "Handle",
    "Title",
    "Vendor",
    "Type",
    "Tags",
    "Status",
    ...OPTION_NUMBERS.flatMap((number) => [`Option${number} Name`, `Option${number} Value`]),
    "Variant SKU",
    "Variant Barcode",
    "Variant Price",
    "Variant Compare At Price",
    "Unit Price Total Measure",
    "Unit Price Total Measure Unit",
    "Variant Tax Code",
    ...(withCosts ? ["Cost per item"] : []),
    ...(store === null ? [] : ["Variant Inventory Qty"]),
  ];
  let after: ProductId | null = null;
  for (;;) {
    const page: readonly { readonly found: PricedProduct; readonly onHand: readonly number[] }[] =
      await storage.read(async (tx) => {
        const rows = await tx.pricedProducts({ after, which, limit: PAGE });
        return Promise.all(
          rows.map(async (found) => ({
            found,
            onHand:
              store === null
                ? []
                : await Promise.all(
                    found.product.variants.map(({ id }) => tx.onHand({ store: store.store, variant: id })),
                  ),
          })),
        );
      });
    for (const { found, onHand } of page) yield* rowsOf(found, { list, at: now(), withCosts, onHand });
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.found.product.id;
    await othersTurn();
  }
}

function* rowsOf(
  { product, prices, costs }: PricedProduct,
  {
    list,
    at,
    withCosts,
    onHand,
  }: {
    readonly list: PriceListId;
    readonly at: Instant;
    readonly withCosts: boolean;
    /** Of each variant; empty where stock is not asked for. */
    readonly onHand: readonly number[];
  },
): Generator<readonly string[]> {
  for (const [place, variant] of product.variants.entries()) {
    const isHead = place === 0;
    const own = prices.filter((price) => price.variant === variant.id);
    const price = standingPrice({ prices: own, list, at });
    const cost = costs.find((each) => each.variant === variant.id)?.cost;
    const head = (text: string) => (isHead ? text : "");
    yield [
      product.handle,
      head(product.title),
      head(product.brand),
      head(product.category),
      head(product.tags.join(", ")),
      head(product.status),
      ...OPTION_NUMBERS.flatMap((number) => [
        head(product.optionNames[number - 1] ?? ""),
        variant.options[number - 1] ?? "",
      ]),
      variant.sku,
      variant.gtins.join("; "),
      price === null ? "" : decimalText(price.amount),
      price?.compareAt == null ? "" : decimalText(price.compareAt),
      ...contentOf(variant),
      head(product.taxClass),
      ...(withCosts ? [cost === undefined ? "" : decimalText(cost)] : []),
      ...(onHand.length === 0 ? [] : [String(onHand[place] ?? 0)]),
    ];
  }
}

function contentOf({ content }: Variant): readonly [string, string] {
  if (content === undefined) return ["", ""];
  return [String(content.quantity), content.unit === "piece" ? "item" : content.unit];
}

/** The same as CSV that no spreadsheet program runs anything of, in pieces. */
export async function* catalogCsv(rows: AsyncIterable<readonly string[]>): AsyncGenerator<Buffer> {
  let isHeading = true;
  let held = "\u{feff}";
  for await (const row of rows) {
    held += csvLine([...row.map(guarded), isHeading ? GUARDED : "1"]);
    isHeading = false;
    if (held.length < PIECE_CHARS) continue;
    yield Buffer.from(held, "utf8");
    held = "";
  }
  yield Buffer.from(held, "utf8");
}

const PIECE_CHARS = 64 * 1024;
