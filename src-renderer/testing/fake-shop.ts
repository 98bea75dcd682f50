import { idOf } from "#domain/ids.ts";
import { type Money, money } from "#domain/money/money.ts";
import type { TaxSetup } from "#domain/tax/tax.ts";
import type { Item, Tile } from "#protocol/till/catalog.ts";
import type { ViewValue } from "#protocol/till/contract.ts";
import type { PrinterCard } from "#protocol/till/devices.ts";

const EUR = idOf<"Currency">("EUR");
const STANDARD = idOf<"TaxClass">("standard");

export function euros(minor: number): Money {
  return money(minor, EUR);
}

export const CURRENCY = EUR;
export const TAX_CLASS = STANDARD;
export const TAX: TaxSetup = {
  mode: "inclusive",
  rounding: "ticket",
  classes: [{ id: STANDARD, name: "Standard", rates: [{ id: "vat19", name: "VAT", ppm: 190_000 }] }],
  cashRounding: null,
};

export const STORE_FACTS = {
  storeName: "Berlin Mitte",
  storeCode: "BER1",
  register: 1,
  locale: "en-DE",
  timeZone: "Europe/Berlin",
  currency: "EUR",
} as const;

export const MIRA = {
  id: idOf<"Staff">("mira"),
  name: "Mira Albers",
  role: { id: "cashier", name: "Cashier" },
} as const;
export const JOHANNA = {
  id: idOf<"Staff">("johanna"),
  name: "Johanna Reuter",
  role: { id: "manager", name: "Manager" },
} as const;
export const COLLEAGUES = [MIRA, JOHANNA];
export const PINS: Readonly<Record<string, string>> = { mira: "111111", johanna: "999999" };
/** What is on their badges. */
export const BADGES: Readonly<Record<string, string>> = {
  mira: "CREW-0000-0000-0000-0000-0009",
  johanna: "CREW-1000-0000-0000-0000-000S",
};

interface Article {
  readonly sku: string;
  readonly gtin: string;
  readonly name: string;
  readonly options?: readonly string[];
  readonly product?: string;
  readonly category: string;
  readonly cents: number | null;
  readonly onHand: number | null;
  readonly soldBy?: Item["soldBy"];
}

const ARTICLES: readonly Article[] = [
  { sku: "MUG", gtin: "4006381333931", name: "Enamel Mug", category: "Kitchen", cents: 1_290, onHand: 12 },
  { sku: "OIL", gtin: "4006381333948", name: "Olive Oil", category: "Groceries", cents: 899, onHand: 3 },
  {
    sku: "TEE-S",
    gtin: "4006381333955",
    name: "Pocket T-Shirt",
    options: ["Ink", "S"],
    product: "TEE",
    category: "Tops",
    cents: 1_895,
    onHand: 5,
  },
  {
    sku: "TEE-M",
    gtin: "4006381333962",
    name: "Pocket T-Shirt",
    options: ["Ink", "M"],
    product: "TEE",
    category: "Tops",
    cents: 1_895,
    onHand: 0,
  },
  {
    sku: "NEW",
    gtin: "4006381333979",
    name: "Unpriced Thing",
    category: "Kitchen",
    cents: null,
    onHand: null,
  },
  {
    sku: "CHEESE",
    gtin: "4006381333986",
    name: "Mountain Cheese",
    category: "Counter",
    cents: 1_290,
    onHand: null,
    soldBy: "weight",
  },
  {
    sku: "HEM",
    gtin: "4006381333993",
    name: "Alteration",
    category: "Services",
    cents: null,
    onHand: null,
    soldBy: "openPrice",
  },
];

export const ITEMS: readonly Item[] = ARTICLES.map((article) => ({
  variant: idOf<"Variant">(article.sku),
  product: idOf<"Product">(article.product ?? article.sku),
  sku: idOf<"Sku">(article.sku),
  gtin: article.gtin,
  name: article.name,
  options: [...(article.options ?? ["Default Title"])],
  brand: "Fennholm",
  category: article.category,
  image: null,
  price: article.cents === null ? null : euros(article.cents),
  compareAt: null,
  onHand: article.onHand,
  ...(article.soldBy === undefined ? {} : { soldBy: article.soldBy }),
}));

/** An item of the fake shop by its SKU. */
export function item(sku: string): Item {
  const found = ITEMS.find((each) => each.sku === sku);
  if (found === undefined) throw new Error(`the fake shop has no ${sku}`);
  return found;
}

/** One tile per product, as the engine makes them. */
export function tiles(category: string | null): Tile[] {
  const products = new Map<string, Item[]>();
  for (const each of ITEMS) products.set(each.product, [...(products.get(each.product) ?? []), each]);
  return [...products.values()].flatMap((variants) => {
    const [first] = variants;
    if (first === undefined || (category !== null && first.category !== category)) return [];
    return [
      {
        product: first.product,
        name: first.name,
        brand: first.brand,
        category: first.category,
        image: first.image,
        priceFrom: first.price,
        priceVaries: false,
        variants: variants.length,
        item: variants.length === 1 ? first : null,
        onHand: variants.reduce((sum, variant) => sum + (variant.onHand ?? 0), 0),
      },
    ];
  });
}

export const ONLINE: ViewValue<"sync"> = {
  link: { state: "online" },
  firstSync: null,
  unsent: 0,
  oldestUnsentAt: null,
  lastContactAt: null,
  clockOffsetMs: 0,
  offlinePolicy: "ok",
  customersNeedConnection: false,
  trouble: null,
};

/** A receipt printer on the network that works, with the drawer on it. */
export const PRINTER: PrinterCard = {
  id: idOf<"Printer">("printer-1"),
  name: "Counter",
  link: { kind: "network", host: "192.168.1.50", port: 9_100 },
  model: null,
  columns: 48,
  purposes: ["receipt"],
  drawer: "pin2",
  queued: 0,
  state: "ready",
  trouble: null,
};
