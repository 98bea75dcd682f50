import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alignedLines, pairLines } from "./columns.ts";

const WIDTHS = fc.constantFrom(32, 42, 48);
const WORDS = fc.array(fc.stringMatching(/^[a-z]{1,60}$/), { minLength: 1, maxLength: 8 });

describe("a name and an amount on one line", () => {
  test("a long name goes on below, the amount stays whole", () => {
    expect(pairLines({ left: "Wanderstiefel aus gewachstem Leder", right: "189,00", width: 24 })).toEqual([
      "Wanderstiefel aus 189,00",
      "gewachstem Leder",
    ]);
  });

  test("an amount that leaves no room stands below, at the right edge", () => {
    const right = "1.234.567.890,00 von 2.000.000.000,00";
    expect(pairLines({ left: "Wanderstiefel", right, width: 42 })).toEqual([
      "Wanderstiefel",
      right.padStart(42),
    ]);
  });

  test("nothing is lost and no line is too long, whatever stands left and right", () => {
    fc.assert(
      fc.property(WORDS, WORDS, WIDTHS, (name, amount, width) => {
        const lines = pairLines({ left: name.join(" "), right: amount.join(" "), width });
        expect(lines.every((line) => line.length <= width)).toBe(true);
        const letters = (text: string): string => [...text.replaceAll(" ", "")].sort().join("");
        expect(letters(lines.join(""))).toBe(letters([...name, ...amount].join("")));
      }),
    );
  });
});

describe("a text at its place", () => {
  test.each([
    ["left", "Danke"],
    ["center", "   Danke"],
    ["right", "       Danke"],
  ] as const)("stands %s", (align, line) => {
    expect(alignedLines({ text: "Danke", align, width: 12 })).toEqual([line]);
  });
});
