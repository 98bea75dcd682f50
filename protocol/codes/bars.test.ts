import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bars, gtinBars, textBars } from "./bars.ts";

/** The left-hand patterns of set A, as the standard prints them (GS1 General Specifications, figure 5.2.1.2.1); B and C follow from them. */
const SET_A = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split(" ");
const SET_C = SET_A.map((pattern) => pattern.replaceAll(/./g, (bit) => (bit === "0" ? "1" : "0")));
const SET_B = SET_C.map((pattern) => [...pattern].reverse().join(""));
const FIRST_DIGIT = "AAAAAA AABABB AABBAB AABBBA ABAABB ABBAAB ABBBAA ABABAB ABABBA ABBABA".split(" ");

function modulesOf({ width, bars }: Bars): string {
  const modules = new Array<string>(width).fill("0");
  for (const bar of bars) modules.fill("1", bar.x, bar.x + bar.width);
  return modules.join("");
}

/** Reads an EAN-13 as a scanner does. */
function readEan13(modules: string): string {
  expect([modules.slice(0, 3), modules.slice(45, 50), modules.slice(92)]).toEqual(["101", "01010", "101"]);
  const at = (start: number) =>
    Array.from({ length: 6 }, (_, index) => modules.slice(start + 7 * index, start + 7 * index + 7));
  const left = at(3).map((pattern) => {
    const digit = SET_A.indexOf(pattern);
    return digit === -1 ? { set: "B", digit: SET_B.indexOf(pattern) } : { set: "A", digit };
  });
  const first = FIRST_DIGIT.indexOf(left.map(({ set }) => set).join(""));
  return [first, ...left.map(({ digit }) => digit), ...at(50).map((pattern) => SET_C.indexOf(pattern))].join(
    "",
  );
}

/** Weights 1 and 3 from the left of twelve digits. */
function checkDigit(body: string): number {
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10;
}

test("a scanner reads off the bars the number that was asked for", () => {
  const body = fc.array(fc.nat(9), { minLength: 12, maxLength: 12 }).map((digits) => digits.join(""));
  fc.assert(
    fc.property(body, (digits) => {
      const gtin = `${digits}${checkDigit(digits)}`;
      expect(readEan13(modulesOf(gtinBars(gtin)))).toBe(gtin);
    }),
  );
});

test("numbers of other lengths have their own bars, and what is no number has none", () => {
  expect(gtinBars("96385074").width).toBe(67);
  expect(gtinBars("036000291452").width).toBe(95);
  expect(gtinBars("10012345678902").bars.length).toBeGreaterThan(30);
  expect(() => gtinBars("123")).toThrow(RangeError);
  expect(() => gtinBars("9520009000123")).toThrow();
  expect(textBars("SOU-3001").bars.length).toBeGreaterThan(20);
});
