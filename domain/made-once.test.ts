import { expect, test, vi } from "vitest";
import { madeOnce } from "./made-once.ts";

test("what is made for the same names is made once, and other names get their own", () => {
  const make = vi.fn((locale: string, currency: string) => ({ locale, currency }));
  const made = madeOnce(make);
  expect(made("de", "EUR")).toEqual({ locale: "de", currency: "EUR" });
  expect(made("de", "EUR")).toBe(made("de", "EUR"));
  expect(made("de", "CHF")).toEqual({ locale: "de", currency: "CHF" });
  expect(made("d", "eEUR")).toEqual({ locale: "d", currency: "eEUR" });
  expect(make).toHaveBeenCalledTimes(3);
});

test("names without end are not kept without end", () => {
  const make = vi.fn((locale: string) => ({ locale }));
  const made = madeOnce(make);
  const first = made("0");
  for (let locale = 1; locale <= 1_000; locale += 1) made(String(locale));
  expect(make).toHaveBeenCalledTimes(1_001);
  made("1000");
  expect(make).toHaveBeenCalledTimes(1_001);
  expect(made("0")).not.toBe(first);
});

test("of more than are kept those used last are, and null is not", () => {
  const make = vi.fn((name: string) => (name === "none" ? null : { name }));
  const made = madeOnce(make, 2);
  const first = made("a");
  made("b");
  expect(made("none")).toBeNull();
  expect(made("a")).toBe(first);
  made("c");
  expect(made("a")).toBe(first);
  expect(make).toHaveBeenCalledTimes(4);
  expect(made("none")).toBeNull();
  made("b");
  expect(make).toHaveBeenCalledTimes(6);
});
