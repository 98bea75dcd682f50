import { beforeEach, describe, expect, it } from "vitest";
import { client, useTill } from "../../app/till.ts";
import { JOHANNA, MIRA } from "../../testing/fake-shop.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { signedIn } from "../../testing/signed-in.ts";
import { backToColleagues, chooseColleague, deletePinDigit, typePin, useLock } from "./lock-store.ts";

const tries = (till: FakeTill) => till.calls.filter((verb) => verb === "signIn").length;

describe("signing in", () => {
  let till: FakeTill;
  beforeEach(async () => {
    till = await signedIn();
    await client.call("signOut", {});
    till.calls.length = 0;
    backToColleagues();
  });

  it("the sixth digit signs in, with no key to press after it", async () => {
    chooseColleague(MIRA.id);
    for (const digit of "111111") await typePin(digit);
    expect(useTill.getState().session?.state).toBe("open");
    expect(useLock.getState().pin).toBe("");
  });

  it("a wrong PIN is said in words and can be typed again at once", async () => {
    chooseColleague(JOHANNA.id);
    await typePin("123456");
    expect(useLock.getState()).toMatchObject({ pin: "", problem: "That PIN is not right. Try again." });
    await typePin("999999");
    expect(useTill.getState().session?.state).toBe("open");
  });

  it("after too many wrong PINs it says how long to wait", async () => {
    chooseColleague(MIRA.id);
    for (let attempt = 0; attempt < 4; attempt += 1) await typePin("000000");
    expect(useLock.getState().problem).toBe("Too many wrong PINs.");
    expect(useLock.getState().waitUntil).toBeGreaterThan(performance.now());
  });

  it("digits typed while a PIN is being checked do not spoil the next", async () => {
    chooseColleague(MIRA.id);
    const first = typePin("222222");
    await typePin("33");
    await first;
    expect(useLock.getState().pin).toBe("");
    expect(tries(till)).toBe(1);
  });

  it("a digit can be taken back, and letters are no digits", async () => {
    chooseColleague(MIRA.id);
    await typePin("12a");
    deletePinDigit();
    expect(useLock.getState().pin).toBe("1");
  });

  it("nothing is typed before somebody is chosen, and another colleague begins with nothing", async () => {
    await typePin("1");
    expect(useLock.getState().pin).toBe("");
    chooseColleague(MIRA.id);
    await typePin("12");
    chooseColleague(JOHANNA.id);
    expect(useLock.getState().pin).toBe("");
  });
});
