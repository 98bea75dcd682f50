import fc from "fast-check";
import { expect, test } from "vitest";
import { cellAfter, rangeOf, tsvOf } from "./grid-cells.ts";

const size = { rows: 100, columns: 4, page: 10 };
const from = { row: 5, column: 1 };
const after = (key: string, far = false) => cellAfter(key, from, { size, far });

test("keys lead to the next cell, a page on, and to the ends of row and list", () => {
  expect(after("ArrowDown")).toEqual({ row: 6, column: 1 });
  expect(after("PageUp")).toEqual({ row: 0, column: 1 });
  expect(after("End")).toEqual({ row: 5, column: 3 });
  expect(after("End", true)).toEqual({ row: 99, column: 3 });
  expect(after("Home", true)).toEqual({ row: 0, column: 0 });
  expect(after("x")).toBeNull();
});

test("no key leads out of the list", () => {
  const keys = fc.constantFrom(
    "ArrowUp",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "PageUp",
    "PageDown",
    "Home",
    "End",
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(keys, fc.boolean())), (pressed) => {
      let at = from;
      for (const [key, far] of pressed) at = cellAfter(key, at, { size, far }) ?? at;
      expect(at.row >= 0 && at.row < size.rows && at.column >= 0 && at.column < size.columns).toBe(true);
    }),
  );
});

test("cells between two are the same from either end, and are copied as a spreadsheet takes them", () => {
  const range = rangeOf({ row: 4, column: 0 }, { row: 2, column: 3 });
  expect(range).toEqual({ rows: [2, 4], columns: [0, 3] });
  expect(rangeOf({ row: 2, column: 3 }, { row: 4, column: 0 })).toEqual(range);
  expect(
    tsvOf([
      ["Mug", '12" plate'],
      ["a\tb", ""],
    ]),
  ).toBe('Mug\t"12"" plate"\n"a\tb"\t');
});
