import { describe, expect, it } from "vitest";
import { idOf } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import { money } from "#domain/money/money.ts";
import { MAX_GRAMS } from "#domain/pricing/weighed-price.ts";
import { typeDigits, typeNumber, zerosKey } from "./typed-digits.ts";

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

  it.each([
    ["EUR", "12.00"],
    ["KWD", "12.000"],
    ["BHD", "12.000"],
    ["JPY", "12"],
  ])("in %s one key after the whole units makes their zeros", (code, written) => {
    const currency = idOf<"Currency">(code);
    const digits = typeDigits("12", zerosKey(currency) ?? "");
    expect(decimalText(money(Number(digits), currency))).toBe(written);
  });
});
