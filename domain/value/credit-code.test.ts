import fc from "fast-check";
import { expect, test } from "vitest";
import { CREDIT_CODE_BYTES, creditCodeOf, readCreditCode } from "./credit-code.ts";

const secrets = fc.uint8Array({ minLength: CREDIT_CODE_BYTES, maxLength: CREDIT_CODE_BYTES });

test("a credit's code reads the same however it is typed", () => {
  fc.assert(
    fc.property(secrets, (bytes) => {
      const code = creditCodeOf(bytes);
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}$/);
      const sloppy = code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
      expect(readCreditCode(` ${sloppy} `)).toBe(code);
    }),
  );
});

test("one wrong character and it is no credit's code", () => {
  fc.assert(
    fc.property(secrets, fc.nat({ max: 19 }), fc.nat({ max: 30 }), (bytes, at, by) => {
      const bare = creditCodeOf(bytes).replaceAll("-", "");
      const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
      const wrong = alphabet[(alphabet.indexOf(bare.charAt(at)) + 1 + by) % alphabet.length];
      expect(readCreditCode(bare.slice(0, at) + wrong + bare.slice(at + 1))).toBeNull();
    }),
  );
});

test("different secrets are different codes", () => {
  fc.assert(
    fc.property(secrets, fc.nat({ max: CREDIT_CODE_BYTES - 2 }), (bytes, at) => {
      const other = bytes.with(at + 1, (bytes.at(at + 1) ?? 0) ^ 1);
      expect(creditCodeOf(other)).not.toBe(creditCodeOf(bytes));
    }),
  );
});

test.each(["", "BER1-03-000123", "7Q2M-X0VD", "!!!!-!!!!-!!!!-!!!!-!!!!"])(
  "%j is no credit's code",
  (text) => {
    expect(readCreditCode(text)).toBeNull();
  },
);

test("a code of too few random bytes is not made", () => {
  expect(() => creditCodeOf(new Uint8Array(4))).toThrow(RangeError);
});
