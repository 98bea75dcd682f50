import { HQ_ROLES, type HqRole } from "#domain/access/roles.ts";
import type { Tries } from "#domain/access/sign-in-pace.ts";
import { LINK_LIFE_MS, type LinkKind, type UserId } from "#domain/access/users.ts";
import { type Instant, idOf, instant, type StoreId } from "#domain/ids.ts";
import type { AccessReads, LinkRecord, SessionRecord, UserRecord } from "../../access/users-port.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { SqlCatalogueReads } from "./catalogue-reads.ts";
import type { Row } from "./database.ts";
import { totpKept } from "./kept-secrets.ts";
import { searchPattern } from "./search-words.ts";
import { stored } from "./stored.ts";

/** Who may sign in to HQ, and who has. */
export class SqlAccessReads extends SqlCatalogueReads implements AccessReads {
  async userCount(): Promise<number> {
    return Number((await this.database.get("SELECT count(*) AS count FROM users"))?.count);
  }

  async user(id: UserId): Promise<UserRecord | null> {
    return this.#userOrNull(await this.database.get("SELECT * FROM users WHERE id = ?", id));
  }

  async userByEmail(email: string): Promise<UserRecord | null> {
    return this.#userOrNull(await this.database.get("SELECT * FROM users WHERE email = ?", email));
  }

  async usersOfRole(role: HqRole): Promise<readonly UserRecord[]> {
    const rows = await this.database.all("SELECT * FROM users WHERE role = ? ORDER BY name, id", role);
    return rows.map((row) => toUser(row, this.database.secrets));
  }

  async users({
    search,
    active,
    after,
    limit,
  }: Parameters<AccessReads["users"]>[0]): Promise<readonly UserRecord[]> {
    const rows = await this.database.all(
      `SELECT * FROM users WHERE (?1 IS NULL OR active = ?1) AND (?2 IS NULL OR (name, id) > (?2, ?3)) AND words LIKE ?4 ESCAPE '\\'
          ORDER BY name, id LIMIT ?5`,
      active === null ? null : Number(active),
      after?.name ?? null,
      after?.id ?? null,
      searchPattern(search),
      limit,
    );
    return rows.map((row) => toUser(row, this.database.secrets));
  }

  async session(hash: string): Promise<SessionRecord | null> {
    const row = await this.database.get("SELECT * FROM hq_sessions WHERE hash = ?", hash);
    return row === undefined ? null : toSession(row);
  }

  async sessionsOf(user: UserId, limit: number): Promise<readonly SessionRecord[]> {
    return (
      await this.database.all(
        "SELECT * FROM hq_sessions WHERE user_id = ? ORDER BY created_at DESC, hash LIMIT ?",
        user,
        limit,
      )
    ).map(toSession);
  }

  async link(hash: string): Promise<LinkRecord | null> {
    const row = await this.database.get("SELECT * FROM access_links WHERE hash = ?", hash);
    if (row === undefined) return null;
    return {
      hash: String(row.hash),
      kind: kindOf(row.kind),
      user: row.user_id === null ? null : idOf<"User">(String(row.user_id)),
      expiresAt: instantOrNull(row.expires_at),
    };
  }

  async signInTries(of: string): Promise<Tries | null> {
    const row = await this.database.get("SELECT failures, last_at FROM sign_in_tries WHERE tried = ?", of);
    return row === undefined
      ? null
      : { failures: Number(row.failures), lastAt: instant(Number(row.last_at)) };
  }

  #userOrNull(row: Row | undefined): UserRecord | null {
    return row === undefined ? null : toUser(row, this.database.secrets);
  }
}

function toUser(row: Row, secrets: SecretBox): UserRecord {
  return {
    id: idOf<"User">(String(row.id)),
    email: String(row.email),
    name: String(row.name),
    role: roleOf(row.role),
    stores: stored<readonly StoreId[] | null>(row.stores),
    active: row.active === 1,
    passwordHash: row.password_hash === null ? null : String(row.password_hash),
    totp: totpKept(secrets, String(row.id), row.totp),
    createdAt: instant(Number(row.created_at)),
    lastSignInAt: instantOrNull(row.last_sign_in_at),
  };
}

function toSession(row: Row): SessionRecord {
  return {
    hash: String(row.hash),
    user: idOf<"User">(String(row.user_id)),
    createdAt: instant(Number(row.created_at)),
    seenAt: instant(Number(row.seen_at)),
    agent: String(row.agent),
    address: String(row.address),
  };
}

/** A role that this program does not know, from a newer one, may do nothing that this one knows how to allow. */
function roleOf(value: unknown): HqRole {
  const known = HQ_ROLES.find((role) => role === value);
  if (known === undefined) throw new Error(`a user has the role ${String(value)}, which is unknown`);
  return known;
}

function kindOf(value: unknown): LinkKind {
  const kinds = Object.keys(LINK_LIFE_MS) as LinkKind[];
  const known = kinds.find((kind) => kind === value);
  if (known === undefined) throw new Error(`a link is for ${String(value)}, which is unknown`);
  return known;
}

function instantOrNull(value: unknown): Instant | null {
  return value === null ? null : instant(Number(value));
}
