import { type Id, type Instant, instant, type StoreId } from "../ids.ts";
import { ok, type Result, refused } from "../result.ts";
import type { Right } from "./rights.ts";
import { type HqRole, mayAtHq, reachesStore, type StoreReach } from "./roles.ts";

export type UserId = Id<"User">;

/** Somebody who works at HQ's console. */
export interface HqUser {
  readonly id: UserId;
  /** Lower case, as they sign in with it. */
  readonly email: string;
  readonly name: string;
  readonly role: HqRole;
  /** Stores they work for; null: all of them. Only a store manager's are some. */
  readonly stores: StoreReach;
  /** False: dismissed, and signed in nowhere. */
  readonly active: boolean;
  /** Whether they have chosen a password: else they were invited and did not come yet. */
  readonly joined: boolean;
}

/** What an admin says of a user. */
export type UserWish = Pick<HqUser, "name" | "role" | "stores">;

/** An e-mail address as users are known by it: without spaces around it, in lower case. */
export function emailOf(typed: string): string {
  return typed.trim().toLowerCase();
}

/** Whose data people of a role see: a store manager's own stores, for the others all. */
export function reachOf({ role, stores }: Pick<HqUser, "role" | "stores">): StoreReach {
  return role === "storeManager" ? (stores ?? []) : null;
}

/** Whether a user can be given what belongs to a store: they come in, may do it, and work for it. */
export function mayBeGiven(
  user: HqUser,
  { right, store }: { readonly right: Right; readonly store: StoreId | null },
): boolean {
  return user.active && user.joined && mayAtHq(user.role, right) && reachesStore(reachOf(user), store);
}

/** What is wrong with a wish about a user; null when nothing is. */
export function wishFlaw({ role, stores }: Pick<UserWish, "role" | "stores">): "noStores" | null {
  return role === "storeManager" && (stores === null || stores.length === 0) ? "noStores" : null;
}

/** The user as an admin wishes. Refused where it would leave nobody who can sign in as an admin. */
export function changedUser(
  users: readonly HqUser[],
  user: HqUser,
  wish: UserWish,
): Result<HqUser, "noStores" | "lastAdmin"> {
  const flaw = wishFlaw(wish);
  if (flaw !== null) return refused(flaw);
  const changed = { ...user, ...wish, stores: reachOf(wish) };
  return leavesAnAdmin(users, changed) ? ok(changed) : refused("lastAdmin");
}

/** The user dismissed. Refused for the last active admin, who alone could take anybody back. */
export function dismissedUser(users: readonly HqUser[], user: HqUser): Result<HqUser, "lastAdmin"> {
  const dismissed = { ...user, active: false };
  return leavesAnAdmin(users, dismissed) ? ok(dismissed) : refused("lastAdmin");
}

function leavesAnAdmin(users: readonly HqUser[], changed: HqUser): boolean {
  const before = users.find(({ id }) => id === changed.id);
  const after = users.map((each) => (each.id === changed.id ? changed : each));
  return before === undefined || !canAdminister(before) || after.some(canAdminister);
}

function canAdminister({ role, active, joined }: HqUser): boolean {
  return role === "admin" && active && joined;
}

const HOUR_MS = 3_600_000;

/** What a one-time link is for, and how long it lives. `setUp` makes the first admin; `signIn` is the demo's, which opens as often as one likes. */
export const LINK_LIFE_MS = {
  setUp: 72 * HOUR_MS,
  invite: 72 * HOUR_MS,
  reset: 24 * HOUR_MS,
  signIn: null,
} as const;
export type LinkKind = keyof typeof LINK_LIFE_MS;

/** When a link made now opens nothing any more; null: never. */
export function linkExpiry(kind: LinkKind, now: Instant): Instant | null {
  const life = LINK_LIFE_MS[kind];
  return life === null ? null : instant(now + life);
}

export function isLinkOpen({ expiresAt }: { readonly expiresAt: Instant | null }, now: Instant): boolean {
  return expiresAt === null || now < expiresAt;
}

export const SESSION_IDLE_MS = 12 * HOUR_MS;
export const SESSION_LIFE_MS = 30 * 24 * HOUR_MS;

/** When a session ends if nothing is done in it from now on. */
export function sessionEnd({
  createdAt,
  seenAt,
}: {
  readonly createdAt: Instant;
  readonly seenAt: Instant;
}): Instant {
  return instant(Math.min(seenAt + SESSION_IDLE_MS, createdAt + SESSION_LIFE_MS));
}

/** Which stores an id list names, or which of them are unknown: an admin says codes, and all must be there. */
export function storesOf(
  codes: readonly string[] | null,
  stores: readonly { readonly store: StoreId; readonly code: string }[],
): Result<StoreReach, string> {
  if (codes === null) return ok(null);
  const found: StoreId[] = [];
  for (const code of new Set(codes)) {
    const store = stores.find((each) => each.code === code);
    if (store === undefined) return refused(code);
    found.push(store.store);
  }
  return ok(found);
}
