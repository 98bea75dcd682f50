import { type Gtin, type ImageHash, idOf, type Sku } from "#domain/ids.ts";
import { type Money, money } from "#domain/money/money.ts";
import type { Price, Product, Variant } from "#domain/product/product.ts";
import type { Colour } from "./colours.ts";
import { demoGtin } from "./demo-gtin.ts";
import { type Picture, PictureShelf } from "./pictures/picture-shelf.ts";
import { demoUuid, type Random } from "./random.ts";
import { APPAREL_RECIPES } from "./recipes/apparel.ts";
import { BOOK_RECIPES } from "./recipes/books.ts";
import { FOOD_RECIPES } from "./recipes/food.ts";
import { HOME_RECIPES } from "./recipes/home.ts";
import { OUTDOOR_RECIPES } from "./recipes/outdoor.ts";
import type { Recipe } from "./recipes/recipe.ts";
import { CURRENCY, MUNICH_LIST, RETAIL_LIST } from "./retailer.ts";

const RECIPES: readonly Recipe[] = [
  ...APPAREL_RECIPES,
  ...HOME_RECIPES,
  ...BOOK_RECIPES,
  ...OUTDOOR_RECIPES,
  ...FOOD_RECIPES,
];

/** How many pieces of a variant lie on a shelf, by its recipe. */
export interface ShelfRange {
  readonly variant: Variant;
  readonly shelf: Recipe["shelf"];
}

export interface DemoCatalogue {
  readonly products: readonly Product[];
  readonly prices: readonly Price[];
  readonly pictures: readonly Picture[];
  readonly shelves: readonly ShelfRange[];
}

/** Makes up the whole assortment: the same one for the same random source. */
export function demoCatalogue(random: Random): DemoCatalogue {
  const maker = new CatalogueMaker(random);
  for (const recipe of RECIPES) {
    for (let made = 0; made < recipe.products; made += 1) maker.add(recipe);
  }
  return maker.finish();
}

