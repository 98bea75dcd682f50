import { beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { cashPolicyOf } from "#domain/shift/cash.ts";
import { badgeCodeOf, badgeVerifierOf } from "#domain/staff/badge.ts";
import { FIRST_PIN_WAIT_MS, FREE_PIN_ATTEMPTS } from "#domain/staff/pin.ts";
import { USUAL_ROLES } from "#domain/staff/role.ts";
import { DAY_MS } from "#domain/store/offline-state.ts";
import { sha256Hex } from "../journal/journal.ts";
import { EUR, euros, MIRA, MUG, PINS, settingsWith } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const mira = idOf<"Staff">("mira");
let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
});

async function guessWrong(times: number): Promise<void> {
  for (let guess = 0; guess < times; guess += 1) {
    await till.verbs.signIn({ staff: mira, pin: "000000" });
  }
}

describe("signing in", () => {
  test("the right PIN opens the till and is noted in the journal", async () => {
    await till.signIn("mira");
    expect(till.shop.views.session.current()).toMatchObject({
      state: "open",
      staff: { name: "Mira Albers" },
    });
    expect(till.journal.entries.at(-1)).toMatchObject({ staff: "mira", fact: { type: "staff.signedIn" } });
  });

  test("a locked till shows who works here but no verifier", () => {
    const view = till.shop.views.session.current();
    expect(view).toMatchObject({ state: "locked", storeCode: "BER1", register: 3 });
    expect(JSON.stringify(view)).not.toContain(PINS.mira);
  });

  test("everybody is found in the same place each morning, by name, in whatever order HQ sent them", () => {
    const shown = till.shop.views.session.current();
    expect(shown.state === "locked" && shown.staff.map(({ name }) => name)).toEqual([
      "Johanna Reuter",
      "Mira Albers",
      "Tarek Yilmaz",
    ]);
  });

  test("a colleague who signs in takes over, and both are in the journal", async () => {
    await till.signIn("mira");
    await till.signIn("tarek");
    expect(till.journal.entries.slice(1).map(({ staff, fact }) => [staff, fact.type])).toEqual([
      ["mira", "staff.signedIn"],
      ["mira", "staff.signedOut"],
      ["tarek", "staff.signedIn"],
    ]);
  });

  test("a restarted till is locked, and the basket waits for its cashier", async () => {
    await till.signIn("mira");
    await till.verbs.addItem({ variant: MUG, quantity: 3 });
    await till.restart();
    expect(till.shop.views.session.current().state).toBe("locked");
    expect(till.shop.views.basket.current()).toBeNull();
    await till.signIn("mira");
    expect(till.basket.pieces).toBe(3);
  });

  test("signing out locks the till", async () => {
    await till.signIn("mira");
    expect(await till.verbs.signOut({})).toEqual({ ok: true, value: {} });
    expect(till.shop.views.session.current().state).toBe("locked");
    expect(await till.verbs.signOut({})).toEqual({ ok: false, reason: "notSignedIn" });
    expect(await till.verbs.addItem({ variant: MUG, quantity: 1 })).toEqual({
      ok: false,
      reason: "notSignedIn",
    });
  });

  test("a colleague whom HQ takes off the roster is signed out at once", async () => {
    await till.signIn("mira");
    till.replica.put("staff", { ...MIRA, active: false });
    expect(till.shop.views.session.current().state).toBe("locked");
    expect(await till.verbs.signIn({ staff: mira, pin: PINS.mira })).toMatchObject({
      reason: "unknownStaff",
    });
    till.replica.put("staff", MIRA);
    expect(till.shop.views.session.current().state).toBe("locked");
  });

  test("a roster the server has not confirmed for seven days lets nobody in", async () => {
    till.enrolment.heard(till.clock.now());
    till.clock.pass(7 * DAY_MS);
    await till.signIn("mira");
    await till.verbs.signOut({});
    till.clock.pass(1);
    expect(await till.verbs.signIn({ staff: mira, pin: PINS.mira })).toMatchObject({
      ok: false,
      reason: "rosterExpired",
    });
  });

  test("whoever stayed signed in with such a roster opens no drawer the next day either", async () => {
    till.replica.put("settings", settingsWith({ roles: [{ ...USUAL_ROLES[1]!, id: "cashier" }] }));
    await till.signIn("mira");
    till.clock.pass(8 * DAY_MS);
    const asked = { kind: "in", amount: euros(100), reason: "Change", approval: null } as const;
    expect(await till.verbs.moveCash(asked)).toMatchObject({ ok: false, reason: "notSignedIn" });
    expect(till.shop.views.session.current().state).toBe("locked");
  });

  test("a full disk lets nobody in, because nobody could be held to account", async () => {
    till.journal.fail(new Error("ENOSPC"));
    expect(await till.verbs.signIn({ staff: mira, pin: PINS.mira })).toMatchObject({ reason: "storage" });
    expect(till.shop.views.session.current().state).toBe("locked");
  });
});

