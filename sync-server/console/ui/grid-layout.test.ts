import { expect, test } from "vitest";
import { layoutOf, shownColumns, withPlace, withShown, withWidth } from "./grid-layout.ts";

const COLUMNS = [
  { id: "title", width: 200 },
  { id: "sku", width: 100 },
  { id: "tags", width: 100, isHidden: true },
];
const first = layoutOf(COLUMNS, null);
const ids = (layout: typeof first) => shownColumns(COLUMNS, layout).map(({ id }) => id);

test("columns come as they are made, those that few want hidden", () => {
  expect(ids(first)).toEqual(["title", "sku"]);
  expect(ids(withShown(first, "tags", true))).toEqual(["title", "sku", "tags"]);
});

test("a column moves to where another is, and one column always stays", () => {
  expect(ids(withPlace(first, "sku", "title"))).toEqual(["sku", "title"]);
  expect(ids(withPlace(first, "sku", "nothing"))).toEqual(["title", "sku"]);
  const one = withShown(first, "title", false);
  expect(ids(one)).toEqual(["sku"]);
  expect(ids(withShown(one, "sku", false))).toEqual(["sku"]);
});

test("a column is as wide as somebody made it, never too narrow to be read", () => {
  expect(shownColumns(COLUMNS, withWidth(first, "sku", 3))[1]?.width).toBe(64);
  expect(shownColumns(COLUMNS, withWidth(first, "sku", 333.4))[1]?.width).toBe(333);
});

test("what was kept holds for a console that has other columns by now", () => {
  const kept = { order: ["gone", "sku", "title"], hidden: ["gone"], widths: { gone: 1, sku: 300 } };
  const layout = layoutOf(COLUMNS, kept);
  expect(ids(layout)).toEqual(["sku", "title"]);
  expect(layout.hidden).toEqual(["tags"]);
});
