import { describe, expect, it } from "vitest";
import { typeGrams, typePrice } from "./typed-figure.ts";

describe("a figure that is typed", () => {
  it("is digits without zeros before them", () => {
    expect(typeGrams("0", "4")).toBe("4");
    expect(typePrice("12", "x5")).toBe("125");
  });

  it("of grams never grows beyond what a package weighs", () => {
    expect(typeGrams("1000000", "0")).toBe("10000000");
    expect(typeGrams("10000000", "0")).toBe("10000000");
  });

  it("of a price has at most nine digits", () => {
    expect(typePrice("123456789", "0")).toBe("123456789");
  });
});
