import fc from "fast-check";
import { expect, test } from "vitest";
import { formatReceiptNumber, parseReceiptNumber, receiptNumberBegun } from "./receipt-number.ts";

test("the 123rd receipt of till 3 in Berlin is BER1-03-000123", () => {
  expect(formatReceiptNumber({ storeCode: "BER1", register: 3, counter: 123 })).toBe("BER1-03-000123");
});

test("the first receipt of a training says so in its number", () => {
  const first = { storeCode: "BER1", register: 3, counter: 1, training: true } as const;
  expect(formatReceiptNumber(first)).toBe("BER1-T03-000001");
  expect(parseReceiptNumber("BER1-T03-000001")).toEqual(first);
  expect(parseReceiptNumber("BER1-03-000001")?.training).toBeUndefined();
});

test("a receipt number is read back as it was written", () => {
  const number = fc.record({
    storeCode: fc.stringMatching(/^[A-Z0-9]{2,8}$/),
    register: fc.integer({ min: 1, max: 999 }),
    counter: fc.integer({ min: 1, max: 999_999_999 }),
  });
  fc.assert(
    fc.property(number, (parts) => {
      expect(parseReceiptNumber(formatReceiptNumber(parts))).toEqual(parts);
    }),
  );
});

test.each(["", "BER1-3-000123", "BER1-03-123", "ber1-03-000123", "BER1-03-000123 ", "BER1-03--00123"])(
  "%j is no receipt number",
  (text) => {
    expect(parseReceiptNumber(text)).toBeNull();
  },
);

test.each([
  ["ber1-01", "BER1-01"],
  [" BER1- ", "BER1-"],
  ["BER1-T03-0001", "BER1-T03-0001"],
  ["BER1-03-000123", "BER1-03-000123"],
])("%j is the beginning of receipt numbers", (typed, begun) => {
  expect(receiptNumberBegun(typed)).toBe(begun);
});

test.each(["", "BER1", "000123", "Riesling", "W-1001 x", "BER1-x", "BER1-03-00%", "-01-000001", "X-01"])(
  "by %j no receipt number begins that says its store",
  (typed) => {
    expect(receiptNumberBegun(typed)).toBeNull();
  },
);
