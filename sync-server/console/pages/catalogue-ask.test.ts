import { expect, test } from "vitest";
import { questionOf, textOfValues, valuesOf } from "./catalogue-ask.ts";

test("an address says what is searched, filtered and sorted by", () => {
  const ask = {
    search: " tea ",
    brand: textOfValues(["Fennholm", "Tea, Pots & Co", ""]),
    price: "no",
    stock: "out",
    sort: "price",
    down: "true",
  };
  expect(questionOf(ask)).toEqual({
    filter: { search: "tea", brand: ["Fennholm", "Tea, Pots & Co", ""], price: "no", stock: "out" },
    sort: "price",
    down: true,
  });
  expect(valuesOf(ask, "brand")).toHaveLength(3);
});

test("an address that means nothing shows the whole catalogue by title", () => {
  expect(questionOf({ sort: "colour", stock: "much", price: "maybe" })).toEqual({
    filter: {},
    sort: "title",
    down: false,
  });
});
