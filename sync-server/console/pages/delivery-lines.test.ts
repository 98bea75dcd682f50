import { expect, test } from "vitest";
import { csvOf, pastedLines, piecesTyped, withLines } from "./delivery-lines.ts";

test("lines are read as people paste them: with commas, semicolons, tabs or blanks", () => {
  const { lines, wrong } = pastedLines('sku,pieces\nMUG-1,5\nTEA;3\r\nPOT\t2\n"CUP A",7\nOIL 4\nBAD,0\n\n');
  expect(lines.map(({ sku, pieces }) => [sku, pieces])).toEqual([
    ["MUG-1", "5"],
    ["TEA", "3"],
    ["POT", "2"],
    ["CUP A", "7"],
    ["OIL", "4"],
  ]);
  expect(wrong).toEqual(["sku,pieces", "BAD,0"]);
});

test("an article that is there already gets more pieces", () => {
  const tea = { sku: "TEA", name: "Tea", pieces: "2" };
  expect(withLines([tea], [{ sku: "TEA", name: "", pieces: "3" }])).toEqual([{ ...tea, pieces: "5" }]);
});

test("pieces are whole numbers above nothing", () => {
  expect(["5", " 7 ", "0", "-1", "1.5", "x", ""].map(piecesTyped)).toEqual([
    5,
    7,
    null,
    null,
    null,
    null,
    null,
  ]);
});

test("a file that is saved is no formula and keeps its cells apart", () => {
  expect(csvOf([["=A1", 'a "b"', -3]])).toBe(`'=A1,"a ""b""",-3\r\n`);
  expect(csvOf([["\uff1dA1", "\r=A1"]])).toBe(`'\uff1dA1,"'\r=A1"\r\n`);
});
