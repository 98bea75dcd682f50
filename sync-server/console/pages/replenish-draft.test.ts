import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { Proposal } from "#protocol/hq/replenish.ts";
import { deliveryOf, givingStores, ruleOf, SUPPLIER } from "./replenish-draft.ts";

const proposal = (sku: string, proposed: number, spare: Proposal["spare"] = []): Proposal => ({
  variant: idOf<"Variant">(sku),
  sku: idOf<"Sku">(sku),
  title: sku,
  options: [],
  category: "Tea",
  reorderPoint: 3,
  target: 9,
  pack: 1,
  rule: { of: "category", forStore: false },
  onHand: 1,
  reserved: 0,
  safetyStock: 0,
  free: 1,
  incoming: 0,
  soldPerWeek: 2,
  proposed,
  spare,
});
const TEA = proposal("TEA", 8, [{ store: "HAM1", pieces: 5 }]);
const CUP = proposal("CUP", 4);
const NOTHING_TYPED = new Map<string, string>();
const draft = { from: SUPPLIER, supplier: " Tea House ", expectedOn: "" };

test("what is taken becomes a supplier's delivery with the pieces that are proposed or were typed instead", () => {
  const typed = new Map([["CUP", "12"]]);
  expect(deliveryOf([TEA, CUP], { to: "BER1", draft, typed })).toMatchObject({
    supplier: "Tea House",
    from: null,
    to: "BER1",
    lines: [
      { sku: "TEA", pieces: 8 },
      { sku: "CUP", pieces: 12 },
    ],
  });
  const wrong = new Map([["CUP", "many"]]);
  expect(deliveryOf([TEA, CUP], { to: "BER1", draft, typed: wrong })).toBeNull();
  expect(deliveryOf([TEA], { to: "BER1", draft: { ...draft, supplier: " " }, typed })).toBeNull();
  expect(deliveryOf([], { to: "BER1", draft, typed })).toBeNull();
});

test("another store gives no more than it can spare, and nothing of what it has too few of", () => {
  expect(givingStores([TEA, CUP])).toEqual([{ store: "HAM1", articles: 1 }]);
  const from = { ...draft, from: "HAM1", supplier: "" };
  const wanted = deliveryOf([TEA, CUP], { to: "BER1", draft: from, typed: NOTHING_TYPED });
  expect(wanted).toMatchObject({ from: "HAM1", lines: [{ sku: "TEA", pieces: 5 }] });
  expect(deliveryOf([CUP], { to: "BER1", draft: from, typed: NOTHING_TYPED })).toBeNull();
});

test("a rule needs a target above its reorder point and something that it is about", () => {
  const typed = {
    kind: "category",
    category: "Tea",
    sku: "",
    store: "",
    reorderPoint: "3",
    target: "9",
    pack: "6",
  } as const;
  expect(ruleOf(typed)).toEqual({
    subject: { kind: "category", category: "Tea" },
    store: null,
    rule: { reorderPoint: 3, target: 9, pack: 6 },
  });
  expect(ruleOf({ ...typed, kind: "article", sku: "TEA-1", store: "BER1" })).toMatchObject({
    subject: { kind: "article", sku: "TEA-1" },
    store: "BER1",
  });
  for (const wrong of [
    { target: "3" },
    { pack: "0" },
    { reorderPoint: "" },
    { category: " " },
    { target: "1.5" },
  ])
    expect(ruleOf({ ...typed, ...wrong })).toBeNull();
});
