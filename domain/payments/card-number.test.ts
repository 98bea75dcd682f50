import fc from "fast-check";
import { expect, test } from "vitest";
import { lastFourOf, withoutCardNumbers } from "./card-number.ts";

test("a card number in a terminal's text is covered but for its last four digits, however it is grouped", () => {
  expect(withoutCardNumbers("Karte 4111111111111111 OK")).toBe("Karte ************1111 OK");
  expect(withoutCardNumbers("4111 1111 1111 1111")).toBe("**** **** **** 1111");
  expect(withoutCardNumbers("5500-0000-0000-0004")).toBe("****-****-****-0004");
});

test("amounts, approval codes, dates and terminal ids stay as they are", () => {
  for (const text of ["EUR 1234,50", "Genehmigung 123456", "2026-11-26 08:48", "TID 61234567"])
    expect(withoutCardNumbers(text)).toBe(text);
});

test("no text of a terminal brings a card number into the books, wherever it stands in it", () => {
  const number = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 })
    .map((digits) => digits.join("") + checkDigit(digits));
  fc.assert(
    fc.property(
      number,
      fc.constantFrom("PAN ", "", "x"),
      fc.constantFrom("", " end"),
      (digits, before, after) => {
        expect(withoutCardNumbers(before + digits + after)).not.toContain(digits);
      },
    ),
  );
});

test("other digits before or after a card number do not hide it", () => {
  expect(withoutCardNumbers("TERMINAL 55 4111111111111111")).toBe("TERMINAL 55 ************1111");
  expect(withoutCardNumbers("4111 1111 1111 1111 12/27")).toBe("**** **** **** 1111 12/27");
  expect(withoutCardNumbers("4111111111111111 123456 61234567")).toBe("************1111 123456 61234567");
  // A strip's second track without what separates its parts.
  expect(withoutCardNumbers("41111111111111112712201000012345")).not.toContain("4111111111111111");
});

test("of a covered number the last four digits are known", () => {
  expect(lastFourOf("411111 **** 1111")).toBe("1111");
  expect(lastFourOf("************0004 ")).toBe("0004");
  expect(lastFourOf("****")).toBeNull();
});

function checkDigit(digits: readonly number[]): number {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = digit * (place % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
