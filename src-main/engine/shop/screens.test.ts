import { beforeEach, expect, test } from "vitest";
import { cashPolicyOf } from "#domain/shift/cash.ts";
import { MUG, SETTINGS, settingsWith } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const MINUTE_MS = 60_000;
let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  lockAfter(5);
  await till.signIn("mira");
});

function lockAfter(minutes: number | null): void {
  const cash = { ...cashPolicyOf(SETTINGS), lockAfterMinutes: minutes };
  till.replica.put("settings", settingsWith({ cash }));
}

/** A screen that shows the till; gives what closes it. */
function screen(): { readonly close: () => void; readonly isLocked: () => Promise<boolean> } {
  const { session } = till.shop.views;
  let tell: () => void = () => undefined;
  const close = session.watch(() => tell());
  const locked = () => session.current().state === "locked";
  return {
    close,
    isLocked: async () => {
      const changed = new Promise<void>((resolve) => {
        tell = resolve;
      });
      if (!locked()) await changed;
      return locked();
    },
  };
}

test("whoever closes the window and comes back in time goes on", async () => {
  screen().close();
  till.clock.pass(5 * MINUTE_MS - 1);
  screen();
  expect(await till.verbs.addItem({ variant: MUG, quantity: 1 })).toMatchObject({ ok: true });
});

test("a window that nobody opened again in time shows a locked till, and the basket waits", async () => {
  await till.verbs.addItem({ variant: MUG, quantity: 1 });
  screen().close();
  till.clock.pass(5 * MINUTE_MS);
  expect(await screen().isLocked()).toBe(true);
  expect(till.journal.entries.at(-1)).toMatchObject({ staff: "mira", fact: { type: "staff.signedOut" } });
  await till.signIn("mira");
  expect(till.basket.pieces).toBe(1);
});

test("a second window that closes locks nobody out who is at the first", async () => {
  screen();
  screen().close();
  till.clock.pass(60 * MINUTE_MS);
  screen();
  expect(await till.verbs.addItem({ variant: MUG, quantity: 1 })).toMatchObject({ ok: true });
});

test("a store that never locks by itself does not do so either", async () => {
  lockAfter(null);
  screen().close();
  till.clock.pass(60 * MINUTE_MS);
  screen();
  expect(await till.verbs.addItem({ variant: MUG, quantity: 1 })).toMatchObject({ ok: true });
});
