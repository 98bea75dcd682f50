import fc from "fast-check";
import { expect, test } from "vitest";
import { moved } from "../ui/moved.ts";
import { percentOf, ppmOf } from "./routing-draft.ts";

test("a rule goes up or down one place, and nowhere at the ends", () => {
  expect(moved(["a", "b", "c"], 1, -1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 1, 1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  expect(moved(["a", "b"], 1, 1)).toEqual(["a", "b"]);
});

test("every share is read back as it was shown", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000 }), (ppm) => ppmOf(percentOf(ppm)) === ppm));
});

test("a share is typed with a point, a comma or a percent sign; more than all of it is none", () => {
  expect(["33,5", " 50 % ", "100", "100.01", "-1", "half", ""].map(ppmOf)).toEqual([
    335_000,
    500_000,
    1_000_000,
    null,
    null,
    null,
    null,
  ]);
});
