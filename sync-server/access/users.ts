import {
  changedUser,
  dismissedUser,
  emailOf,
  reachOf,
  type UserId,
  type UserWish,
  wishFlaw,
} from "#domain/access/users.ts";
import { type Instant, idOf } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Storage, WriteTransaction } from "../storage/port.ts";
import { type Link, linkFor } from "./links.ts";
import { newSecret, publicUser } from "./sessions.ts";
import type { UserRecord } from "./users-port.ts";

export type UserRefusal = "noSuchUser" | "emailTaken" | "noStores" | "lastAdmin" | "dismissed";
type Done = Result<UserRecord, UserRefusal>;

/** What admins do about who may sign in. Whoever is dismissed, or works for less from now on, is so at their next question. */
export interface Users {
  invite(wish: UserWish & { readonly email: string }, by: Handover): Promise<Result<Invited, UserRefusal>>;
  change(id: UserId, wish: UserWish): Promise<Done>;
  dismiss(id: UserId): Promise<Done>;
  takeBack(id: UserId): Promise<Done>;
  /** A link by which they choose a password anew, or for the first time where they were invited and did not come yet. */
  link(id: UserId, by: Handover): Promise<Result<Invited, UserRefusal>>;
  endSessions(id: UserId): Promise<Done>;
  /** Signing in asks for no code any more, until they set it up again. */
  dropTotp(id: UserId): Promise<Done>;
}

/** How somebody gets their link: an admin hands it over, or it is mailed to them and opens the console at this address. */
export type Handover = { readonly kind: "hand" } | { readonly kind: "mail"; readonly consoleAt: string };

export interface Invited {
  readonly user: UserRecord;
  /** Null: it is made as the mail leaves, and lies in the mail alone. */
  readonly link: Link | null;
}

export function createUsers({
  storage,
  now,
  newId,
  randomBytes,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
  readonly newId: () => string;
  readonly randomBytes: (count: number) => Uint8Array;
}): Users {
  const acting = <T>(
    id: UserId,
    act: (tx: WriteTransaction, user: UserRecord) => Promise<Result<T, UserRefusal>>,
  ): Promise<Result<T, UserRefusal>> =>
    storage.write(async (tx) => {
      const user = await tx.user(id);
      return user === null ? refused("noSuchUser") : act(tx, user);
    });
  /** What was to be mailed before is not any more: of two links the later would close the one before. */
  async function handOver(tx: WriteTransaction, user: UserRecord, by: Handover): Promise<Link | null> {
    await tx.removeLinkMail(user.id);
    if (by.kind === "hand") return linkFor(tx, user, { now: now(), token: newSecret(randomBytes) });
    const { consoleAt } = by;
    const due = { askedAt: now(), state: "waiting", tries: 0, nextTryAt: now() } as const;
    await tx.putLinkMail({ user: user.id, id: newId(), consoleAt, ...due, sentAt: null, lastFailure: null });
    return null;
  }

  return {
    invite: ({ email, name, role, stores }, by) =>
      storage.write(async (tx) => {
        const flaw = wishFlaw({ role, stores });
        if (flaw !== null) return refused(flaw);
        if ((await tx.userByEmail(emailOf(email))) !== null) return refused("emailTaken");
        const user: UserRecord = {
          id: idOf<"User">(newId()),
          email: emailOf(email),
          name: name.trim(),
          role,
          stores: reachOf({ role, stores }),
          active: true,
          passwordHash: null,
          totp: null,
          createdAt: now(),
          lastSignInAt: null,
        };
        await tx.putUser(user);
        return ok({ user, link: await handOver(tx, user, by) });
      }),
    change: (id, wish) =>
      acting(id, async (tx, user) => {
        const changed = changedUser(await admins(tx), publicUser(user), wish);
        if (!changed.ok) return changed;
        const { name, role, stores } = changed.value;
        return saved(tx, { ...user, name, role, stores });
      }),
    dismiss: (id) =>
      acting(id, async (tx, user) => {
        const dismissed = dismissedUser(await admins(tx), publicUser(user));
        if (!dismissed.ok) return dismissed;
        await tx.endSessionsOf(id, null);
        await tx.removeLinks("invite", id);
        await tx.removeLinks("reset", id);
        await tx.removeLinkMail(id);
        return saved(tx, { ...user, active: false });
      }),
    takeBack: (id) => acting(id, (tx, user) => saved(tx, { ...user, active: true })),
    link: (id, by) =>
      acting(id, async (tx, user) =>
        user.active ? ok({ user, link: await handOver(tx, user, by) }) : refused("dismissed"),
      ),
    endSessions: (id) =>
      acting(id, async (tx, user) => {
        await tx.endSessionsOf(id, null);
        return ok(user);
      }),
    dropTotp: (id) => acting(id, (tx, user) => saved(tx, { ...user, totp: null })),
  };
}

async function saved(tx: WriteTransaction, user: UserRecord): Promise<Done> {
  await tx.putUser(user);
  return ok(user);
}

async function admins(tx: WriteTransaction) {
  return (await tx.usersOfRole("admin")).map(publicUser);
}
