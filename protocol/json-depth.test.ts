import fc from "fast-check";
import { expect, test } from "vitest";
import { isTooDeep, MAX_JSON_DEPTH } from "./json-depth.ts";

const lists = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

test("S73 as deep as may be and one deeper, of lists and of objects", () => {
  for (const of of [lists, objects]) {
    expect(isTooDeep(of(MAX_JSON_DEPTH))).toBe(false);
    expect(isTooDeep(of(MAX_JSON_DEPTH + 1))).toBe(true);
  }
});

test("S73 what stands in a text counts for nothing, whatever it escapes", () => {
  const brackets = "[{".repeat(1_000);
  expect(isTooDeep(JSON.stringify({ [brackets]: [`\\"${brackets}\\`, brackets] }))).toBe(false);
  expect(isTooDeep(`${JSON.stringify('"\\')}${lists(MAX_JSON_DEPTH + 1)}`)).toBe(true);
});

test("S73 it is the depth that one counts in the value", () => {
  const depthOf = (value: unknown): number =>
    typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  const around = (value: unknown, times: number): unknown =>
    times === 0 ? value : [around(value, times - 1)];
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 0, max: MAX_JSON_DEPTH + 4 }), (value, times) => {
      const deep = around(value, times);
      expect(isTooDeep(JSON.stringify(deep))).toBe(depthOf(deep) > MAX_JSON_DEPTH);
    }),
  );
});
