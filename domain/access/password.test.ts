import fc from "fast-check";
import { expect, test } from "vitest";
import { MIN_PASSWORD_CHARS, passwordFlaw } from "./password.ts";

const HANNA = { email: "hanna.vogt@onetill.example", name: "Hanna Vogt" };

test.each([
  ["short", "tooShort"],
  ["elevenchars", "tooShort"],
  ["x".repeat(500), "tooLong"],
  ["hanna.vogt@onetill.example", "personal"],
  ["Hanna-Vogt-2026", "personal"],
  ["VogtHanna!!!", "personal"],
  ["password1234", "common"],
  ["P@ssw0rd2026!", "common"],
  ["passwordpassword", "common"],
  ["1234567890123", "common"],
  ["qwertyuiop123456", "common"],
  ["zyxwvutsrqponm", "common"],
  ["aaaaaaaaaaaaaa", "common"],
  ["abcdabcdabcd", "common"],
  ["Willkommen2026", "common"],
])("%s is refused as %s", (password, flaw) => {
  expect(passwordFlaw(password, HANNA)).toBe(flaw);
});

test.each([
  "correct horse battery",
  "seven mugs of tea",
  "Grüße aus Wismar",
  "x7!kQ2pz-9vB",
  "Hanna likes her tea with milk",
])("%s may be a password: no kinds of characters are asked for", (password) => {
  expect(passwordFlaw(password, HANNA)).toBeNull();
});

test("whatever is too short is refused, and every answer is the same for the same password", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const flaw = passwordFlaw(text, HANNA);
      expect(passwordFlaw(text, HANNA)).toBe(flaw);
      if ([...text].length < MIN_PASSWORD_CHARS) expect(flaw).toBe("tooShort");
    }),
  );
});
