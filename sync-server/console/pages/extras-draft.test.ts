import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { type KnownExtras, productExtrasRequestSchema } from "#protocol/hq/prices.ts";
import { extrasDraftOf, extrasRequestOf } from "./extras-draft.ts";

const EUR = idOf<"Currency">("EUR");
const SKU = idOf<"Sku">("WATER-75");
const KNOWN: KnownExtras = {
  soldBy: null,
  taxClass: idOf<"TaxClass">("reduced"),
  taxClasses: [],
  currency: EUR,
  links: [{ sku: idOf<"Sku">("DEP-25"), kind: "deposit" }],
  variants: [{ sku: SKU, content: { quantity: 750, unit: "ml" }, cost: money(40, EUR) }],
};
const BEFORE = extrasDraftOf(KNOWN, SKU);
const asked = (changes: Partial<typeof BEFORE>) =>
  extrasRequestOf({ ...BEFORE, ...changes }, { before: BEFORE, known: KNOWN, sku: SKU });

test("nothing changed asks for nothing", () => {
  expect(BEFORE).toMatchObject({ soldBy: "piece", content: "750 ml", cost: "0.40" });
  expect(asked({})).toEqual({ ok: true, value: { variants: [{ sku: SKU }] } });
});

test("what was changed is asked for, and what was emptied is taken away", () => {
  const links = { deposit: "DEP-25, CRATE", levy: "", bag: "BAG" };
  const request = asked({ soldBy: "weight", content: "1.5 l", cost: "", links });
  expect(request).toMatchObject({
    ok: true,
    value: {
      soldBy: "weight",
      links: [
        { sku: "DEP-25", kind: "deposit" },
        { sku: "CRATE", kind: "deposit" },
        { sku: "BAG", kind: "bag" },
      ],
      variants: [{ sku: SKU, content: { quantity: 1_500, unit: "ml" }, cost: null }],
    },
  });
  if (request.ok) expect(productExtrasRequestSchema.safeParse(request.value).success).toBe(true);
});

test.each(["75 cups", "0 g", "1.5 g", "much"])("a content of %j says nothing and is refused", (content) => {
  expect(asked({ content })).toEqual({ ok: false, reason: "wrongContent" });
});
