import type { Tries } from "#domain/access/sign-in-pace.ts";
import type { LinkKind, UserId } from "#domain/access/users.ts";
import type { Instant } from "#domain/ids.ts";
import type { AccessWrites, LinkRecord, SessionRecord, UserRecord } from "../../access/users-port.ts";
import { SqlCatalogueWrites } from "./catalogue-writes.ts";
import { keptTotp } from "./kept-secrets.ts";
import { userWords } from "./search-words.ts";

/** Who may sign in to HQ, and who has. */
export class SqlAccessWrites extends SqlCatalogueWrites implements AccessWrites {
  async putUser(user: UserRecord): Promise<void> {
    await this.database.run(
      `INSERT INTO users (id, email, name, words, role, stores, active, password_hash, totp, created_at, last_sign_in_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET email = excluded.email, name = excluded.name, words = excluded.words, role = excluded.role,
          stores = excluded.stores, active = excluded.active, password_hash = excluded.password_hash, totp = excluded.totp,
          last_sign_in_at = excluded.last_sign_in_at`,
      user.id,
      user.email,
      user.name,
      userWords(user),
      user.role,
      JSON.stringify(user.stores),
      Number(user.active),
      user.passwordHash,
      keptTotp(this.database.secrets, user.id, user.totp),
      user.createdAt,
      user.lastSignInAt,
    );
  }

  async addSession({ hash, user, createdAt, seenAt, agent, address }: SessionRecord): Promise<void> {
    await this.database.run(
      "INSERT INTO hq_sessions (hash, user_id, created_at, seen_at, agent, address) VALUES (?, ?, ?, ?, ?, ?)",
      hash,
      user,
      createdAt,
      seenAt,
      agent,
      address,
    );
  }

  async noteSessionSeen(hash: string, at: Instant): Promise<void> {
    await this.database.run("UPDATE hq_sessions SET seen_at = ? WHERE hash = ?", at, hash);
  }

  async endSession(hash: string): Promise<void> {
    await this.database.run("DELETE FROM hq_sessions WHERE hash = ?", hash);
  }

  async endSessionsOf(user: UserId, except: string | null): Promise<void> {
    await this.database.run("DELETE FROM hq_sessions WHERE user_id = ? AND hash <> ?", user, except ?? "");
  }

  async endEverySession(): Promise<void> {
    await this.database.run("DELETE FROM hq_sessions");
  }

  async addLink({ hash, kind, user, expiresAt }: LinkRecord): Promise<void> {
    await this.database.run(
      "INSERT INTO access_links (hash, kind, user_id, expires_at) VALUES (?, ?, ?, ?)",
      hash,
      kind,
      user,
      expiresAt,
    );
  }

  async removeLink(hash: string): Promise<void> {
    await this.database.run("DELETE FROM access_links WHERE hash = ?", hash);
  }

  async removeLinks(kind: LinkKind, user: UserId | null): Promise<void> {
    await this.database.run(
      "DELETE FROM access_links WHERE kind = ?1 AND (?2 IS NULL OR user_id = ?2)",
      kind,
      user,
    );
  }

  async putSignInTries(of: string, { failures, lastAt }: Tries): Promise<void> {
    await this.database.run(
      "INSERT INTO sign_in_tries (tried, failures, last_at) VALUES (?, ?, ?) ON CONFLICT (tried) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at",
      of,
      failures,
      lastAt,
    );
  }

  async forgetSignInTries(of: string): Promise<void> {
    await this.database.run("DELETE FROM sign_in_tries WHERE tried = ?", of);
  }

  async purgeAccess({
    now,
    sessionsSeenBefore,
    sessionsMadeBefore,
    triesBefore,
  }: Parameters<AccessWrites["purgeAccess"]>[0]): Promise<void> {
    await this.database.run(
      "DELETE FROM hq_sessions WHERE seen_at < ? OR created_at < ?",
      sessionsSeenBefore,
      sessionsMadeBefore,
    );
    await this.database.run("DELETE FROM access_links WHERE expires_at <= ?", now);
    await this.database.run("DELETE FROM sign_in_tries WHERE last_at < ?", triesBefore);
  }
}
