import { expect, test } from "vitest";
import { comeBackRefusal, isRemoval } from "./removed-product.ts";

test("a product comes back whatever was wrong with it before, but not onto codes that others have by now", () => {
  expect(comeBackRefusal([])).toBeNull();
  const former = { field: "attributes.material", fault: "unknown", value: "gold" } as const;
  expect(comeBackRefusal([former])).toBeNull();
  expect(
    comeBackRefusal([
      former,
      { field: "taxClass", fault: "unknown", value: "luxury" },
      { field: "variants.0.sku", fault: "taken", value: "MUG-1" },
      { field: "variants.0.gtins.0", fault: "taken", value: "4006381333931" },
      { field: "handle", fault: "taken", value: "mug" },
    ]),
  ).toEqual({ kind: "codesTaken", codes: ["MUG-1", "4006381333931", "mug"] });
  expect(comeBackRefusal([{ field: "taxClass", fault: "unknown", value: "luxury" }])).toEqual({
    kind: "taxClassGone",
    taxClass: "luxury",
  });
});

test("being deleted is a change of the whole product, not of one of its variants", () => {
  const change = { field: "product", variant: null, from: { title: "Mug" }, to: null };
  expect(isRemoval({ changes: [change] })).toBe(true);
  expect(isRemoval({ changes: [{ ...change, field: "variant" }] })).toBe(false);
  expect(isRemoval({ changes: [] })).toBe(false);
});
