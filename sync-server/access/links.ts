import { type PasswordFlaw, passwordFlaw } from "#domain/access/password.ts";
import { emailOf, isLinkOpen, type LinkKind, linkExpiry, type UserId } from "#domain/access/users.ts";
import { type Instant, idOf } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { ReadTransaction, Storage, WriteTransaction } from "../storage/port.ts";
import { noteOwn } from "./own-trail.ts";
import { hashPassword } from "./password-hash.ts";
import { newSecret, secretHash } from "./sessions.ts";
import type { LinkRecord, UserRecord } from "./users-port.ts";

/** Links by which somebody chooses a password. */
export type JoiningLink = Exclude<LinkKind, "signIn">;

export interface Link {
  /** What stands after `#kind=` in the address. */
  readonly token: string;
  readonly kind: LinkKind;
  readonly expiresAt: Instant | null;
}

export type AcceptRefusal = "noSuchLink" | "noName" | PasswordFlaw;

export interface Links {
  /** The link for the first admin; an earlier one opens nothing any more. Null where there are users. */
  makeSetUp(): Promise<Link | null>;
  /** Whom a link is for; null where it is none, was used or has run out. Who sets up is not known yet. */
  look(kind: JoiningLink, token: string): Promise<{ readonly user: UserRecord | null } | null>;
  /**
   * Takes the password that was chosen; the link opens nothing any more, and every session of the user ends. Setting up makes the user an admin.
   */
  accept(wanted: {
    readonly kind: JoiningLink;
    readonly token: string;
    readonly password: string;
    /** Of the first admin; where somebody was invited they are known. */
    readonly newcomer: { readonly email: string; readonly name: string } | null;
  }): Promise<Result<UserRecord, AcceptRefusal>>;
}

/** Makes a link for a user, in place of an earlier one of its kind. */
export async function makeLink(
  tx: WriteTransaction,
  {
    kind,
    user,
    now,
    token,
  }: {
    readonly kind: LinkKind;
    readonly user: UserId | null;
    readonly now: Instant;
    readonly token: string;
  },
): Promise<Link> {
  await tx.removeLinks(kind, user);
  const expiresAt = linkExpiry(kind, now);
  await tx.addLink({ hash: secretHash(token), kind, user, expiresAt });
  return { token, kind, expiresAt };
}

/** A link by which a user chooses a password: for the first time, or anew. */
export function linkFor(
  tx: WriteTransaction,
  { id, passwordHash }: Pick<UserRecord, "id" | "passwordHash">,
  made: { readonly now: Instant; readonly token: string },
): Promise<Link> {
  return makeLink(tx, { kind: passwordHash === null ? "invite" : "reset", user: id, ...made });
}

export function createLinks({
  storage,
  now,
  newId,
  randomBytes,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
  readonly newId: () => string;
  readonly randomBytes: (count: number) => Uint8Array;
}): Links {
  async function opened(
    tx: ReadTransaction,
    { kind, token }: { readonly kind: JoiningLink; readonly token: string },
  ): Promise<{ readonly link: LinkRecord; readonly user: UserRecord | null } | null> {
    const link = await tx.link(secretHash(token));
    if (link === null || link.kind !== kind || !isLinkOpen(link, now())) return null;
    if (link.user === null) return (await tx.userCount()) === 0 ? { link, user: null } : null;
    const user = await tx.user(link.user);
    return user?.active === true ? { link, user } : null;
  }

  function firstAdmin({ email, name }: { readonly email: string; readonly name: string }): UserRecord {
    return {
      id: idOf<"User">(newId()),
      email: emailOf(email),
      name: name.trim(),
      role: "admin",
      stores: null,
      active: true,
      passwordHash: null,
      totp: null,
      createdAt: now(),
      lastSignInAt: null,
    };
  }

  return {
    makeSetUp: () =>
      storage.write(async (tx) => {
        if ((await tx.userCount()) > 0) return null;
        return makeLink(tx, { kind: "setUp", user: null, now: now(), token: newSecret(randomBytes) });
      }),
    look: (kind, token) =>
      storage.read(async (tx) => {
        const found = await opened(tx, { kind, token });
        return found === null ? null : { user: found.user };
      }),
    async accept({ kind, token, password, newcomer }) {
      const before = await storage.read((tx) => opened(tx, { kind, token }));
      if (before === null) return refused("noSuchLink");
      const of = before.user ?? newcomer;
      if (of === null || of.name.trim() === "") return refused("noName");
      const flaw = passwordFlaw(password, of);
      if (flaw !== null) return refused(flaw);
      const passwordHash = await hashPassword(password, randomBytes);
      return storage.write(async (tx) => {
        const found = await opened(tx, { kind, token });
        const user = found?.user ?? (newcomer === null ? null : firstAdmin(newcomer));
        if (found === null || user === null) return refused("noSuchLink");
        const joined = { ...user, passwordHash };
        await tx.removeLink(found.link.hash);
        await tx.removeLinkMail(joined.id);
        await tx.putUser(joined);
        await tx.endSessionsOf(joined.id, null);
        await noteOwn(tx, {
          user: joined,
          call: "POST /hq/v1/links/accept",
          subject: { kind: "user", id: joined.id },
          at: now(),
        });
        return ok(joined);
      });
    },
  };
}
