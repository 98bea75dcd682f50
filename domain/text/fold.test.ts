import fc from "fast-check";
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

test("words of plain ASCII are those that Unicode's own classes of letters and digits tell apart", () => {
  const ascii = fc.string({ unit: "binary-ascii" });
  const text = fc.oneof(
    ascii,
    fc.string({ unit: "grapheme" }),
    fc.tuple(ascii, fc.constantFrom("", "Ä", "ı")).map((two) => two.join("")),
  );
  fc.assert(
    fc.property(text, (one) => {
      const letters = fold(one).split(/[^\p{L}\p{N}]+/u);
      expect(wordsOf(one)).toEqual(letters.filter((word) => word !== ""));
    }),
  );
});
