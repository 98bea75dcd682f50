import { beforeEach, describe, expect, it } from "vitest";
import { client, useNotice, useTill } from "../../app/till.ts";
import { BADGES, MIRA } from "../../testing/fake-shop.ts";
import { signedIn } from "../../testing/signed-in.ts";
import { chooseForClock, clock, resetClock, typeClockPin, useClock } from "./clock-store.ts";

const badge = BADGES[MIRA.id] ?? "";

describe("the time clock", () => {
  beforeEach(async () => {
    await signedIn();
    await client.call("signOut", {});
    resetClock();
  });

  it("takes a colleague in with the sixth digit of their PIN, and out the next time", async () => {
    chooseForClock(MIRA.id, false);
    await typeClockPin("111111");
    expect(useTill.getState().clock).toMatchObject([{ staff: MIRA.id }]);
    expect(useNotice.getState().notice?.text).toMatch(/^At work since/);
    chooseForClock(MIRA.id, true);
    await typeClockPin("111111");
    expect(useTill.getState().clock).toEqual([]);
  });

  it("knows a colleague by their badge", async () => {
    await clock({ badge });
    expect(useTill.getState().clock).toMatchObject([{ staff: MIRA.id }]);
  });

  it("says that a PIN is wrong, and takes the next try", async () => {
    chooseForClock(MIRA.id, false);
    await typeClockPin("000000");
    expect(useClock.getState()).toMatchObject({ pin: "", problem: "That PIN is not right. Try again." });
  });

  it("asks whoever forgot to clock out when they left", async () => {
    await clock({ badge });
    const since = useTill.getState().clock[0]?.since ?? 0;
    await clock({ badge });
    expect(useClock.getState().forgot).toMatchObject({ since });
    await clock({ badge }, since - 1_000);
    expect(useClock.getState().problem).toMatch(/That cannot be/);
    await clock({ badge }, since);
    expect(useClock.getState()).toMatchObject({ forgot: null, problem: null });
    expect(useTill.getState().clock[0]?.since).toBeGreaterThanOrEqual(since);
  });
});
