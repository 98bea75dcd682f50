import { expect, test } from "vitest";
import { ENGLISH } from "./messages.ts";
import { t, tCount, tNamed } from "./translate.ts";

test("names in a message are filled in, numbers get their plural", () => {
  expect(t("catalogue.range", { first: 1, last: 25, total: 60 })).toBe("1–25 of 60");
  expect([tCount("catalogue.total", 1), tCount("catalogue.total", 2167)]).toEqual([
    "1 product",
    "2,167 products",
  ]);
});

test("an exception that this console has no words for keeps the server's", () => {
  expect(tNamed("exception", "oversold")).toBe("Sold more than there was");
  expect(tNamed("exception", "meteorite")).toBe("meteorite");
});

test("no message is empty", () => {
  expect(Object.entries(ENGLISH).filter(([, words]) => words.trim() === "")).toEqual([]);
});

test("of one thing it is not spoken as of many", () => {
  const counted = Object.keys(ENGLISH).filter((key) => key.endsWith(".one"));
  const others = counted.map((key) => key.replace(/one$/, "other"));
  expect(others.filter((key) => !Object.hasOwn(ENGLISH, key))).toEqual([]);
  const plural =
    /(?<!more than )\{(count|points|undone)\} (pieces|points|levels|changes|fields|pairs|times|tickets|orders)\b/;
  const loose = Object.entries(ENGLISH).filter(
    ([key, words]) => plural.test(words) && !key.endsWith(".other"),
  );
  expect(loose).toEqual([]);
});
