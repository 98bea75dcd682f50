import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Price, Product } from "#domain/product/product.ts";
import { demoGtin } from "../../sync-server/demo/demo-gtin.ts";
import { demoUuid, seededRandom } from "../../sync-server/demo/random.ts";
import { CURRENCY, RETAIL_LIST } from "../../sync-server/demo/retailer.ts";
import { BRANDS, COLOURS, KINDS, MATERIALS, NAMES, QUALITIES } from "./words.ts";

/** One SKU as a benchmark's shop has it: a product of one variant, its price, and what lies on the shelf. */
export interface Article {
  readonly product: Product;
  readonly price: Price;
  readonly onHand: number;
  readonly gtin: string;
  readonly sku: string;
}

const SKU_DIGITS = 7;
const CHEAPEST_CENTS = 95;
const DEAREST_CENTS = 24_995;
const FULLEST_SHELF = 60;

/**
 * The article with this number (0 up), always the same one: server, floor and cashier each make up what they need, and no list of 250,000
 * is handed around. One variant per product is the most documents that a number of SKUs can come in.
 */
export function articleAt(number: number): Article {
  const random = seededRandom(number);
  const { kind, category } = random.pick(KINDS);
  const variant = idOf<"Variant">(demoUuid(random));
  const gtin = demoGtin(number + 1);
  const sku = idOf<"Sku">(`ART-${String(number).padStart(SKU_DIGITS, "0")}`);
  const title = [random.pick(QUALITIES), random.pick(MATERIALS), kind, random.pick(NAMES)].join(" ");
  const product: Product = {
    id: idOf<"Product">(demoUuid(random)),
    handle: `article-${number}`,
    title: `${title} ${number % 1000}`,
    brand: random.pick(BRANDS),
    category,
    tags: [],
    taxClass: idOf<"TaxClass">("standard"),
    status: "active",
    optionNames: ["Colour"],
    variants: [{ id: variant, sku, gtins: [gtin], options: [random.pick(COLOURS)], image: null }],
    image: null,
  };
  const amount = money(random.between({ from: CHEAPEST_CENTS, to: DEAREST_CENTS }), CURRENCY);
  return {
    product,
    price: { list: RETAIL_LIST, variant, amount, compareAt: null, validFrom: null, validTo: null },
    onHand: random.between({ from: 1, to: FULLEST_SHELF }),
    gtin,
    sku,
  };
}
