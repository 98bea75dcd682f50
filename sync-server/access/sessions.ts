import { createHash } from "node:crypto";
import { TRIES_KEPT_MS } from "#domain/access/sign-in-pace.ts";
import { reachOf, SESSION_IDLE_MS, SESSION_LIFE_MS, sessionEnd, type UserId } from "#domain/access/users.ts";
import { type Instant, instant } from "#domain/ids.ts";
import type { Storage, WriteTransaction } from "../storage/port.ts";
import type { SessionRecord, UserRecord } from "./users-port.ts";

const TOKEN_BYTES = 32;
/** How exactly it is known when a session was last used: not every question writes. */
const SEEN_EXACT_MS = 60_000;
/** How a link went out is of interest as long as it could open, and somewhat longer. */
const LINK_MAILS_KEPT_MS = 30 * 86_400_000;
const MAX_SESSIONS_SHOWN = 100;
const MAX_AGENT_CHARS = 200;

/** Somebody who asks with a session that is open. */
export interface SignedIn {
  readonly user: UserRecord;
  readonly session: SessionRecord;
}

/** From where somebody signs in. */
export interface Whence {
  readonly agent: string;
  readonly address: string;
}

export interface Sessions {
  /**
   * Whose session it is; null where it is none, has ended, or its user was dismissed. `isUsed`: somebody does something by it, which keeps it open;
   * what a page asks by itself does not.
   */
  whoIs(token: string, how: { readonly isUsed: boolean }): Promise<SignedIn | null>;
  /** Whether a session still stands, without using it. */
  isOpen(session: SessionRecord): Promise<boolean>;
  end(session: SessionRecord): Promise<void>;
  list(user: UserId): Promise<readonly SessionRecord[]>;
  /** Ends one session of a user, by the start of its hash; false where there is none. */
  endOne(user: UserId, id: string): Promise<boolean>;
  endOthers(session: SessionRecord): Promise<void>;
  /** Forgets what has ended. */
  tidy(): Promise<void>;
}

export function secretHash(secret: string): string {
  return createHash("sha256").update(secret, "utf8").digest("hex");
}

export function newSecret(randomBytes: (count: number) => Uint8Array): string {
  return Buffer.from(randomBytes(TOKEN_BYTES)).toString("base64url");
}

/** Opens a session for a user and answers what its cookie is to hold. */
export async function beginSession(
  tx: WriteTransaction,
  {
    user,
    whence,
    now,
    token,
  }: {
    readonly user: UserRecord;
    readonly whence: Whence;
    readonly now: Instant;
    readonly token: string;
  },
): Promise<SignedIn> {
  const signed = { ...user, lastSignInAt: now };
  const session = {
    hash: secretHash(token),
    user: user.id,
    createdAt: now,
    seenAt: now,
    agent: whence.agent.slice(0, MAX_AGENT_CHARS),
    address: whence.address,
  };
  await tx.putUser(signed);
  await tx.addSession(session);
  return { user: signed, session };
}

/** What sessions are known by where they are listed; it opens nothing. */
export function sessionId({ hash }: Pick<SessionRecord, "hash">): string {
  return hash.slice(0, 12);
}

/** The user as everybody may know them: without what they sign in with. */
export function publicUser({ passwordHash, totp, ...user }: UserRecord) {
  return { ...user, stores: reachOf(user), joined: passwordHash !== null, hasTotp: totp !== null };
}

export function createSessions({
  storage,
  now,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
}): Sessions {
  return {
    async whoIs(token, { isUsed }) {
      const found = await storage.read(async (tx) => {
        const session = await tx.session(secretHash(token));
        const user = session === null ? null : await tx.user(session.user);
        return session === null || user === null ? null : { session, user };
      });
      const at = now();
      if (found === null || !found.user.active || sessionEnd(found.session) <= at) return null;
      // Who only looks is answered also while nothing can be written, as on a disk that is full: then they were here without its being known.
      if (isUsed && at - found.session.seenAt >= SEEN_EXACT_MS)
        await storage.write((tx) => tx.noteSessionSeen(found.session.hash, at)).catch(() => undefined);
      return found;
    },
    async isOpen({ hash }) {
      const found = await storage.read(async (tx) => {
        const session = await tx.session(hash);
        const user = session === null ? null : await tx.user(session.user);
        return session === null || user === null ? null : { session, user };
      });
      return found?.user.active === true && sessionEnd(found.session) > now();
    },
    end: ({ hash }) => storage.write((tx) => tx.endSession(hash)),
    async list(user) {
      const at = now();
      const found = await storage.read((tx) => tx.sessionsOf(user, MAX_SESSIONS_SHOWN));
      return found.filter((session) => sessionEnd(session) > at);
    },
    endOne: (user, id) =>
      storage.write(async (tx) => {
        const found = (await tx.sessionsOf(user, MAX_SESSIONS_SHOWN)).find((each) => sessionId(each) === id);
        if (found !== undefined) await tx.endSession(found.hash);
        return found !== undefined;
      }),
    endOthers: ({ user, hash }) => storage.write((tx) => tx.endSessionsOf(user, hash)),
    async tidy() {
      const at = now();
      await storage.write(async (tx) => {
        await tx.purgeAccess({
          now: at,
          sessionsSeenBefore: instant(at - SESSION_IDLE_MS),
          sessionsMadeBefore: instant(at - SESSION_LIFE_MS),
          triesBefore: instant(at - TRIES_KEPT_MS),
        });
        await tx.purgeLinkMails(instant(at - LINK_MAILS_KEPT_MS));
      });
    },
  };
}
