import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { NO_DETAILS, type ProductDetails } from "./catalogue-product.ts";
import { type CheckContext, checkProduct } from "./check-product.ts";
import type { Product, Variant } from "./product.ts";

const variant = (id: string, of: Partial<Variant> = {}): Variant => ({
  id: idOf<"Variant">(id),
  sku: idOf<"Sku">(`SKU-${id}`),
  gtins: [],
  options: [id],
  image: null,
  ...of,
});
const MUG: Product = {
  id: idOf<"Product">("mug"),
  handle: "mug",
  title: "Mug",
  brand: "",
  category: "",
  tags: [],
  taxClass: idOf<"TaxClass">("standard"),
  status: "active",
  optionNames: ["Colour"],
  variants: [variant("red"), variant("blue")],
  image: null,
};
const CONTEXT: CheckContext = {
  taxClasses: [idOf<"TaxClass">("standard")],
  attributes: [
    { id: "material", name: "Material", kind: "choice", unit: "", choices: ["clay"] },
    { id: "weight", name: "Weight", kind: "number", unit: "kg", choices: [] },
  ],
  isHandleTaken: false,
  takenSkus: new Set([idOf<"Sku">("TAKEN")]),
  takenGtins: new Set(["04006381333931"]),
};
const faults = (
  change: Partial<Product>,
  context: Partial<CheckContext> = {},
  details: Partial<ProductDetails> = {},
) =>
  checkProduct(
    { product: { ...MUG, ...change }, details: { ...NO_DETAILS, ...details } },
    { ...CONTEXT, ...context },
  ).map(({ field, fault }) => `${field} ${fault}`);

test("a product with everything in order may be saved", () => {
  expect(faults({})).toEqual([]);
});

test.each<readonly [string, Partial<Product>, readonly string[]]>([
  ["has no title", { title: " " }, ["title empty"]],
  ["has a handle that is no address", { handle: "a b" }, ["handle notPlain"]],
  ["is taxed by a class that there is not", { taxClass: idOf<"TaxClass">("odd") }, ["taxClass unknown"]],
  ["has a tag that files would read as two", { tags: ["a, b"] }, ["tags notPlain"]],
  ["has no variant", { variants: [] }, ["variants none"]],
  [
    "has the SKU of another",
    { variants: [variant("red", { sku: idOf<"Sku">("TAKEN") })] },
    ["variants.0.sku taken"],
  ],
  [
    "has one SKU twice",
    { variants: [variant("red"), variant("blue", { sku: idOf<"Sku">("SKU-red") })] },
    ["variants.1.sku twice"],
  ],
  [
    "has a mistyped GTIN",
    { variants: [variant("red", { gtins: [idOf<"Gtin">("4006381333932")] })] },
    ["variants.0.gtins wrongCheckDigit"],
  ],
  [
    "has the UPC of what another has as EAN",
    { variants: [variant("red", { gtins: [idOf<"Gtin">("4006381333931")] })] },
    ["variants.0.gtins taken"],
  ],
  [
    "has a variant without its options",
    { variants: [variant("red", { options: [] })] },
    ["variants.0.options wrongNumber"],
  ],
  [
    "has two variants of the same form",
    { variants: [variant("red"), variant("blue", { options: ["red"] })] },
    ["variants.1.options twice"],
  ],
  [
    "names an option twice",
    { optionNames: ["Size", "Size"], variants: [variant("x", { options: ["a", "b"] })] },
    ["optionNames.1 twice"],
  ],
])("a product that %s is not saved, and the field is named", (_name, change, expected) => {
  expect(faults(change)).toEqual(expected);
});

test("a handle that another product has is named", () => {
  expect(faults({}, { isHandleTaken: true })).toEqual(["handle taken"]);
});

test("attributes are what they were said to be", () => {
  expect(faults({}, {}, { attributes: { material: "clay", weight: 1.5 } })).toEqual([]);
  expect(faults({}, {}, { attributes: { material: "gold", weight: "heavy", odd: true } })).toEqual([
    "attributes.material unknown",
    "attributes.weight wrongKind",
    "attributes.odd unknown",
  ]);
});
