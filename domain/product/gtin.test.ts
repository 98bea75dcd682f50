import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gtinCheckDigit, gtinKey, parseGtin } from "./gtin.ts";
import { variantLabel } from "./variant-label.ts";

function read(text: string): string {
  const parsed = parseGtin(text);
  return parsed.ok ? gtinKey(parsed.value) : parsed.reason;
}

const digits = (length: number) =>
  fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((all) => all.join(""));
/** Any valid GTIN of 8, 12, 13 or 14 digits. */
const anyGtin = fc
  .constantFrom(7, 11, 12, 13)
  .chain(digits)
  .map((body) => `${body}${gtinCheckDigit(body)}`);

describe("bar codes", () => {
  test.each([
    ["96385074", "00000096385074"],
    ["036000291452", "00036000291452"],
    ["4006381333931", "04006381333931"],
    ["10012345678902", "10012345678902"],
    [" 4006381333931 ", "04006381333931"],
  ])("%s is a GTIN", (text, key) => {
    expect(read(text)).toBe(key);
  });

  test.each([
    ["4006381333932", "wrongCheckDigit"],
    ["400638133393", "wrongCheckDigit"],
    ["40063813339", "wrongLength"],
    ["", "notDigits"],
    ["400638133393X", "notDigits"],
    ["٤٠٠٦٣٨١٣٣٣٩٣١", "notDigits"],
  ])("%j is none", (text, reason) => {
    expect(read(text)).toBe(reason);
  });

  test("a UPC-A and the EAN-13 of the same article are found under one key", () => {
    expect(read("036000291452")).toBe(read("0036000291452"));
  });

  test("one digit misread is always noticed", () => {
    fc.assert(
      fc.property(anyGtin, fc.nat(13), fc.integer({ min: 1, max: 9 }), (gtin, at, by) => {
        fc.pre(at < gtin.length);
        const misread = gtin.slice(0, at) + ((Number(gtin[at]) + by) % 10) + gtin.slice(at + 1);
        expect(read(gtin)).toBe(gtin.padStart(14, "0"));
        expect(read(misread)).toBe("wrongCheckDigit");
      }),
    );
  });
});

test("a variant is called by its options, a product of one form by none", () => {
  expect(variantLabel(["M", "red"])).toBe("M / red");
  expect(variantLabel(["M", ""])).toBe("M");
  expect(variantLabel(["Default Title"])).toBe("");
  expect(variantLabel([])).toBe("");
});
