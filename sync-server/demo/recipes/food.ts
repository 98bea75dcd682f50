import { COLOURS, PACKAGE_COLOURS } from "../colours.ts";
import type { Recipe } from "./recipe.ts";

const ROASTERS = ["Kontor Koffie", "Speicher 12", "Morgenrot", "Elbtal Feinkost", "Hofgut Linde"] as const;
const ORIGINS = [
  "Sidama",
  "Huila",
  "Antigua",
  "Kirinyaga",
  "Mantiqueira",
  "Lintong",
  "Nariño",
  "Yirga",
  "Cajamarca",
  "Gayo",
] as const;
const TASTES = [
  "Rhubarb",
  "Blackcurrant",
  "Wild Blossom",
  "Sour Cherry",
  "Plum",
  "Quince",
  "Apricot",
  "Elderflower",
  "Raspberry",
  "Gooseberry",
  "Heather",
  "Lime Tree",
] as const;
const FLAVOURS = [
  "Sea Salt",
  "Hazelnut",
  "Orange",
  "Dark 70 %",
  "Milk",
  "Almond",
  "Ginger",
  "Caramel",
  "Nougat",
  "Pistachio",
] as const;
const LEAVES = [
  "East Frisian",
  "Earl Grey",
  "Sencha",
  "Rooibos Vanilla",
  "Peppermint",
  "Darjeeling",
  "Oolong",
  "Fennel & Anise",
  "Jasmine",
  "Winter Spice",
] as const;
const WEIGHTS = { option: "Weight", values: ["250 g", "500 g", "1 kg"] } as const;

type Choice = Pick<Recipe, "code" | "silhouette" | "names" | "kinds" | "euros" | "products"> &
  Partial<Recipe>;

function grocery(choice: Choice): Recipe {
  return {
    category: "Groceries",
    brands: ROASTERS,
    titles: ["{name} {kind}"],
    colours: PACKAGE_COLOURS,
    coloursPerProduct: "painted",
    sizes: null,
    taxClass: "reduced",
    endings: [49, 79, 95, 99],
    tags: ["food"],
    shelf: { from: 4, to: 48 },
    ...choice,
  };
}

function counter(choice: Choice): Recipe {
  return grocery({
    category: "Café",
    brands: ["Fennholm Café"],
    endings: [20, 50, 80],
    tags: ["café"],
    shelf: { from: 10, to: 60 },
    freshlyMade: true,
    ...choice,
  });
}

const BAKED = [COLOURS.camel, COLOURS.sand, COLOURS.clay] as const;

export const FOOD_RECIPES: readonly Recipe[] = [
  grocery({
    code: "COF",
    silhouette: "coffeebag",
    names: ORIGINS,
    kinds: ["Filter Roast", "Espresso Roast", "House Blend"],
    euros: { from: 7, to: 16 },
    products: 26,
    sizes: WEIGHTS,
  }),
  grocery({
    code: "TEE",
    content: { quantity: 100, unit: "g" },
    silhouette: "tin",
    names: LEAVES,
    kinds: ["Loose Tea", "Organic Tea"],
    euros: { from: 5, to: 14 },
    products: 20,
  }),
  grocery({
    code: "JAM",
    content: { quantity: 340, unit: "g" },
    silhouette: "jar",
    names: TASTES,
    kinds: ["Jam", "Honey", "Chutney"],
    euros: { from: 4, to: 9 },
    products: 32,
  }),
  grocery({
    code: "CHO",
    content: { quantity: 100, unit: "g" },
    silhouette: "chocolate",
    names: FLAVOURS,
    kinds: ["Chocolate", "Chocolate Bar", "Thins"],
    euros: { from: 2, to: 6 },
    products: 28,
  }),
  grocery({
    code: "BIS",
    content: { quantity: 150, unit: "g" },
    silhouette: "biscuits",
    names: FLAVOURS,
    kinds: ["Biscuits", "Shortbread", "Crisps"],
    euros: { from: 2, to: 7 },
    products: 26,
  }),
  grocery({
    code: "OIL",
    content: { quantity: 500, unit: "ml" },
    silhouette: "oil",
    names: ["Crete", "Umbria", "Jaén", "Istria", "Liguria", "Lesbos", "Alentejo", "Corfu"],
    kinds: ["Olive Oil", "Vinegar", "Dressing"],
    euros: { from: 7, to: 24 },
    products: 20,
    colours: [COLOURS.moss, COLOURS.mustard, COLOURS.rust, COLOURS.sage],
  }),
  grocery({
    code: "PAS",
    content: { quantity: 500, unit: "g" },
    silhouette: "pasta",
    names: ["Spelt", "Egg", "Wholegrain", "Durum", "Lentil", "Buckwheat"],
    kinds: ["Spaghetti", "Penne", "Fusilli", "Tagliatelle"],
    euros: { from: 1, to: 4 },
    products: 20,
  }),
  counter({
    code: "CUP",
    silhouette: "cup",
    names: [
      "Flat White",
      "Cappuccino",
      "Espresso",
      "Latte",
      "Filter Coffee",
      "Hot Chocolate",
      "Chai",
      "Cold Brew",
    ],
    kinds: ["small", "large", "to go"],
    euros: { from: 2, to: 5 },
    products: 18,
    taxClass: "standard",
    titles: ["{name}, {kind}"],
  }),
  counter({
    code: "CRO",
    silhouette: "croissant",
    names: ["Butter", "Almond", "Chocolate", "Ham & Cheese", "Plain"],
    kinds: ["Croissant"],
    euros: { from: 2, to: 4 },
    products: 5,
    colours: BAKED,
  }),
  counter({
    code: "CAK",
    silhouette: "cake",
    names: ["Cheese", "Apple", "Carrot", "Cherry", "Poppy Seed", "Plum"],
    kinds: ["Cake"],
    euros: { from: 3, to: 5 },
    products: 6,
    colours: [...BAKED, COLOURS.rose, COLOURS.chalk],
  }),
  counter({
    code: "SWI",
    silhouette: "sandwich",
    names: ["Cheese", "Hummus", "Salmon", "Egg", "Tomato"],
    kinds: ["Roll", "Ciabatta"],
    euros: { from: 4, to: 7 },
    products: 8,
    colours: BAKED,
  }),
];
