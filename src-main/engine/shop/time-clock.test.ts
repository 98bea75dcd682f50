import { beforeEach, describe, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { MIRA, PINS } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const HOUR_MS = 3_600_000;
const who = { staff: MIRA.id, pin: PINS.mira };
let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
});

function written() {
  return till.journal.entries
    .filter(({ fact }) => fact.type.startsWith("staff."))
    .map(({ staff, fact }) => ({ staff, ...fact }));
}

describe("coming to work and leaving", () => {
  test("is in the journal under the colleague's own name, and signs nobody in", async () => {
    const since = till.clock.now();
    expect(await till.verbs.clockIn({ who })).toEqual({ ok: true, value: { since } });
    expect(till.shop.views.clock.current()).toEqual([{ staff: "mira", name: "Mira Albers", since }]);
    till.clock.pass(8 * HOUR_MS);
    const until = till.clock.now();
    expect(await till.verbs.clockOut({ who })).toEqual({ ok: true, value: { since, until } });
    expect(till.shop.views.clock.current()).toEqual([]);
    expect(written()).toEqual([
      { staff: "mira", type: "staff.clockedIn" },
      { staff: "mira", type: "staff.clockedOut" },
    ]);
    expect(till.shop.views.session.current().state).toBe("locked");
  });

  test("takes the right PIN", async () => {
    const wrong = { staff: MIRA.id, pin: "000000" };
    expect(await till.verbs.clockIn({ who: wrong })).toMatchObject({ ok: false, reason: "wrongPin" });
    expect(written()).toEqual([]);
  });

  test("a restarted till still knows who is at work", async () => {
    await till.verbs.clockIn({ who });
    await till.restart();
    expect(till.shop.views.clock.current()).toMatchObject([{ staff: "mira" }]);
  });

  test("whoever came to work at another till can leave at this one", async () => {
    expect(await till.verbs.clockOut({ who })).toMatchObject({ ok: true, value: { since: null } });
    expect(written()).toEqual([{ staff: "mira", type: "staff.clockedOut" }]);
  });
});

describe("somebody who forgot to clock out", () => {
  const since = () => till.shop.views.clock.current()[0]?.since ?? instant(0);

  test("is asked the next time, and both are written down: when they left, and that they came", async () => {
    await till.verbs.clockIn({ who });
    const came = since();
    till.clock.pass(24 * HOUR_MS);
    expect(await till.verbs.clockIn({ who })).toMatchObject({ ok: false, reason: "stillIn", since: came });
    const leftAt = instant(came + 8 * HOUR_MS);
    expect(await till.verbs.clockIn({ who, leftAt })).toMatchObject({ ok: true });
    expect(written()).toEqual([
      { staff: "mira", type: "staff.clockedIn" },
      { staff: "mira", type: "staff.clockedOut", leftAt },
      { staff: "mira", type: "staff.clockedIn" },
    ]);
    expect(since()).toBe(till.clock.now());
  });

  test("did not leave before they came, nor will they have left later than now", async () => {
    await till.verbs.clockIn({ who });
    const came = since();
    till.clock.pass(HOUR_MS);
    for (const leftAt of [instant(came - 1), instant(till.clock.now() + 1)])
      expect(await till.verbs.clockIn({ who, leftAt })).toMatchObject({ reason: "badTime" });
  });

  test("is nobody who works here no more: they cannot say that they left", async () => {
    await till.verbs.clockIn({ who });
    till.replica.put("staff", { ...MIRA, active: false });
    expect(till.shop.views.clock.current()).toEqual([]);
  });

  test("when the journal cannot be written, they are still at work", async () => {
    await till.verbs.clockIn({ who });
    till.journal.fail(new Error("the disk is full"));
    expect(await till.verbs.clockOut({ who })).toMatchObject({ reason: "storage" });
    expect(till.shop.views.clock.current()).toHaveLength(1);
  });
});
