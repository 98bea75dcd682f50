import { expect, test } from "vitest";
import { fold, wordsOf } from "./fold.ts";

test.each([
  ["Mütze", "mutze"],
  ["CRÈME BRÛLÉE", "creme brulee"],
  ["Straße", "strasse"],
  ["Smørrebrød Łódź", "smorrebrod lodz"],
  ["ﬁne №5", "fine no5"],
  ["plain", "plain"],
])("%s is searched as %s", (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test("words are told apart by anything that is no letter or digit", () => {
  expect(wordsOf("T-Shirt »Ärmel« (S/M), 100 %")).toEqual(["t", "shirt", "armel", "s", "m", "100"]);
});
