import { randomBytes } from "node:crypto";
import type { HqRole } from "#domain/access/roles.ts";
import { type Instant, idOf, type StoreId } from "#domain/ids.ts";
import { newSecret, secretHash } from "../access/sessions.ts";
import type { UserRecord } from "../access/users-port.ts";
import type { Storage } from "../storage/port.ts";

/** A user who joined, but whose password nobody knows; `more` says what is otherwise. */
export function userRecord(role: HqRole, at: Instant, more: Partial<UserRecord> = {}): UserRecord {
  return {
    id: idOf<"User">(`user-${role}`),
    email: `${role.toLowerCase()}@onetill.example`,
    name: `Mx ${role}`,
    role,
    stores: null,
    active: true,
    passwordHash: "none that anybody knows",
    totp: null,
    createdAt: at,
    lastSignInAt: null,
    ...more,
  };
}

/** Headers by which somebody of this role asks from the console's page at `origin`: a user and a session of their own are made for it. */
export async function sessionHeaders(
  storage: Storage,
  of: {
    readonly role: HqRole;
    readonly stores: readonly StoreId[] | null;
    readonly at: Instant;
    readonly origin: string;
  },
): Promise<Readonly<Record<string, string>>> {
  const user = userRecord(of.role, of.at, { stores: of.stores });
  const token = newSecret((count) => randomBytes(count));
  const session = { hash: secretHash(token), user: user.id, createdAt: of.at, seenAt: of.at };
  await storage.write(async (tx) => {
    await tx.putUser(user);
    await tx.addSession({ ...session, agent: "a test", address: "127.0.0.1" });
  });
  return { cookie: `onetill_session=${token}`, ...consoleHeaders(of.origin) };
}

/** What the console's own page sends with everything. */
export function consoleHeaders(origin: string): Readonly<Record<string, string>> {
  return { origin, "onetill-console": "1", "sec-fetch-site": "same-origin" };
}