describe("guessing PINs", () => {
  test("mistyping a few times costs nothing", async () => {
    await guessWrong(FREE_PIN_ATTEMPTS - 1);
    await till.signIn("mira");
    expect(till.shop.views.session.current().state).toBe("open");
  });

  test("after that each wrong PIN makes the next try wait, even the right one", async () => {
    await guessWrong(FREE_PIN_ATTEMPTS);
    const last = await till.verbs.signIn({ staff: mira, pin: "000000" });
    expect(last).toEqual({ ok: false, reason: "wrongPin", waitMs: FIRST_PIN_WAIT_MS });
    till.clock.pass(FIRST_PIN_WAIT_MS - 1);
    const tooEarly = await till.verbs.signIn({ staff: mira, pin: PINS.mira });
    expect(tooEarly).toEqual({ ok: false, reason: "throttled", waitMs: 1 });
    till.clock.pass(1);
    await till.signIn("mira");
  });

  test("pulling the plug does not shorten the wait", async () => {
    await guessWrong(FREE_PIN_ATTEMPTS + 1);
    await till.restart();
    const answer = await till.verbs.signIn({ staff: mira, pin: PINS.mira });
    expect(answer).toMatchObject({ reason: "throttled", waitMs: FIRST_PIN_WAIT_MS });
  });

  test("many tries at once count one by one", async () => {
    const guesses = Array.from({ length: 10 }, (_, pin) =>
      till.verbs.signIn({ staff: mira, pin: String(pin).padStart(6, "0") }),
    );
    const answers = await Promise.all(guesses);
    expect(answers.filter((each) => !each.ok && each.reason === "throttled")).toHaveLength(
      10 - FREE_PIN_ATTEMPTS - 1,
    );
  });

  test("setting the clock back does not help", async () => {
    await guessWrong(FREE_PIN_ATTEMPTS + 1);
    till.clock.pass(-DAY_MS);
    const answer = await till.verbs.signIn({ staff: mira, pin: PINS.mira });
    expect(answer).toMatchObject({ reason: "throttled", waitMs: FIRST_PIN_WAIT_MS });
  });

  test("the right PIN clears the count", async () => {
    await guessWrong(FREE_PIN_ATTEMPTS - 1);
    await till.signIn("mira");
    await guessWrong(FREE_PIN_ATTEMPTS - 1);
    await till.signIn("mira");
    expect(await till.drafts.list("pin:")).toEqual([]);
  });
});

describe("before there is anything to sign in to", () => {
  test("a paired till without its settings says that it is preparing", async () => {
    till.replica.remove("settings", "store-ber");
    expect(till.shop.views.session.current()).toEqual({
      state: "preparing",
      storeName: "Kreuzberg",
      register: 3,
    });
  });
});

test("whoever is signed in is told who can give a manager's word here", async () => {
  await till.signIn("mira");
  expect(till.shop.views.session.current()).toMatchObject({
    state: "open",
    managers: [{ id: "johanna", name: "Johanna Reuter", role: { id: "manager", name: "Manager" } }],
  });
});

