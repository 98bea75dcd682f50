import { describe, expect, it } from "vitest";
import { MAX_GRAMS } from "#domain/pricing/weighed-price.ts";
import { typeDigits, typeNumber } from "./typed-digits.ts";

describe("a figure that is typed", () => {
  it("is digits without zeros before them", () => {
    expect(typeNumber("0", "4", MAX_GRAMS)).toBe("4");
    expect(typeDigits("12", "x5")).toBe("125");
  });

  it("of grams never grows beyond what a package weighs", () => {
    expect(typeNumber("1000000", "0", MAX_GRAMS)).toBe("10000000");
    expect(typeNumber("10000000", "0", MAX_GRAMS)).toBe("10000000");
  });

  it("of a price has at most nine digits", () => {
    expect(typeDigits("123456789", "0")).toBe("123456789");
  });
});
