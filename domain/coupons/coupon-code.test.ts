import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCreditCode } from "../value/credit-code.ts";
import {
  COUPON_CODE_BYTES,
  couponCodeOf,
  couponSeriesOf,
  isLikeCouponCode,
  MAX_COUPON_SERIES,
  readCouponCode,
  readCouponWord,
} from "./coupon-code.ts";

const secrets = fc.uint8Array({ minLength: COUPON_CODE_BYTES, maxLength: COUPON_CODE_BYTES });
const series = fc.nat({ max: MAX_COUPON_SERIES - 1 }).map(couponSeriesOf);

describe("a coupon's code", () => {
  test("reads the same however it is typed, and says its series", () => {
    fc.assert(
      fc.property(series, secrets, (of, bytes) => {
        const code = couponCodeOf(of, bytes);
        expect(code).toMatch(/^CP[0-9A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}$/);
        const sloppy = code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
        expect(readCouponCode(` ${sloppy} `)).toEqual({ code, series: of });
        expect(readCreditCode(code)).toBeNull();
      }),
    );
  });

  test("with one wrong character is none, and still looks like one", () => {
    fc.assert(
      fc.property(series, secrets, fc.nat({ max: 15 }), fc.nat({ max: 30 }), (of, bytes, place, by) => {
        const bare = couponCodeOf(of, bytes).replaceAll("-", "");
        const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        const at = place + 2;
        const wrong = alphabet[(alphabet.indexOf(bare.charAt(at)) + 1 + by) % alphabet.length];
        const mistyped = bare.slice(0, at) + wrong + bare.slice(at + 1);
        expect(readCouponCode(mistyped)).toBeNull();
        expect(isLikeCouponCode(mistyped)).toBe(true);
      }),
    );
  });

  test("differs where any of its 60 random bits does", () => {
    fc.assert(
      fc.property(secrets, fc.integer({ min: 4, max: 63 }), (bytes, bit) => {
        const place = Math.floor(bit / 8);
        const other = bytes.with(place, (bytes.at(place) ?? 0) ^ (128 >> (bit % 8)));
        const of = couponSeriesOf(7);
        expect(couponCodeOf(of, other)).not.toBe(couponCodeOf(of, bytes));
      }),
    );
  });

  test.each(["", "4006381333931", "BER1-03-000123", "7Q2M-X0VD-AAAA-AAAA-AAAA", "CP00A-7Q2M"])(
    "is not %j",
    (text) => expect(isLikeCouponCode(text)).toBe(false),
  );

  test("is not made of too few random bytes, nor of a series that there cannot be", () => {
    expect(() => couponCodeOf(couponSeriesOf(0), new Uint8Array(4))).toThrow(RangeError);
    expect(() => couponSeriesOf(MAX_COUPON_SERIES)).toThrow(RangeError);
  });
});

test("a coupon word is the same in small letters and with blanks; a sentence is none", () => {
  expect(readCouponWord(" summer 10 ")).toBe("SUMMER10");
  expect(readCouponWord("Grüße")).toBeNull();
  expect(readCouponWord("ab")).toBeNull();
});
