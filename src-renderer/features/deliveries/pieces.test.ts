import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { asExpected, type Counted, counted, piecesOf, resumed, toCount } from "./pieces.ts";

const MUG = { variant: idOf<"Variant">("mug"), sku: idOf<"Sku">("MUG"), name: "Mug" };
const OIL = { variant: idOf<"Variant">("oil"), sku: "OIL", name: "Oil" };
const lines = toCount({ lines: [{ ...MUG, toDo: 4, sent: 5, good: 1, damaged: 0 }] });
const figures = (all: readonly Counted[]) => all.map(({ sku, good, damaged }) => [sku, good, damaged]);

test("each scan is a piece more, whole or damaged", () => {
  const two = counted(counted(lines, MUG, { by: 1, to: "good" }), MUG, { by: 1, to: "damaged" });
  expect(figures(two)).toEqual([["MUG", 1, 1]]);
  expect(piecesOf(two)).toBe(2);
});

test("an article that nobody asked for is noted, and none is ever fewer than none", () => {
  const odd = counted(lines, OIL, { by: 1, to: "good" });
  expect(odd[1]).toMatchObject({ sku: "OIL", isExtra: true, good: 1 });
  expect(figures(counted(odd, OIL, { by: -3, to: "good" }))[1]).toEqual(["OIL", 0, 0]);
});

test("what was counted before a delivery was put aside is still counted, beside what became of it meanwhile", () => {
  const begun = counted(
    counted(counted(lines, MUG, { by: 2, to: "good" }), MUG, { by: 1, to: "damaged" }),
    OIL,
    {
      by: 1,
      to: "good",
    },
  );
  const now = toCount({ lines: [{ ...MUG, toDo: 3, sent: 5, good: 2, damaged: 0 }] });
  expect(resumed(now, begun)).toEqual([
    { ...MUG, toDo: 3, before: 2, isExtra: false, good: 2, damaged: 1 },
    { ...OIL, toDo: null, before: 0, isExtra: true, good: 1, damaged: 0 },
  ]);
  expect(resumed(now, lines)).toEqual(now);
});

test("as expected takes what is damaged into account", () => {
  const one = counted(lines, MUG, { by: 1, to: "damaged" });
  expect(figures(asExpected(one))).toEqual([["MUG", 3, 1]]);
});
