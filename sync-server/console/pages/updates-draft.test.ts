import { describe, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { byVersion, draftOf, plansOf } from "./updates-draft.ts";

const AT = instant(Date.UTC(2026, 11, 1, 21, 0));
const toMoment = (local: string) => Date.parse(`${local}:00+01:00`);

describe("the versions that HQ types for its rings", () => {
  test("are shown by the clock of the machine and read back as the same moment", () => {
    const plans = { pilot: { version: "0.4.0", notBefore: AT }, early: null, all: null };
    const draft = draftOf(plans, "Europe/Berlin");
    expect(draft.pilot).toEqual({ version: "0.4.0", notBefore: "2026-12-01T22:00" });
    expect(plansOf(draft, toMoment)).toEqual(plans);
  });

  test("are wrong with a version that is none, or without a time", () => {
    const draft = draftOf({ pilot: { version: "0.4.0", notBefore: AT }, early: null, all: null }, "UTC");
    expect(
      plansOf({ ...draft, early: { version: "0.4", notBefore: "2026-12-01T22:00" } }, toMoment),
    ).toBeNull();
    expect(plansOf({ ...draft, early: { version: "0.4.0", notBefore: "" } }, toMoment)).toBeNull();
  });
});

test("tills of a store are told by what they run, the latest first", () => {
  const till = (register: number, version: string | null) => ({ register, version, lastSeenAt: null });
  expect(byVersion([till(1, "0.9.0"), till(2, null), till(3, "0.10.0"), till(4, "0.9.0")])).toEqual([
    { version: "0.10.0", registers: [3] },
    { version: "0.9.0", registers: [1, 4] },
    { version: null, registers: [2] },
  ]);
});
