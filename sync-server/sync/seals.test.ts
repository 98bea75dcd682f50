import { setImmediate as immediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { checkSeal } from "#domain/journal/check.ts";
import { TestTill } from "../testing/till.ts";
import { chainCryptoOf, lookAhead, NOT_AHEAD } from "./seals.ts";

const till = () => new TestTill({ store: idOf<"Store">("berlin") });

test.each([
  ["in its turn", NOT_AHEAD],
  ["ahead", lookAhead],
])("what is looked at %s is whole, forged or of another till all the same", async (_, looksAhead) => {
  const one = till();
  const whole = one.begin();
  const next = one.sell([]);
  const forged = { ...next, signature: whole.signature };
  const odd = { ...next, signature: "short" };
  const ahead = await looksAhead(one.publicKey, [whole, next, forged, odd]);
  const check = (entry: typeof whole) => checkSeal(entry, chainCryptoOf(one.publicKey, ahead));
  expect([whole, next].map((entry) => check(entry).ok)).toEqual([true, true]);
  expect([forged, odd].map(check)).toEqual([
    { ok: false, reason: "badSignature" },
    { ok: false, reason: "badSignature" },
  ]);
});

test("what was looked at by a key that the till has no more counts for nothing", async () => {
  const [former, now] = [till(), till()];
  const entry = former.begin();
  const ahead = await lookAhead(former.publicKey, [entry]);
  expect(checkSeal(entry, chainCryptoOf(now.publicKey, ahead))).toEqual({
    ok: false,
    reason: "badSignature",
  });
});

test("an entry that was changed after it was looked at is not whole", async () => {
  const one = till();
  const entry = one.begin();
  const ahead = await lookAhead(one.publicKey, [entry]);
  const changed = { ...entry, register: 9, at: one.at, seq: 2 };
  expect(checkSeal(changed, chainCryptoOf(one.publicKey, ahead))).toEqual({ ok: false, reason: "badHash" });
});

test("who sells now waits for few of the signatures of those who come back after days", async () => {
  const one = till();
  const entries = [one.begin(), ...Array.from({ length: 99 }, () => one.sell([]))];
  let done = 0;
  const backlog = Array.from({ length: 30 }, async () => {
    const { found } = await lookAhead(one.publicKey, entries);
    done += 1;
    return found.size;
  });
  const seller = till();
  // What is handed out at once is.
  await immediate();
  await lookAhead(seller.publicKey, [seller.begin()]);
  // Those that were handed out before: not three runs.
  expect(done).toBeLessThan(8);
  expect(await Promise.all(backlog)).toEqual(backlog.map(() => 100));
});
