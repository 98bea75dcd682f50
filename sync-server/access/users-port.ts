import type { HqRole } from "#domain/access/roles.ts";
import type { Tries } from "#domain/access/sign-in-pace.ts";
import type { HqUser, LinkKind, UserId } from "#domain/access/users.ts";
import type { Instant } from "#domain/ids.ts";

/** The second step of signing in, by an app that shows codes (RFC 6238). */
export interface Totp {
  /** Base 32. */
  readonly secret: string;
  /** The step whose code was taken last: none is taken twice. */
  readonly lastStep: number;
  /** SHA-256 of the codes that open once each where the app is lost. */
  readonly recovery: readonly string[];
}

export interface UserRecord extends Omit<HqUser, "joined"> {
  /** argon2id in PHC form; null: invited, and did not come yet. */
  readonly passwordHash: string | null;
  readonly totp: Totp | null;
  readonly createdAt: Instant;
  readonly lastSignInAt: Instant | null;
}

export interface SessionRecord {
  /** SHA-256 of what the cookie holds. */
  readonly hash: string;
  readonly user: UserId;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  /** What the browser said it is, and from where; for people to know their own sessions by. */
  readonly agent: string;
  readonly address: string;
}

export interface LinkRecord {
  /** SHA-256 of what the link holds. */
  readonly hash: string;
  readonly kind: LinkKind;
  /** Null: who opens it becomes the first admin. */
  readonly user: UserId | null;
  readonly expiresAt: Instant | null;
}

export interface AccessReads {
  userCount(): Promise<number>;
  user(id: UserId): Promise<UserRecord | null>;
  userByEmail(email: string): Promise<UserRecord | null>;
  usersOfRole(role: HqRole): Promise<readonly UserRecord[]>;
  /** By name; those after `after`. */
  users(ask: {
    readonly search: string;
    readonly active: boolean | null;
    readonly after: { readonly name: string; readonly id: UserId } | null;
    readonly limit: number;
  }): Promise<readonly UserRecord[]>;
  session(hash: string): Promise<SessionRecord | null>;
  /** The newest first. */
  sessionsOf(user: UserId, limit: number): Promise<readonly SessionRecord[]>;
  link(hash: string): Promise<LinkRecord | null>;
  signInTries(of: string): Promise<Tries | null>;
}

export interface AccessWrites {
  putUser(user: UserRecord): Promise<void>;
  addSession(session: SessionRecord): Promise<void>;
  noteSessionSeen(hash: string, at: Instant): Promise<void>;
  endSession(hash: string): Promise<void>;
  /** All sessions of a user but one; null: all. */
  endSessionsOf(user: UserId, except: string | null): Promise<void>;
  /** Whoever is signed in has to sign in again. */
  endEverySession(): Promise<void>;
  addLink(link: LinkRecord): Promise<void>;
  removeLink(hash: string): Promise<void>;
  /** Links of one kind, of one user or (null) of all. */
  removeLinks(kind: LinkKind, user: UserId | null): Promise<void>;
  putSignInTries(of: string, tries: Tries): Promise<void>;
  forgetSignInTries(of: string): Promise<void>;
  /** Sessions and links that have ended, and tries that are long past. */
  purgeAccess(ended: {
    readonly now: Instant;
    readonly sessionsSeenBefore: Instant;
    readonly sessionsMadeBefore: Instant;
    readonly triesBefore: Instant;
  }): Promise<void>;
}
