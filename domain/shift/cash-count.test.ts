import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { decimalText } from "../money/format.ts";
import { money } from "../money/money.ts";
import { EUR, eur, JPY, KWD, USD } from "../testing/shop.ts";
import { checkCount, countOf, isWithin } from "./cash-count.ts";
import { denominationsOf, everydayUnit } from "./denominations.ts";

const CURRENCIES = ["EUR", "USD", "GBP", "CHF", "PLN", "KWD", "JPY", "MAD", "TND", "XTS"].map((code) =>
  idOf<"Currency">(code),
);

describe("coins and notes", () => {
  test("stand largest first, each once, in every currency", () => {
    for (const currency of CURRENCIES) {
      const faces = denominationsOf(currency);
      expect(faces).toEqual([...new Set(faces)].toSorted((a, b) => b - a));
      expect(faces.every((face) => Number.isSafeInteger(face) && face > 0)).toBe(true);
    }
  });

  test.each([
    [KWD, "20.000", "0.005"],
    [JPY, "10000", "1"],
    [EUR, "500.00", "0.01"],
    [idOf<"Currency">("CHF"), "1000.00", "0.05"],
    [idOf<"Currency">("HUF"), "20000", "5"],
    [idOf<"Currency">("XTS"), "500.00", "0.01"],
  ])("of %s go from %s to %s", (currency, largest, smallest) => {
    const faces = denominationsOf(currency);
    const text = (face: number | undefined) => decimalText(money(face ?? 0, currency));
    expect([text(faces[0]), text(faces.at(-1))]).toEqual([largest, smallest]);
  });
});

describe("what small prices are counted in", () => {
  test.each([
    ["EUR", "1.00"],
    ["USD", "1.00"],
    ["CHF", "1.00"],
    ["KWD", "0.100"],
    ["BHD", "0.100"],
    ["JPY", "100"],
    ["KRW", "1000"],
    ["HUF", "100"],
  ])("is in %s about a euro: %s", (code, written) => {
    const currency = idOf<"Currency">(code);
    expect(decimalText(money(everydayUnit(currency), currency))).toBe(written);
  });
});

describe("a count", () => {
  test("of whatever coins and notes comes to what they are worth", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CURRENCIES),
        fc.array(fc.nat(500), { maxLength: 8 }),
        (currency, pieces) => {
          const faces = denominationsOf(currency);
          const count = countOf(
            pieces.map((each, index) => ({ face: faces[index] ?? 0, pieces: each })),
            currency,
          );
          expect(count.total.minor).toBe(
            pieces.reduce((sum, each, index) => sum + each * (faces[index] ?? 0), 0),
          );
          expect(checkCount(count, currency)).toEqual({ ok: true, value: count });
        },
      ),
    );
  });

  test.each([
    ["a coin that there is not", { pieces: [{ face: 3, pieces: 1 }], total: eur(3) }],
    ["pieces that do not come to the total", { pieces: [{ face: 100, pieces: 2 }], total: eur(300) }],
    [
      "one note on two lines",
      {
        pieces: [
          { face: 100, pieces: 2 },
          { face: 100, pieces: 1 },
        ],
        total: eur(300),
      },
    ],
    ["a sum without pieces", { pieces: [], total: eur(300) }],
  ])("is none with %s", (_, count) => {
    expect(checkCount(count, EUR)).toEqual({ ok: false, reason: "badCount" });
  });

  test("is of the store's own money", () => {
    expect(checkCount(countOf([{ face: 100, pieces: 1 }], USD), EUR)).toEqual({
      ok: false,
      reason: "wrongCurrency",
    });
  });

  test("of an empty drawer is a count", () => {
    expect(checkCount(countOf([], EUR), EUR)).toMatchObject({ ok: true });
  });
});

test("what a store lets pass, it lets pass either way, to the cent", () => {
  const passes = (minor: number) => isWithin(eur(minor), eur(200));
  expect([-201, -200, 0, 200, 201].map(passes)).toEqual([false, true, true, true, false]);
});