describe("badges", () => {
  const BADGE = badgeCodeOf(new Uint8Array(12).fill(3));
  beforeEach(() => {
    till.replica.put("staff", { ...MIRA, badge: badgeVerifierOf(BADGE, sha256Hex) });
  });

  test("a badge that is held to the scanner opens the till for whoever it belongs to", async () => {
    expect(await till.verbs.signIn({ badge: BADGE.toLowerCase() })).toEqual({ ok: true, value: {} });
    expect(till.shop.views.session.current()).toMatchObject({ state: "open", staff: { id: "mira" } });
  });

  test("what the till knows of a badge is not enough to print one", () => {
    expect(JSON.stringify(till.replica.staff())).not.toContain(BADGE);
  });

  test("a badge of somebody who was dismissed opens nothing", async () => {
    till.replica.put("staff", { ...MIRA, badge: badgeVerifierOf(BADGE, sha256Hex), active: false });
    expect(await till.verbs.signIn({ badge: BADGE })).toMatchObject({ reason: "unknownBadge" });
  });

  test("whoever tries badge after badge waits, also after a restart; an article that is scanned is no try", async () => {
    const forged = badgeCodeOf(new Uint8Array(12).fill(9));
    for (let times = 0; times < 20; times += 1) await till.verbs.signIn({ badge: "4006381333931" });
    for (let times = 0; times <= FREE_PIN_ATTEMPTS; times += 1)
      expect(await till.verbs.signIn({ badge: forged })).toMatchObject({ reason: "unknownBadge" });
    await till.restart();
    expect(await till.verbs.signIn({ badge: BADGE })).toEqual({
      ok: false,
      reason: "throttled",
      waitMs: FIRST_PIN_WAIT_MS,
    });
    till.clock.pass(FIRST_PIN_WAIT_MS);
    expect(await till.verbs.signIn({ badge: BADGE })).toMatchObject({ ok: true });
  });

  test("a badge that is held to a till which has read nothing yet of who works here, or not all of it, is no try", async () => {
    const known = till.replica.staff();
    const [mira, others] = [known.filter(({ id }) => id === "mira"), known.filter(({ id }) => id !== "mira")];
    till.replica.isStaffRead = false;
    till.replica.remove("staff", ...known.map(({ id }) => id));
    for (const read of [[], others]) {
      till.replica.put("staff", ...read);
      for (let times = 0; times <= FREE_PIN_ATTEMPTS + 1; times += 1)
        expect(await till.verbs.signIn({ badge: BADGE })).toEqual({
          ok: false,
          reason: "rosterUnread",
          waitMs: 0,
        });
    }
    till.replica.put("staff", ...mira);
    expect(await till.verbs.signIn({ badge: BADGE })).toMatchObject({ ok: true });
    till.replica.isStaffRead = true;
    const forged = badgeCodeOf(new Uint8Array(12).fill(9));
    expect(await till.verbs.signIn({ badge: forged })).toMatchObject({ reason: "unknownBadge" });
  });

  test("a roster that is too old lets no badge in", async () => {
    till.clock.pass(8 * DAY_MS);
    expect(await till.verbs.signIn({ badge: BADGE })).toMatchObject({ reason: "rosterExpired" });
  });

  test("whoever holds their own badge to an open till is not signed in twice", async () => {
    await till.signIn("mira");
    const before = till.journal.entries.length;
    await till.verbs.signIn({ badge: BADGE });
    expect(till.journal.entries.length).toBe(before);
  });
});

test("colleagues take turns at one till, each with their own basket, also half paid and after a restart", async () => {
  const ring = (quantity: number) => till.verbs.addItem({ variant: MUG, quantity });
  await till.signIn("mira");
  await ring(3);
  await till.verbs.takeCash({ tendered: euros(100) });
  await till.signIn("tarek");
  expect(till.basket).toMatchObject({ pieces: 0, tenders: [] });
  await ring(1);
  await till.signIn("mira");
  expect(till.basket).toMatchObject({ pieces: 3, tenders: [{ tendered: euros(100) }] });
  await till.restart();
  await till.signIn("tarek");
  expect(till.basket.pieces).toBe(1);
  await till.signIn("mira");
  expect(till.basket).toMatchObject({ pieces: 3, tenders: [{ tendered: euros(100) }] });
});

test("a till that stays offline and open lets go of whoever signed in the week before", async () => {
  await till.signIn("mira");
  till.clock.pass(7 * DAY_MS);
  expect(await till.verbs.addItem({ variant: MUG, quantity: 1 })).toMatchObject({ ok: true });
  till.clock.pass(DAY_MS);
  expect(await till.verbs.addItem({ variant: MUG, quantity: 1 })).toMatchObject({ reason: "notSignedIn" });
  expect(till.shop.views.session.current().state).toBe("locked");
});

test("the screen is told after how many minutes without a touch it locks, and how far whoever is there may go", async () => {
  const cash = { ...cashPolicyOf({ currency: EUR }), lockAfterMinutes: 5 };
  till.replica.put("settings", settingsWith({ cash }));
  await till.signIn("mira");
  expect(till.shop.views.session.current()).toMatchObject({
    lockAfterMinutes: 5,
    limits: { discountPpm: null },
    colleagues: [{ id: "johanna" }, { id: "mira" }, { id: "tarek" }],
  });
});
