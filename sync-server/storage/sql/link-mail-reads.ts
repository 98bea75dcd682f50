import type { UserId } from "#domain/access/users.ts";
import { idOf, instant } from "#domain/ids.ts";
import type { LinkMailReads, LinkMailRecord } from "../../access/link-mail-port.ts";
import type { Row } from "./database.ts";
import { SqlLettingInReads } from "./letting-in-reads.ts";

/** Mails that bring somebody a link to choose a password by. */
export class SqlLinkMailReads extends SqlLettingInReads implements LinkMailReads {
  async linkMail(user: UserId): Promise<LinkMailRecord | null> {
    const row = await this.database.get("SELECT * FROM link_mails WHERE user_id = ?", user);
    return row === undefined ? null : toMail(row);
  }

  async linkMailsDue({
    at,
    limit,
  }: Parameters<LinkMailReads["linkMailsDue"]>[0]): Promise<readonly LinkMailRecord[]> {
    const rows = await this.database.all(
      "SELECT * FROM link_mails WHERE state = 'waiting' AND next_try_at <= ? ORDER BY next_try_at, user_id LIMIT ?",
      at,
      limit,
    );
    return rows.map(toMail);
  }
}

function toMail(row: Row): LinkMailRecord {
  return {
    user: idOf<"User">(String(row.user_id)),
    id: String(row.id),
    consoleAt: String(row.console_at),
    askedAt: instant(Number(row.asked_at)),
    state: row.state === "sent" || row.state === "dead" ? row.state : "waiting",
    tries: Number(row.tries),
    nextTryAt: row.next_try_at === null ? null : instant(Number(row.next_try_at)),
    sentAt: row.sent_at === null ? null : instant(Number(row.sent_at)),
    lastFailure: row.last_failure === null ? null : String(row.last_failure),
  };
}
