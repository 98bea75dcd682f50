import fc from "fast-check";
import { expect, test } from "vitest";
import { BADGE_CODE_BYTES, badgeCodeOf, badgeVerifierOf, readBadgeCode } from "./badge.ts";

const bytes = fc.uint8Array({ minLength: BADGE_CODE_BYTES, maxLength: BADGE_CODE_BYTES });

test("a badge is read as it was printed, whatever the scanner makes of its letters and dashes", () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const code = badgeCodeOf(random);
      expect(code).toMatch(/^CREW(-[0-9A-Z]{4}){5}$/);
      for (const scanned of [code, code.toLowerCase(), code.replaceAll("-", ""), ` ${code}\n`])
        expect(readBadgeCode(scanned)).toBe(code);
    }),
  );
});

test("a badge with one wrong character is nobody's", () => {
  fc.assert(
    fc.property(bytes, fc.integer({ min: 0, max: 23 }), (random, place) => {
      const bare = badgeCodeOf(random).replaceAll("-", "");
      const wrong = bare[place] === "7" ? "8" : "7";
      expect(readBadgeCode(bare.slice(0, place) + wrong + bare.slice(place + 1))).toBeNull();
    }),
  );
});

test("a short code, a GTIN and a gift card are no badges", () => {
  for (const code of ["12345678", "4006381333931", "CREW-1", "", "CARD-7Q2M-X0VD-K8F3-R111-1111"])
    expect(readBadgeCode(code)).toBeNull();
});

test("a badge is known by a digest that says nothing of its code", () => {
  const code = badgeCodeOf(new Uint8Array(BADGE_CODE_BYTES));
  const asked: string[] = [];
  const verifier = badgeVerifierOf(code, (text) => {
    asked.push(text);
    return "d".repeat(64);
  });
  expect(verifier).toEqual({ kind: "sha256", digest: "d".repeat(64) });
  expect(asked).toEqual([`onetill.badge.v1:${code}`]);
});
