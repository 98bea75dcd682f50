import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cardKey } from "./card.ts";
import { emailKey } from "./email.ts";
import { isSamePhone, phoneDigits, phoneTail } from "./phone.ts";

describe("e-mail addresses", () => {
  test.each([
    [" Anna.Ahrens@Example.COM ", "anna.ahrens@example.com"],
    ["anna+shop@example.com", "anna+shop@example.com"],
    ["ａnna@example.com", "anna@example.com"],
    ["no address", null],
    ["@example.com", null],
    ["anna@", null],
    ["", null],
    [null, null],
  ])("%s is compared as %s", (text, key) => {
    expect(emailKey(text)).toBe(key);
  });

  test("comparing a key again changes nothing, and capitals make no other address", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const key = emailKey(address);
        expect(key).not.toBeNull();
        expect(emailKey(key)).toBe(key);
        expect(emailKey(address.toUpperCase())).toBe(key);
        expect(emailKey(`  ${address} `)).toBe(key);
      }),
    );
  });
});

describe("telephone numbers", () => {
  const SPELLINGS = [
    "+49 30 23125 001",
    "0049 30 23125001",
    "+49 (0)30 / 23125-001",
    "030 23125 001",
    "030/23125.001",
    "(030) 23125 001",
  ];

  test("every spelling of a number is the same one, and they end alike", () => {
    for (const one of SPELLINGS)
      for (const other of SPELLINGS) {
        expect(isSamePhone(one, other), `${one} = ${other}`).toBe(true);
        expect(phoneTail(one)).toBe(phoneTail(other));
      }
  });

  test.each([
    ["+49 30 23125 001", "+49 30 23125 002"],
    ["+49 30 23125 001", "+43 30 23125 001"],
    ["030 23125 001", "040 23125 001"],
    ["23125 001", "+49 30 23125 001"],
    ["110", "110"],
    ["", ""],
  ])("%s and %s are not taken for one number", (one, other) => {
    expect(isSamePhone(one, other)).toBe(false);
  });

  const digits = (from: number, to: number) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: from, maxLength: to }).map((each) => each.join(""));
  const national = fc
    .tuple(fc.integer({ min: 1, max: 9 }), digits(5, 9))
    .map(([first, rest]) => `${first}${rest}`);
  const noise = fc.array(fc.constantFrom(" ", "-", "/", ".", ""), { minLength: 12, maxLength: 12 });
  const scattered = (number: string, signs: readonly string[]) =>
    [...number].map((digit, at) => digit + (signs[at % signs.length] ?? "")).join("");

  test("what stands between the digits makes no other number", () => {
    fc.assert(
      fc.property(national, noise, fc.constantFrom("1", "49", "353"), (number, signs, country) => {
        const written = scattered(number, signs);
        expect(isSamePhone(`0${written}`, `0${number}`)).toBe(true);
        expect(isSamePhone(`+${country} ${written}`, `00${country}${number}`)).toBe(true);
        expect(isSamePhone(`+${country} ${written}`, `0${number}`)).toBe(true);
      }),
    );
  });

  test("who is asked first makes no difference, and only numbers that end alike are the same", () => {
    const any = fc.tuple(fc.constantFrom("0", "00", "+", ""), digits(0, 11)).map((parts) => parts.join(""));
    fc.assert(
      fc.property(any, any, (one, other) => {
        const same = isSamePhone(one, other);
        expect(isSamePhone(other, one)).toBe(same);
        if (same) expect(phoneTail(one)).toBe(phoneTail(other));
        expect(phoneDigits(phoneDigits(one))).toBe(phoneDigits(one));
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ["FH40000137", "FH40000137"],
  ["otc:fh40000137", "FH40000137"],
  [" fh 4000-0137 ", "FH40000137"],
  ["OTC:", null],
  ["", null],
  [null, null],
])("the card %s is compared as %s", (text, key) => {
  expect(cardKey(text)).toBe(key);
});
