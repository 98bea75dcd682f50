import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { clockInRefusal } from "./time-clock.ts";

const staff = idOf<"Staff">("mira");
const moment = fc.integer({ min: 0, max: 4_000_000_000_000 }).map(instant);

test("whoever is not at work comes to work, whatever they say of before", () => {
  fc.assert(
    fc.property(fc.option(moment), moment, (leftAt, now) => {
      expect(clockInRefusal({ before: null, leftAt, now })).toBeNull();
    }),
  );
});

test("whoever forgot to clock out says when they left: after they came, and not in times to come", () => {
  fc.assert(
    fc.property(moment, moment, moment, (since, leftAt, now) => {
      const before = { staff, since };
      expect(clockInRefusal({ before, leftAt: null, now })).toBe("stillIn");
      const isPossible = since <= leftAt && leftAt <= now;
      expect(clockInRefusal({ before, leftAt, now })).toBe(isPossible ? null : "badTime");
    }),
  );
});
