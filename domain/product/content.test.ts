import { expect, test } from "vitest";
import { contentIn, MEASURES, PIECES } from "./content.ts";

const inUnit = (sign: string, text: string) => {
  const measure = MEASURES.get(sign);
  return measure === undefined ? null : contentIn(measure, text);
};

test.each([
  ["l", "0,75", { quantity: 750, unit: "ml" }],
  ["kg", "1.500", { quantity: 1_500, unit: "g" }],
  ["m", " 2 ", { quantity: 2_000, unit: "mm" }],
  ["cl", "33", { quantity: 330, unit: "ml" }],
])("in %s, %j is what a package holds", (sign, text, content) => {
  expect(inUnit(sign, text)).toEqual(content);
});

test("what is no whole gram, nothing, or in a unit that nobody knows is no content", () => {
  expect(inUnit("g", "1.5")).toBeNull();
  expect(inUnit("kg", "0")).toBeNull();
  expect(inUnit("kg", "much")).toBeNull();
  expect(inUnit("constructor", "5")).toBeNull();
  expect(contentIn(PIECES, "6")).toEqual({ quantity: 6, unit: "piece" });
  expect(contentIn(PIECES, "1000000001")).toBeNull();
});
