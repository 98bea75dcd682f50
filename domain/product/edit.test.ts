import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { editedProduct, type ProductEdit } from "./edit.ts";
import type { Product } from "./product.ts";

const STANDARD = idOf<"TaxClass">("standard");
const MUG: Product = {
  id: idOf<"Product">("mug"),
  handle: "mug",
  title: "Mug",
  brand: "Fennholm",
  category: "Kitchen",
  tags: ["gift", "blue"],
  taxClass: STANDARD,
  status: "active",
  optionNames: [],
  variants: [],
  image: null,
};

test("only what is said is different, and what was so already is no change", () => {
  expect(editedProduct(MUG, { title: "Cup", brand: "Fennholm" }, [STANDARD])).toEqual({
    ok: true,
    value: { product: { ...MUG, title: "Cup" }, fields: ["title"] },
  });
  expect(editedProduct(MUG, { status: "active", addTags: ["gift"] }, [STANDARD])).toEqual({
    ok: true,
    value: { product: MUG, fields: [] },
  });
});

test("a product is never without a title, nor in a tax class that a store does not know", () => {
  expect(editedProduct(MUG, { title: "  " }, [STANDARD])).toEqual({ ok: false, reason: "untitled" });
  expect(editedProduct(MUG, { taxClass: idOf<"TaxClass">("luxury") }, [STANDARD])).toEqual({
    ok: false,
    reason: "unknownTaxClass",
  });
});

const tags = fc.array(fc.constantFrom("gift", "blue", "red", "sale"), { maxLength: 4 });

test("whatever tags are added and removed: the added ones are there once, the removed ones are not, and doing it again changes nothing", () => {
  fc.assert(
    fc.property(tags, tags, (addTags, removeTags) => {
      const edit: ProductEdit = { addTags, removeTags };
      const first = editedProduct(MUG, edit, [STANDARD]);
      if (!first.ok) throw new Error(first.reason);
      const { product } = first.value;
      expect(new Set(product.tags).size).toBe(product.tags.length);
      for (const tag of addTags) expect(product.tags).toContain(tag);
      for (const tag of removeTags) if (!addTags.includes(tag)) expect(product.tags).not.toContain(tag);
      expect(editedProduct(product, edit, [STANDARD])).toEqual({ ok: true, value: { product, fields: [] } });
    }),
  );
});
