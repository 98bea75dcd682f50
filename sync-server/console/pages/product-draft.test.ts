import { expect, test } from "vitest";
import { draftOf, faultsOf, handleFrom, madeVariants, newDraft, requestOf } from "./product-draft.ts";

function ids(): () => string {
  let made = 0;
  return () => {
    made += 1;
    return `id-${made}`;
  };
}
const NEW = newDraft("standard", ids());

test("every combination of the options becomes a variant, and what was typed before stays", () => {
  const [only] = NEW.variants;
  const first = madeVariants(
    [{ ...NEW.variants[0], sku: "MUG" } as (typeof NEW.variants)[number]],
    [["S", "M"]],
    {
      handle: "mug",
      newId: ids(),
    },
  );
  expect(first.map(({ sku, options }) => [sku, ...options])).toEqual([
    ["MUG", "S"],
    ["MUG-M", "M"],
  ]);
  expect(first[0]?.id).toBe(only?.id);
  const more = madeVariants(first, [["S", "M", "L"]], { handle: "mug", newId: ids() });
  expect(more.slice(0, 2)).toEqual(first);
  expect(more[2]).toMatchObject({ sku: "MUG-L", options: ["L"] });
});

test("what is typed is what is asked for", () => {
  const typed = {
    ...NEW,
    product: { ...NEW.product, title: " Mug ", handle: "mug" },
    tags: "blue, clay, blue",
    values: { weight: "1,5", organic: "true", material: "clay", unsaid: " " },
    variants: NEW.variants.map((each) => ({
      ...each,
      sku: "MUG",
      gtins: "4006381333931 40063812",
      content: "0,5 l",
    })),
  };
  const kinds = { weight: "number", organic: "yesNo", material: "text" } as const;
  const attributes = Object.entries(kinds).map(([id, kind]) => ({
    id,
    name: id,
    kind,
    unit: "",
    choices: [],
  }));
  const { request, faults } = requestOf(typed, { attributes, version: null });
  expect(faults.size).toBe(0);
  expect(request.product).toMatchObject({ title: "Mug", tags: ["blue", "clay"] });
  expect(request.details.attributes).toEqual({ weight: 1.5, organic: true, material: "clay" });
  expect(request.product.variants).toMatchObject([
    { gtins: ["4006381333931", "40063812"], content: { quantity: 500, unit: "ml" } },
  ]);
  expect(draftOf({ product: request.product, details: request.details }).tags).toBe("blue, clay");
});

test("what cannot be read is said at its field", () => {
  const typed = { ...NEW, variants: NEW.variants.map((each) => ({ ...each, gtins: "12", content: "much" })) };
  const { faults } = requestOf(typed, { attributes: [], version: null });
  expect(Object.fromEntries(faults)).toEqual({
    handle: "empty",
    title: "empty",
    "variants.0.content": "wrongNumber",
    "variants.0.gtins": "wrongLength",
    "variants.0.sku": "empty",
  });
  expect(Object.fromEntries(faultsOf(["handle taken cup", "title empty"]))).toEqual({
    handle: "taken",
    title: "empty",
  });
});

test("a handle is made of the title", () => {
  expect(handleFrom('Becher "Norge", Größe M')).toBe("becher-norge-große-m");
});
