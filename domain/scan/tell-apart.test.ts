import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COUPON_CODE_BYTES, couponCodeOf, couponSeriesOf } from "../coupons/coupon-code.ts";
import { gtinCheckDigit } from "../product/gtin.ts";
import { digitsOf } from "../returns/code/digits.ts";
import { CREDIT_CODE_BYTES, creditCodeOf } from "../value/credit-code.ts";
import { GROUP_SEPARATOR } from "./application-identifiers.ts";
import { articleCodes, tellApart } from "./tell-apart.ts";

const credit = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES));
const giftCard = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES), "giftCard");
const coupon = couponCodeOf(couponSeriesOf(0), new Uint8Array(COUPON_CODE_BYTES));
const receipt = digitsOf(new Uint8Array(100));

test.each([
  { what: "an EAN-13", code: "4006381333931", kind: "article" },
  { what: "an EAN-8", code: "96385074", kind: "article" },
  { what: "a UPC-A", code: "036000291452", kind: "article" },
  { what: "an EAN by a scanner that says so", code: "]E04006381333931", kind: "article" },
  { what: "a scale's label", code: "2112345005607", kind: "article" },
  { what: "a GS1-128 code", code: "]C101040063813339311726123110AB-1", kind: "gs1" },
  { what: "a GS1 DataBar code", code: "]e00104006381333931", kind: "gs1" },
  { what: "a GS1 DataMatrix code", code: `]d2010400638133393110AB-1${GROUP_SEPARATOR}2142`, kind: "gs1" },
  { what: "a GS1 QR code", code: "]Q3010400638133393117261231", kind: "gs1" },
  { what: "a GS1 code of a scanner that says nothing", code: "010400638133393110AB-1", kind: "gs1" },
  { what: "a GS1 code as people read it", code: "(01)04006381333931(10)AB-1", kind: "gs1" },
  { what: "a pallet", code: "]C100340063800000001234", kind: "gs1" },
  { what: "a Digital Link", code: "https://id.example/01/04006381333931/10/AB?17=261231", kind: "gs1" },
  { what: "a GS1 code that was cut short", code: "]C1010400638133", kind: "damaged" },
  { what: "a pickup code", code: "OTP:FEN-1047:K7M4PQ", kind: "pickup" },
  { what: "a pickup code by a scanner that says so", code: "]Q1OTP:FEN-1047:K7M4PQ", kind: "pickup" },
  { what: "a basket of the web shop", code: "OTB:WQ7K3MFD", kind: "basket" },
  { what: "a customer's QR code", code: "OTC:1234567890", kind: "customer" },
  { what: "a case's slip", code: "C-BER1-03-000012", kind: "case" },
  { what: "a receipt's number", code: "BER1-03-000123", kind: "receipt" },
  { what: "a receipt's own code", code: receipt, kind: "receipt" },
  { what: "a coupon", code: coupon, kind: "coupon" },
  { what: "a store credit", code: credit, kind: "value" },
  { what: "a gift card", code: giftCard, kind: "value" },
  { what: "a SKU", code: "MUG-RED", kind: "other" },
  { what: "a number that no article has", code: "4006381333932", kind: "other" },
  { what: "a web address", code: "https://shop.example/cart?basket=1", kind: "other" },
  { what: "nothing", code: "", kind: "other" },
])("$what is told apart", ({ code, kind }) => {
  expect(tellApart(code).meaning.kind).toBe(kind);
});

test("a magazine is found by its own number, without the issue's beside it", () => {
  expect(tellApart("]E3977123456789801").text).toBe("9771234567898");
});

describe("the article number", () => {
  const gtin14 = fc.stringMatching(/^\d{13}$/).map((body) => `${body}${gtinCheckDigit(body)}`);
  const lot = fc.stringMatching(/^[A-Za-z0-9]{1,20}$/);

  test("in any kind of GS1 code finds what the bare number finds", () => {
    fc.assert(
      fc.property(gtin14, lot, (gtin, batch) => {
        const codes = [
          `]C101${gtin}10${batch}`,
          `]e001${gtin}`,
          `]d201${gtin}10${batch}${GROUP_SEPARATOR}17261231`,
          `01${gtin}10${batch}`,
          `(01)${gtin}(10)${batch}`,
          `https://id.example/01/${gtin}/10/${batch}`,
          `http://id.example/01/${gtin.replace(/^0{1,2}/, "")}?17=261231`,
        ];
        for (const code of codes) expect(articleCodes(code)[0]).toBe(gtin);
      }),
    );
  });

  test("is found although the code has a credit's check digit by chance", () => {
    expect(articleCodes("011789885872135810m0")[0]).toBe("17898858721358");
  });

  test("is never made out of what is none: the text itself is asked for too", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(articleCodes(text).at(-1)).toBe(tellApart(text).text);
      }),
    );
  });
});

test("a coupon, a credit and a receipt are never taken for a GS1 code, whatever their secret is", () => {
  const secret = fc.uint8Array({ minLength: CREDIT_CODE_BYTES, maxLength: CREDIT_CODE_BYTES });
  fc.assert(
    fc.property(secret, (bytes) => {
      expect(tellApart(creditCodeOf(bytes)).meaning.kind).toBe("value");
      expect(tellApart(creditCodeOf(bytes, "giftCard")).meaning.kind).toBe("value");
      expect(tellApart(couponCodeOf(couponSeriesOf(7), bytes.slice(0, COUPON_CODE_BYTES))).meaning.kind).toBe(
        "coupon",
      );
      expect(tellApart(digitsOf(Uint8Array.from([...bytes, ...bytes, ...bytes]))).meaning.kind).toBe(
        "receipt",
      );
    }),
  );
});
