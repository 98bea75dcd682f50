import fc from "fast-check";
import { expect, test } from "vitest";
import { isSigned } from "./signature.ts";

const body = new TextEncoder().encode("what do ya want for nothing?");
const secret = "Jefe";
/** RFC 4231, test case 2. */
const hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
const base64 = Buffer.from(hex, "hex").toString("base64");

test("the signature of RFC 4231 is known in both encodings", () => {
  expect(isSigned({ body, secret, signature: hex, encoding: "hex" })).toBe(true);
  expect(isSigned({ body, secret, signature: base64, encoding: "base64" })).toBe(true);
});

test.each([
  ["missing", undefined],
  ["empty", ""],
  ["in the other encoding", hex],
  ["cut short", base64.slice(0, -1)],
  ["with something after it", `${base64}=`],
])("a signature that is %s is none", (_, signature) => {
  expect(isSigned({ body, secret, signature, encoding: "base64" })).toBe(false);
});

test("another secret signs nothing, and an empty one never does", () => {
  expect(isSigned({ body, secret: "jefe", signature: base64, encoding: "base64" })).toBe(false);
  const ofEmptySecret = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
  expect(isSigned({ body: new Uint8Array(), secret: "", signature: ofEmptySecret, encoding: "hex" })).toBe(
    false,
  );
});

test("one altered byte anywhere is noticed", () => {
  fc.assert(
    fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
      const altered = body.map((byte, index) => (index === place ? byte ^ change : byte));
      expect(isSigned({ body: altered, secret, signature: base64, encoding: "base64" })).toBe(false);
    }),
  );
});
