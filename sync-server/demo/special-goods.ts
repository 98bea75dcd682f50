import { type Gtin, idOf, instant, type PriceListId, type Sku, type VariantId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { gtinCheckDigit } from "#domain/product/gtin.ts";
import type { Price, Product, ProductLink, QuantityPrice, Variant } from "#domain/product/product.ts";
import type { DemoCatalogue, ShelfRange } from "./catalogue.ts";
import { COLOURS, type Colour } from "./colours.ts";
import { demoGtin } from "./demo-gtin.ts";
import type { SilhouetteName } from "./pictures/draw.ts";
import { PictureShelf } from "./pictures/picture-shelf.ts";
import { demoUuid, type Random } from "./random.ts";
import { CURRENCY, RETAIL_LIST, TRADE_LIST, WEB_LIST } from "./retailer.ts";

/** New Year's Day and a week later, midnight in Berlin: from when the planned prices hold. */
const NEW_YEAR = instant(Date.UTC(2026, 11, 31, 23));
const SECOND_WEEK = instant(Date.UTC(2027, 0, 6, 23));

interface SpecialGood extends Pick<Product, "category" | "soldBy" | "title"> {
  readonly sku: string;
  readonly minor: number;
  readonly reduced?: true;
  readonly content?: Variant["content"];
  readonly links?: readonly { readonly sku: string; readonly kind: ProductLink["kind"] }[];
  /** From so many pieces on, cents. */
  readonly tiers?: readonly (readonly [number, number])[];
  readonly tradeMinor?: number;
  readonly webMinor?: number;
  readonly planned?: readonly Pick<Price, "amount" | "compareAt" | "validFrom" | "validTo">[];
  /** Made or weighed here: no GTIN of a maker. */
  readonly gtin: "maker" | "scale" | "none";
  readonly picture: readonly [SilhouetteName, Colour];
}

const COUNTER = "At the counter";
const deposit = (sku: string) => [{ sku, kind: "deposit" }] as const;
const ml = (quantity: number) => ({ quantity, unit: "ml" }) as const;

/** What is not simply sold by the piece at its price: deposits and what carries them, weighed goods, work that is priced as it comes. */
const GOODS: readonly SpecialGood[] = [
  {
    sku: "DEP-25",
    title: "Deposit, one-way bottle",
    category: COUNTER,
    minor: 25,
    gtin: "none",
    picture: ["bottle", COLOURS.mint],
  },
  {
    sku: "DEP-15",
    title: "Deposit, returnable bottle",
    category: COUNTER,
    minor: 15,
    gtin: "none",
    picture: ["bottle", COLOURS.teal],
  },
  {
    sku: "DEP-08",
    title: "Deposit, beer bottle",
    category: COUNTER,
    minor: 8,
    gtin: "none",
    picture: ["bottle", COLOURS.cocoa],
  },
  {
    sku: "LEV-50",
    title: "Packaging levy",
    category: COUNTER,
    minor: 50,
    gtin: "none",
    picture: ["cup", COLOURS.slate],
  },
  {
    sku: "BAG-10",
    title: "Paper bag",
    category: COUNTER,
    minor: 10,
    gtin: "none",
    picture: ["tote", COLOURS.sand],
  },
  {
    sku: "ALT-1",
    title: "Alteration",
    category: COUNTER,
    minor: 1_500,
    soldBy: "openPrice",
    gtin: "none",
    picture: ["trousers", COLOURS.slate],
  },
  {
    sku: "ENG-1",
    title: "Engraving",
    category: COUNTER,
    minor: 900,
    soldBy: "openPrice",
    gtin: "none",
    picture: ["pen", COLOURS.ink],
  },
  {
    sku: "WAT-1001",
    title: "Spreequell Mineral Water",
    category: "Groceries",
    minor: 79,
    content: ml(700),
    links: deposit("DEP-15"),
    gtin: "maker",
    picture: ["bottle", COLOURS.sky],
  },
  {
    sku: "LEM-1002",
    title: "Alster Lemonade",
    category: "Groceries",
    minor: 129,
    content: ml(500),
    links: deposit("DEP-25"),
    tiers: [
      [6, 109],
      [12, 99],
    ],
    tradeMinor: 95,
    webMinor: 109,
    gtin: "maker",
    picture: ["bottle", COLOURS.lemon],
  },
  {
    sku: "SPR-1003",
    title: "Apple Spritzer",
    category: "Groceries",
    minor: 139,
    content: ml(500),
    links: deposit("DEP-25"),
    gtin: "maker",
    picture: ["bottle", COLOURS.sage],
  },
  {
    sku: "PIL-1004",
    title: "Hafen Pils",
    category: "Groceries",
    minor: 119,
    content: ml(500),
    links: deposit("DEP-08"),
    tradeMinor: 89,
    gtin: "maker",
    picture: ["bottle", COLOURS.pine],
  },
  {
    sku: "WIN-1005",
    title: "Riesling Kabinett",
    category: "Groceries",
    minor: 995,
    content: ml(750),
    tiers: [
      [6, 895],
      [12, 845],
    ],
    tradeMinor: 795,
    webMinor: 945,
    planned: [
      { amount: euro(1_095), compareAt: null, validFrom: NEW_YEAR, validTo: null },
      {
        amount: euro(895),
        compareAt: euro(1_095),
        validFrom: SECOND_WEEK,
        validTo: instant(SECOND_WEEK + 14 * 86_400_000),
      },
    ],
    gtin: "maker",
    picture: ["oil", COLOURS.moss],
  },
  {
    sku: "CHE-2001",
    title: "Alp Cheese",
    category: "Groceries",
    minor: 2_990,
    reduced: true,
    soldBy: "weight",
    gtin: "scale",
    picture: ["cake", COLOURS.mustard],
  },
  {
    sku: "CHE-2002",
    title: "Young Gouda",
    category: "Groceries",
    minor: 1_590,
    reduced: true,
    soldBy: "weight",
    gtin: "scale",
    picture: ["cake", COLOURS.lemon],
  },
  {
    sku: "CHE-2003",
    title: "Goat Cheese",
    category: "Groceries",
    minor: 3_450,
    reduced: true,
    soldBy: "weight",
    gtin: "scale",
    picture: ["cake", COLOURS.chalk],
  },
  {
    sku: "SOU-3001",
    title: "Pumpkin Soup to go",
    category: "Café",
    minor: 590,
    reduced: true,
    links: [{ sku: "LEV-50", kind: "levy" }],
    gtin: "none",
    picture: ["bowl", COLOURS.clay],
  },
  {
    sku: "PRI-3002",
    title: "Harbour at Dawn, Print",
    category: "Stationery",
    minor: 1_995,
    links: [{ sku: "BAG-10", kind: "bag" }],
    gtin: "maker",
    picture: ["frame", COLOURS.denim],
  },
];

/** What they are, with their prices: the same for the same random source, and apart from that of the other goods. */
export function specialGoods(random: Random): DemoCatalogue {
  const pictures = new PictureShelf();
  const ids = new Map<string, VariantId>(GOODS.map(({ sku }) => [sku, idOf<"Variant">(demoUuid(random))]));
  const idOfGood = (sku: string): VariantId => {
    const id = ids.get(sku);
    if (id === undefined) throw new Error(`the demo has no ${sku}`);
    return id;
  };
  const products = GOODS.map((good, index): Product => {
    const [silhouette, colour] = good.picture;
    const image = pictures.draw({ silhouette, colour, look: index });
    const variant: Variant = {
      id: idOfGood(good.sku),
      sku: idOf<"Sku">(good.sku) satisfies Sku,
      gtins: gtinsOf(good, index),
      options: [],
      image,
      ...(good.content === undefined ? {} : { content: good.content }),
    };
    return {
      id: idOf<"Product">(demoUuid(random)),
      handle: good.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
      title: good.title,
      brand: "Fennholm",
      category: good.category,
      tags: [],
      taxClass: idOf<"TaxClass">(good.reduced === true ? "reduced" : "standard"),
      status: "active",
      optionNames: [],
      variants: [variant],
      image,
      ...(good.soldBy === undefined ? {} : { soldBy: good.soldBy }),
      ...(good.links === undefined
        ? {}
        : { links: good.links.map(({ sku, kind }) => ({ variant: idOfGood(sku), kind })) }),
    };
  });
  const shelves = products.flatMap(({ variants }) =>
    variants.map((variant): ShelfRange => ({ variant, shelf: { from: 40, to: 400 } })),
  );
  const prices = GOODS.flatMap((good) => pricesOf(good, idOfGood(good.sku)));
  return { products, prices, pictures: pictures.all(), shelves };
}

/** Scales print `28`, five digits of the article, five of the price and a check digit; the article's own code has no price in it. */
function gtinsOf({ gtin }: SpecialGood, index: number): readonly Gtin[] {
  if (gtin === "none") return [];
  if (gtin === "maker") return [demoGtin(900_001 + index)];
  const body = `28${String(20_001 + index).padStart(5, "0")}00000`;
  return [idOf<"Gtin">(`${body}${gtinCheckDigit(body)}`)];
}

function pricesOf(
  { minor, tiers, tradeMinor, webMinor, planned = [] }: SpecialGood,
  variant: VariantId,
): readonly Price[] {
  const base = (list: PriceListId, amount: number): Price => ({
    list,
    variant,
    amount: euro(amount),
    compareAt: null,
    validFrom: null,
    validTo: null,
  });
  const steps = tiers?.map(([from, amount]): QuantityPrice => ({ from, amount: euro(amount) }));
  return [
    { ...base(RETAIL_LIST, minor), ...(steps === undefined ? {} : { tiers: steps }) },
    ...planned.map((price) => ({ ...base(RETAIL_LIST, minor), ...price })),
    ...(tradeMinor === undefined ? [] : [base(TRADE_LIST, tradeMinor)]),
    ...(webMinor === undefined ? [] : [base(WEB_LIST, webMinor)]),
  ];
}

function euro(minor: number) {
  return money(minor, CURRENCY);
}