class CatalogueMaker {
  readonly #random: Random;
  readonly #pictures = new PictureShelf();
  readonly #products: Product[] = [];
  readonly #prices: Price[] = [];
  readonly #shelves: ShelfRange[] = [];
  readonly #handles = new Set<string>();
  #articles = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  finish(): DemoCatalogue {
    return {
      products: this.#products,
      prices: this.#prices,
      pictures: this.#pictures.all(),
      shelves: this.#shelves,
    };
  }

  add(recipe: Recipe): void {
    const random = this.#random;
    const brand = random.pick(recipe.brands);
    const { title, handle } = this.#name(recipe, brand);
    const colours = coloursOf(recipe, random);
    const look = random.between({ from: 0, to: 209 });
    const pictures = new Map(
      colours.map((colour) => [colour, this.#pictures.draw({ silhouette: recipe.silhouette, colour, look })]),
    );
    const article = `${recipe.code}-${1000 + this.#products.length}`;
    const variants = this.#variants({ recipe, article, colours, pictures });
    this.#products.push({
      id: idOf<"Product">(demoUuid(random)),
      handle,
      title,
      brand,
      category: recipe.category,
      tags: recipe.tags,
      taxClass: idOf<"TaxClass">(recipe.taxClass),
      status: "active",
      optionNames: optionNamesOf(recipe),
      variants,
      image: variants[0]?.image ?? null,
    });
    this.#price(recipe, variants);
    for (const variant of variants) this.#shelves.push({ variant, shelf: recipe.shelf });
  }

  /** A title not used before: another name and kind while there are some, then the brand in front, then a Roman number. */
  #name(recipe: Recipe, brand: string): { title: string; handle: string } {
    const pick = () =>
      this.#random
        .pick(recipe.titles)
        .replace("{name}", this.#random.pick(recipe.names))
        .replace("{kind}", this.#random.pick(recipe.kinds));
    const bare = Array.from({ length: 40 }, pick);
    const branded = bare.map((title) => `${brand} ${title}`);
    const numbered = ["II", "III", "IV", "V"].flatMap((number) =>
      branded.map((title) => `${title} ${number}`),
    );
    for (const title of [...bare, ...branded, ...numbered]) {
      const handle = handleOf(title);
      if (this.#handles.has(handle)) continue;
      this.#handles.add(handle);
      return { title, handle };
    }
    throw new Error(`no title left for ${recipe.code}: give the recipe more names or kinds`);
  }

  #variants(of: {
    recipe: Recipe;
    article: string;
    colours: readonly Colour[];
    pictures: ReadonlyMap<Colour, ImageHash>;
  }): Variant[] {
    const { recipe, article } = of;
    const sizes = recipe.sizes?.values ?? [null];
    return of.colours.flatMap((colour) =>
      sizes.map((size) => {
        const painted = recipe.coloursPerProduct === "painted";
        const options = [...(painted ? [] : [colour.name]), ...(size === null ? [] : [size])];
        const suffix = [...(painted ? [] : [colour.code]), ...(size === null ? [] : [skuPart(size)])];
        return {
          id: idOf<"Variant">(demoUuid(this.#random)),
          sku: idOf<"Sku">([article, ...suffix].join("-")) satisfies Sku,
          gtins: recipe.freshlyMade ? [] : this.#gtins(),
          options,
          image: of.pictures.get(colour) ?? null,
          ...contentOf(recipe, size),
        };
      }),
    );
  }

  /** One GTIN; now and then a second, as when a supplier changed its numbers and old stock is still about. */
  #gtins(): Gtin[] {
    const count = this.#random.chance(3) ? 2 : 1;
    return Array.from({ length: count }, () => {
      this.#articles += 1;
      return demoGtin(100_000 + this.#articles);
    });
  }

  #price(recipe: Recipe, variants: readonly Variant[]): void {
    const random = this.#random;
    const minor = random.between(recipe.euros) * 100 + random.pick(recipe.endings);
    const reduced = !recipe.freshlyMade && recipe.taxClass === "standard" && random.chance(9);
    const compareAt = reduced ? euro(Math.ceil((minor * 1.25) / 1000) * 1000 - 5) : null;
    // Larger sizes of a thing cost more; larger sizes of clothes and shoes do not.
    const stepMinor = SIZED_BY_CONTENT.has(recipe.sizes?.option ?? "") ? Math.ceil(minor / 250) * 100 : 0;
    const sizes = recipe.sizes?.values.length ?? 1;
    for (const [index, variant] of variants.entries()) {
      const amount = minor + stepMinor * (index % sizes);
      const base = { variant: variant.id, validFrom: null, validTo: null };
      this.#prices.push({
        ...base,
        list: RETAIL_LIST,
        amount: euro(amount),
        compareAt: stepMinor > 0 ? null : compareAt,
      });
      if (recipe.category === "Café") {
        this.#prices.push({ ...base, list: MUNICH_LIST, amount: euro(amount + 30), compareAt: null });
      }
    }
  }
}

const UNITS = { g: [1, "g"], kg: [1_000, "g"], ml: [1, "ml"], l: [1_000, "ml"] } as const;

/** What is in a package: as its size says, or as all packages of the recipe. A backpack of 28 l holds that, but is not sold by it. */
function contentOf({ sizes, content, tags }: Recipe, size: string | null): Pick<Variant, "content"> {
  if (content !== undefined) return { content };
  if (size === null || tags.includes("outdoor") || !SIZED_BY_CONTENT.has(sizes?.option ?? "")) return {};
  const [, digits, unit] = /^(\d+) (g|kg|ml|l)$/.exec(size) ?? [];
  const found = Object.entries(UNITS).find(([name]) => name === unit);
  if (found === undefined) return {};
  const [times, counted] = found[1];
  return { content: { quantity: Number(digits) * times, unit: counted } };
}

const SIZED_BY_CONTENT: ReadonlySet<string> = new Set([
  "Weight",
  "Volume",
  "Content",
  "Diameter",
  "Format",
  "Sleeps",
]);

function euro(minor: number): Money {
  return money(minor, CURRENCY);
}

function coloursOf(recipe: Recipe, random: Random): readonly Colour[] {
  const count = recipe.coloursPerProduct === "painted" ? 1 : random.between(recipe.coloursPerProduct);
  return random.some(recipe.colours, count);
}

function optionNamesOf(recipe: Recipe): string[] {
  return [
    ...(recipe.coloursPerProduct === "painted" ? [] : ["Colour"]),
    ...(recipe.sizes === null ? [] : [recipe.sizes.option]),
  ];
}

function handleOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll("ü", "ue")
    .replaceAll("ö", "oe")
    .normalize("NFD")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

function skuPart(size: string): string {
  return size.replaceAll(/[^A-Za-z0-9]/g, "").toUpperCase();
}
