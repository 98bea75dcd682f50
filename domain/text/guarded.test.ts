import fc from "fast-check";
import { expect, test } from "vitest";
import { guarded, unguarded } from "./guarded.ts";

const text = fc.string({
  unit: fc.constantFrom("a", "ü", "=", "+", "-", "@", "'", ",", ";", '"', "\n", " ", "\t", "1", "😀"),
  maxLength: 12,
});

test("no text that a spreadsheet would run leaves as it is, and each comes back as it was", () => {
  fc.assert(
    fc.property(text, (any) => {
      expect(guarded(any)).not.toMatch(/^[=+\-@\t\r]/);
      expect(unguarded(guarded(any))).toBe(any);
    }),
  );
});
