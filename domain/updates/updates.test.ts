import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { mayInstall, maySafelyInstall, planAhead, type TillMoment, waitForMoment } from "./may-install.ts";
import {
  NOTHING_STAGED,
  planOf,
  type RingPlans,
  ringOf,
  ringOutOfOrder,
  UPDATE_RINGS,
  type UpdatePlan,
  withRing,
} from "./rings.ts";
import { compareVersions, isVersion } from "./version.ts";

const numbers = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40));
const version = numbers.map((each) => each.join("."));
const plan: fc.Arbitrary<UpdatePlan> = fc.record({
  version: fc.constantFrom("0.3.0", "0.3.1", "0.10.0"),
  notBefore: fc.integer({ min: 0, max: 3 }).map(instant),
});
const plans: fc.Arbitrary<RingPlans> = fc.record({
  pilot: fc.option(plan),
  early: fc.option(plan),
  all: fc.option(plan),
});
const BERLIN = idOf<"Store">("berlin");
const HAMBURG = idOf<"Store">("hamburg");

describe("versions", () => {
  test("are ordered by their numbers, not as text", () => {
    expect(["0.10.0", "1.0.0", "0.9.9", "0.3.0"].toSorted(compareVersions)).toEqual([
      "0.3.0",
      "0.9.9",
      "0.10.0",
      "1.0.0",
    ]);
  });

  test("are ordered one way only, and the same only as themselves", () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
        expect(compareVersions(a, b) === 0).toBe(a === b);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test("are three numbers and nothing else", () => {
    for (const text of ["", "1", "1.2", "1.2.3.4", "v1.2.3", "1.2.3-beta", "01.2.3", "1.2.3\n", "../1.2.3"])
      expect(isVersion(text), text).toBe(false);
    expect(() => compareVersions("0.3.0", "latest")).toThrow(RangeError);
  });
});

describe("rings", () => {
  test("a store that nobody placed gets a version last", () => {
    const early = { version: "0.4.0", notBefore: instant(5) };
    const staged = { ...NOTHING_STAGED, plans: { ...NOTHING_STAGED.plans, pilot: early } };
    expect(planOf(staged, BERLIN)).toBeNull();
    const placed = withRing(withRing(staged, BERLIN, "early"), BERLIN, "pilot");
    expect(placed.rings).toHaveLength(1);
    expect(planOf(placed, BERLIN)).toEqual(early);
    expect(ringOf(placed, HAMBURG)).toBe("all");
  });

  test("no ring gets a version before the ring ahead of it", () => {
    fc.assert(
      fc.property(plans, (each) => {
        const inOrder = UPDATE_RINGS.every((ring, place) =>
          UPDATE_RINGS.slice(0, place).every((ahead) => {
            const [later, earlier] = [each[ring], each[ahead]];
            if (later === null) return true;
            if (earlier === null) return false;
            const apart = compareVersions(later.version, earlier.version);
            return apart < 0 || (apart === 0 && later.notBefore >= earlier.notBefore);
          }),
        );
        // A ring without a plan stops the version for those behind it, so looking at neighbours is enough.
        expect(ringOutOfOrder(each) === null).toBe(inOrder);
      }),
    );
  });
});

const moment: fc.Arbitrary<TillMoment> = fc.record({
  training: fc.boolean(),
  terminalPending: fc.boolean(),
  openBasket: fc.boolean(),
  paidParked: fc.boolean(),
  unsent: fc.nat(3),
  inUse: fc.boolean(),
});

describe("installing", () => {
  test("never breaks a ticket, a payment or a training off, and never before every entry is with the server", () => {
    fc.assert(
      fc.property(moment, (now) => {
        const quiet =
          !now.training && !now.terminalPending && !now.openBasket && !now.paidParked && now.unsent === 0;
        expect(maySafelyInstall(now).ok).toBe(quiet);
        expect(mayInstall(now).ok).toBe(quiet && !now.inUse);
      }),
    );
  });

  test("a till never goes back to an earlier version, and waits for the moment HQ said", () => {
    const wanted = { version: "0.4.0", notBefore: instant(1_000) };
    expect(planAhead(wanted, "0.3.9")).toBe(wanted);
    expect(planAhead(wanted, "0.4.0")).toBeNull();
    expect(planAhead(wanted, "0.10.0")).toBeNull();
    expect(planAhead(null, "0.3.0")).toBeNull();
    expect(waitForMoment(wanted, instant(400))).toBe(600);
    expect(waitForMoment(wanted, instant(1_000))).toBe(0);
  });
});
