import { expect, test } from "vitest";
import { TitleScan } from "./title-scan.ts";

const scan = new TitleScan(["Große Teekanne", "Kaffeebecher Düne", "teekanne, small", "Tee"]);

test("finds what contains the question, whatever its case and accents", () => {
  expect(scan.search({ text: "TEEKANNE", limit: 10 })).toEqual([0, 2]);
  expect(scan.search({ text: "grosse", limit: 10 })).toEqual([0]);
  expect(scan.search({ text: "dune", limit: 10 })).toEqual([1]);
});

test("gives the first ones when there are too many, and forgives nothing", () => {
  expect(scan.search({ text: "tee", limit: 2 })).toEqual([0, 2]);
  expect(scan.search({ text: "teeknane", limit: 2 })).toEqual([]);
});
