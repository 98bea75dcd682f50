import { expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { takenStep, toBase32, totpAddress, totpCode, totpStep } from "./totp.ts";

const SECRET = toBase32(Buffer.from("12345678901234567890"));

test("the secret of the standard's examples is written as apps read it", () => {
  expect(SECRET).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
});

// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
test.each([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_234_567_890, "005924"],
  [20_000_000_000, "353130"],
])("at second %i the code is %s", (seconds, code) => {
  expect(totpCode(SECRET, totpStep(instant(seconds * 1_000)))).toBe(code);
});

test("a code is taken around its time and once only", () => {
  const now = instant(1_800_000_000_000);
  const step = totpStep(now);
  const code = totpCode(SECRET, step);
  expect(takenStep(code, { secret: SECRET, lastStep: step - 1 }, now)).toBe(step);
  expect(takenStep(code, { secret: SECRET, lastStep: step }, now)).toBeNull();
  expect(takenStep(code, { secret: SECRET, lastStep: 0 }, instant(now + 30_000))).toBe(step);
  expect(takenStep(code, { secret: SECRET, lastStep: 0 }, instant(now + 60_000))).toBeNull();
  expect(takenStep("12 345", { secret: SECRET, lastStep: 0 }, now)).toBeNull();
});

test("an app is told whose code it is", () => {
  expect(totpAddress(SECRET, "hanna@onetill.example")).toBe(
    `otpauth://totp/Onetill%20HQ%3Ahanna%40onetill.example?secret=${SECRET}&issuer=Onetill%20HQ`,
  );
});
