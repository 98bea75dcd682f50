import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { hasDecimals, readDiscount, typeDiscount, writeDiscount } from "./discount-entry.ts";
import { typeQuantity } from "./quantity-entry.ts";

const EUR = idOf<"Currency">("EUR");
const JPY = idOf<"Currency">("JPY");
const KWD = idOf<"Currency">("KWD");
const keyed = (keys: string, kind: "percent" | "amount", currency = EUR) =>
  [...keys].reduce((before, key) => typeDiscount({ before, keys: key, kind, currency }), "");

describe("typing a discount", () => {
  it("a percentage may have decimals, by point or comma", () => {
    expect(keyed("12,5", "percent")).toBe("12.5");
    expect(readDiscount({ kind: "percent", typed: "12.5", reason: "Damaged", currency: EUR })).toEqual({
      kind: "percent",
      ppm: 125_000,
      reason: "Damaged",
    });
  });

  it("an amount has as many decimals as its currency", () => {
    expect(keyed("5.005", "amount")).toBe("5.00");
    expect(keyed("5.5", "amount", JPY)).toBe("55");
    expect(readDiscount({ kind: "amount", typed: "5.5", reason: " Goodwill ", currency: EUR })).toEqual({
      kind: "amount",
      amount: money(550, EUR),
      reason: "Goodwill",
    });
  });

  it("in dinars has three decimals, in yen none and no key for them", () => {
    expect(keyed("1.2505", "amount", KWD)).toBe("1.250");
    const given = { kind: "amount", reason: "Goodwill" } as const;
    expect(readDiscount({ ...given, typed: "1.25", currency: KWD })).toMatchObject({
      amount: money(1_250, KWD),
    });
    expect(readDiscount({ ...given, typed: "55", currency: JPY })).toMatchObject({ amount: money(55, JPY) });
    expect(writeDiscount({ ...given, amount: money(1_250, KWD) })).toBe("1.250");
    expect([EUR, KWD, JPY].map((currency) => hasDecimals("amount", currency))).toEqual([true, true, false]);
    expect(hasDecimals("percent", JPY)).toBe(true);
  });

  it("without a reason, without a size or above all of it there is no discount", () => {
    const given = { kind: "percent", typed: "10", reason: "Staff", currency: EUR } as const;
    expect(readDiscount({ ...given, reason: "  " })).toBeNull();
    expect(readDiscount({ ...given, typed: "" })).toBeNull();
    expect(readDiscount({ ...given, typed: "0" })).toBeNull();
    expect(readDiscount({ ...given, typed: "100.01" })).toBeNull();
    expect(readDiscount({ ...given, typed: "100" })).not.toBeNull();
  });

  it("whatever keys are hit, what stands there can be read or is not given", () => {
    const kind = fc.constantFrom<"percent" | "amount">("percent", "amount");
    fc.assert(
      fc.property(kind, fc.string({ unit: fc.constantFrom(..."0123456789.,x-") }), (as, keys) => {
        const typed = keyed(keys, as);
        const discount = readDiscount({ kind: as, typed, reason: "Goodwill", currency: EUR });
        if (discount !== null)
          expect(
            readDiscount({ kind: as, typed: writeDiscount(discount), reason: "Goodwill", currency: EUR }),
          ).toEqual(discount);
        expect(typed).toMatch(/^(\d+(\.\d{0,2})?)?$/);
      }),
    );
  });
});

describe("typing a quantity", () => {
  it("is digits only, without leading zeros, and never more than a line takes", () => {
    expect(typeQuantity("", "0")).toBe("");
    expect(typeQuantity("1", "2")).toBe("12");
    expect(typeQuantity("12", "a")).toBe("12");
    expect(typeQuantity("9999", "9")).toBe("9999");
  });
});
