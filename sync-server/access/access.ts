import type { Instant } from "#domain/ids.ts";
import type { Storage } from "../storage/port.ts";
import { type Account, createAccount } from "./account.ts";
import { createLinks, type Links } from "./links.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import { createSignIn, type SignIn } from "./sign-in.ts";
import { createUsers, type Users } from "./users.ts";

/** Who may sign in to HQ, and who has. */
export interface Access {
  readonly signIn: SignIn;
  readonly sessions: Sessions;
  readonly links: Links;
  readonly users: Users;
  readonly account: Account;
}

export function createAccess(parts: {
  readonly storage: Storage;
  readonly now: () => Instant;
  readonly newId: () => string;
  readonly randomBytes: (count: number) => Uint8Array;
}): Access {
  return {
    signIn: createSignIn(parts),
    sessions: createSessions(parts),
    links: createLinks(parts),
    users: createUsers(parts),
    account: createAccount(parts),
  };
}
