import { OUTDOOR_COLOURS } from "../colours.ts";
import { NINETY_FIVE, type Recipe } from "./recipe.ts";

const BRANDS = ["Skarn", "Brimholt", "Torvik", "Weitblick", "Northing", "Hochmoor"] as const;
const PEAKS = [
  "Alta",
  "Brocken",
  "Col",
  "Dachs",
  "Edel",
  "Ferner",
  "Grat",
  "Hirsch",
  "Inn",
  "Joch",
  "Kar",
  "Luchs",
  "Marmot",
  "Nebel",
  "Ortler",
  "Pass",
  "Rinn",
  "Steig",
  "Tal",
  "Ural",
] as const;

type Choice = Pick<Recipe, "code" | "silhouette" | "kinds" | "euros" | "products"> & Partial<Recipe>;

function outdoor(choice: Choice): Recipe {
  return {
    category: "Outdoor",
    brands: BRANDS,
    titles: ["{name} {kind}"],
    names: PEAKS,
    colours: OUTDOOR_COLOURS,
    coloursPerProduct: { from: 1, to: 3 },
    sizes: null,
    taxClass: "standard",
    endings: NINETY_FIVE,
    tags: ["outdoor"],
    shelf: { from: 0, to: 12 },
    ...choice,
  };
}

export const OUTDOOR_RECIPES: readonly Recipe[] = [
  outdoor({
    code: "BAC",
    silhouette: "backpack",
    kinds: ["Daypack", "Trekking Pack", "Roll-Top Backpack", "Commuter Pack"],
    euros: { from: 49, to: 189 },
    products: 50,
    sizes: { option: "Volume", values: ["18 l", "28 l", "42 l"] },
  }),
  outdoor({
    code: "TEN",
    silhouette: "tent",
    kinds: ["Tent", "Trekking Tent", "Family Tent"],
    euros: { from: 149, to: 499 },
    products: 22,
    sizes: { option: "Sleeps", values: ["2", "3", "4"] },
    shelf: { from: 0, to: 4 },
  }),
  outdoor({
    code: "BOT",
    silhouette: "bottle",
    kinds: ["Steel Bottle", "Insulated Bottle", "Trail Flask"],
    euros: { from: 17, to: 44 },
    products: 40,
    sizes: { option: "Volume", values: ["0.5 l", "0.75 l", "1 l"] },
  }),
  outdoor({
    code: "SLE",
    silhouette: "sleepingbag",
    kinds: ["Sleeping Bag", "Down Sleeping Bag", "Summer Sleeping Bag"],
    euros: { from: 79, to: 349 },
    products: 24,
    shelf: { from: 0, to: 5 },
  }),
  outdoor({
    code: "LAN",
    silhouette: "lantern",
    kinds: ["Camp Lantern", "LED Lantern", "Storm Lantern"],
    euros: { from: 24, to: 69 },
    products: 24,
  }),
  outdoor({
    code: "MAT",
    silhouette: "mat",
    kinds: ["Sleeping Mat", "Yoga Mat", "Folding Mat"],
    euros: { from: 29, to: 119 },
    products: 24,
  }),
  outdoor({
    code: "UMB",
    silhouette: "umbrella",
    kinds: ["Pocket Umbrella", "Storm Umbrella", "Stick Umbrella"],
    euros: { from: 19, to: 59 },
    products: 24,
  }),
  outdoor({
    code: "TOT",
    silhouette: "tote",
    kinds: ["Canvas Tote", "Dry Bag", "Market Tote"],
    euros: { from: 14, to: 59 },
    products: 32,
  }),
];
