import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { HQ_ROLES, type HqRole } from "./roles.ts";
import {
  changedUser,
  dismissedUser,
  emailOf,
  type HqUser,
  isLinkOpen,
  linkExpiry,
  reachOf,
  SESSION_IDLE_MS,
  SESSION_LIFE_MS,
  sessionEnd,
  storesOf,
} from "./users.ts";

const BERLIN = { store: idOf<"Store">("ber"), code: "BER1" };
const NOW = instant(1_800_000_000_000);
const HOUR_MS = 3_600_000;

function user(id: string, role: HqRole, more: Partial<HqUser> = {}): HqUser {
  const email = `${id}@onetill.example`;
  return { id: idOf<"User">(id), email, name: id, role, stores: null, active: true, joined: true, ...more };
}

test("the last active admin is neither dismissed nor made anything else", () => {
  const hanna = user("hanna", "admin");
  const users = [hanna, user("gone", "admin", { active: false }), user("new", "admin", { joined: false })];
  expect(dismissedUser(users, hanna)).toEqual({ ok: false, reason: "lastAdmin" });
  expect(changedUser(users, hanna, { name: "Hanna", role: "auditor", stores: null })).toEqual({
    ok: false,
    reason: "lastAdmin",
  });
  expect(changedUser(users, hanna, { name: "Hanna V", role: "admin", stores: null })).toMatchObject({
    value: { name: "Hanna V" },
  });
  expect(dismissedUser([...users, user("two", "admin")], hanna)).toMatchObject({ value: { active: false } });
});

test("whatever admins do to each other, somebody can still sign in as an admin", () => {
  const acts = fc.array(
    fc.record({ who: fc.nat(3), dismiss: fc.boolean(), role: fc.constantFrom(...HQ_ROLES) }),
  );
  fc.assert(
    fc.property(acts, (all) => {
      let users = ["a", "b", "c", "d"].map((id) => user(id, "admin"));
      for (const { who, dismiss, role } of all) {
        const one = users[who]!;
        const wish = { name: one.name, role, stores: [BERLIN.store] };
        const done = dismiss ? dismissedUser(users, one) : changedUser(users, one, wish);
        if (done.ok) users = users.map((each) => (each.id === one.id ? done.value : each));
      }
      expect(users.some(({ role, active }) => role === "admin" && active)).toBe(true);
    }),
  );
});

test("a store manager needs a store; everybody else works for all, whatever was said", () => {
  const mira = user("mira", "merchandiser");
  const users = [mira, user("hanna", "admin")];
  expect(changedUser(users, mira, { name: "Mira", role: "storeManager", stores: [] })).toMatchObject({
    reason: "noStores",
  });
  const managing = changedUser(users, mira, { name: "Mira", role: "storeManager", stores: [BERLIN.store] });
  expect(managing).toMatchObject({ value: { stores: [BERLIN.store] } });
  expect(reachOf({ role: "support", stores: [BERLIN.store] })).toBeNull();
  expect(reachOf({ role: "storeManager", stores: null })).toEqual([]);
});

test("an invitation opens for 72 hours, a reset for 24", () => {
  for (const [kind, hours] of [
    ["invite", 72],
    ["reset", 24],
  ] as const) {
    const link = { expiresAt: linkExpiry(kind, NOW) };
    expect(isLinkOpen(link, instant(NOW + hours * HOUR_MS - 1))).toBe(true);
    expect(isLinkOpen(link, instant(NOW + hours * HOUR_MS))).toBe(false);
  }
});

test("a session ends after 12 hours without anything done, and after 30 days in any case", () => {
  expect(sessionEnd({ createdAt: NOW, seenAt: NOW })).toBe(NOW + SESSION_IDLE_MS);
  const late = instant(NOW + SESSION_LIFE_MS - 1);
  expect(sessionEnd({ createdAt: NOW, seenAt: late })).toBe(NOW + SESSION_LIFE_MS);
});

test("an e-mail address is the same however it is typed", () => {
  expect(emailOf("  Hanna@Onetill.Example ")).toBe("hanna@onetill.example");
});

test("stores are named by their codes, and an unknown code is named back", () => {
  expect(storesOf(["BER1", "BER1"], [BERLIN])).toEqual({ ok: true, value: [BERLIN.store] });
  expect(storesOf(["BER1", "NO"], [BERLIN])).toEqual({ ok: false, reason: "NO" });
  expect(storesOf(null, [BERLIN])).toEqual({ ok: true, value: null });
});
