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
import { type Link, makeLink } from "./links.ts";
import { newSecret, publicUser } from "./sessions.ts";
import type { UserRecord } from "./users-port.ts";

export type UserRefusal = "noSuchUser" | "emailTaken" | "noStores" | "lastAdmin" | "dismissed";
type Done = Result<UserRecord, UserRefusal>;

/** What admins do about who may sign in. Whoever is dismissed, or works for less from now on, is so at their next question. */
export interface Users {
  invite(wish: UserWish & { readonly email: string }): Promise<Result<Invited, UserRefusal>>;
  change(id: UserId, wish: UserWish): Promise<Done>;
  dismiss(id: UserId): Promise<Done>;
  takeBack(id: UserId): Promise<Done>;
  /** A link by which they choose a password anew, or for the first time where they were invited and did not come yet. */
  link(id: UserId): Promise<Result<Invited, UserRefusal>>;
  endSessions(id: UserId): Promise<Done>;
  /** Signing in asks for no code any more, until they set it up again. */
  dropTotp(id: UserId): Promise<Done>;
}

export interface Invited {
  readonly user: UserRecord;
  readonly link: Link;
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
  const newLink = (tx: WriteTransaction, { id, passwordHash }: UserRecord): Promise<Link> => {
    const kind = passwordHash === null ? "invite" : "reset";
    return makeLink(tx, { kind, user: id, now: now(), token: newSecret(randomBytes) });
  };

  return {
    invite: ({ email, name, role, stores }) =>
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
        return ok({ user, link: await newLink(tx, user) });
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
        return saved(tx, { ...user, active: false });
      }),
    takeBack: (id) => acting(id, (tx, user) => saved(tx, { ...user, active: true })),
    link: (id) =>
      acting(id, async (tx, user) =>
        user.active ? ok({ user, link: await newLink(tx, user) }) : refused("dismissed"),
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
