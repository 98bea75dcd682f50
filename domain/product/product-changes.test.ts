import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import type { CatalogueProduct, ProductDetails } from "./catalogue-product.ts";
import type { Product, Variant } from "./product.ts";
import { changesOf, takenBack } from "./product-changes.ts";

const word = fc.constantFrom("", "red", "M", "Mug", "Cup", "A very long name");
const image = fc.option(fc.constantFrom("a", "b").map((each) => idOf<"ImageHash">(each.repeat(64))));
const variant = (id: string): fc.Arbitrary<Variant> =>
  fc
    .record({
      sku: word.map((text) => idOf<"Sku">(text)),
      gtins: fc.array(
        fc.constantFrom("4006381333931", "40063812").map((text) => idOf<"Gtin">(text)),
        {
          maxLength: 2,
        },
      ),
      options: fc.array(word, { maxLength: 2 }),
      image,
      content: fc.option(fc.record({ quantity: fc.nat(9), unit: fc.constantFrom("g", "ml") })),
    })
    .map(({ content, ...rest }) => ({
      id: idOf<"Variant">(id),
      ...rest,
      ...(content === null ? {} : { content }),
    }));
const product: fc.Arbitrary<Product> = fc
  .record({
    title: word,
    brand: word,
    tags: fc.array(word, { maxLength: 2 }),
    status: fc.constantFrom("active", "draft", "archived"),
    image,
    soldBy: fc.option(fc.constantFrom("weight", "openPrice")),
    variants: fc
      .shuffledSubarray(["one", "two", "three"])
      .chain((ids) => fc.tuple(...ids.map((id) => variant(id)))),
  })
  .map(({ soldBy, ...rest }) => ({
    id: idOf<"Product">("mug"),
    handle: "mug",
    category: "",
    taxClass: idOf<"TaxClass">("standard"),
    optionNames: [],
    ...rest,
    ...(soldBy === null ? {} : { soldBy }),
  }));
const details: fc.Arbitrary<ProductDetails> = fc.record({
  description: word,
  pictures: fc.constant([]),
  attributes: fc.dictionary(fc.constantFrom("size", "colour"), fc.oneof(word, fc.boolean(), fc.nat(3)), {
    noNullPrototype: true,
  }),
  channels: fc.dictionary(
    fc.constantFrom("web", "till"),
    fc.record({ status: fc.constant(null), title: fc.option(word), description: fc.constant(null) }),
    { noNullPrototype: true },
  ),
});
const whole: fc.Arbitrary<CatalogueProduct> = fc.record({ product, details });

test("taking back a change leaves a product as it was before it", () => {
  fc.assert(
    fc.property(whole, whole, (before, after) => {
      const back = takenBack(after, changesOf(before, after));
      expect(back).toEqual({ ok: true, value: before });
    }),
  );
});

test("nothing that stayed the same is told as changed", () => {
  fc.assert(
    fc.property(whole, (same) => {
      expect(changesOf(same, structuredClone(same))).toEqual([]);
    }),
  );
});

const MUG = fc.sample(whole, { numRuns: 1, seed: 1 })[0] as CatalogueProduct;
const withTitle = (of: CatalogueProduct, title: string): CatalogueProduct => ({
  ...of,
  product: { ...of.product, title },
});

test("a field that somebody changed again meanwhile is named, and nothing is taken back", () => {
  const first = changesOf(withTitle(MUG, "Mug"), withTitle(MUG, "Cup"));
  expect(takenBack(withTitle(MUG, "Beaker"), first)).toEqual({
    ok: false,
    reason: { fields: [{ field: "title", variant: null }] },
  });
});

test("what somebody changed elsewhere meanwhile stays", () => {
  const first = changesOf(withTitle(MUG, "Mug"), withTitle(MUG, "Cup"));
  const since = withTitle({ ...MUG, product: { ...MUG.product, brand: "Other" } }, "Cup");
  const back = takenBack(since, first);
  expect(back.ok && back.value.product).toMatchObject({ title: "Mug", brand: "Other" });
});
