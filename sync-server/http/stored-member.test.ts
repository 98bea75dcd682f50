import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { storedMember } from "./stored-member.ts";

test("what is stored behind what is packed is read as one text", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "binary", maxLength: 300 }),
      (first, second) => {
        const [packed, stored] = [gzipSync(first), storedMember(second)];
        // Half of a character is not one in UTF-8.
        const texts = [first, second].map((text) => Buffer.from(text, "utf8").toString());
        expect(gunzipSync(Buffer.concat([packed, stored])).toString()).toBe(texts.join(""));
      },
    ),
  );
});

test("a text as long as a block may be is stored whole, and a longer one is refused", () => {
  const longest = "x".repeat(65_535);
  expect(gunzipSync(storedMember(longest)).toString()).toBe(longest);
  expect(() => storedMember(`${longest}x`)).toThrow("too long");
});
