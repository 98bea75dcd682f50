import type { UserId } from "#domain/access/users.ts";
import type { Instant } from "#domain/ids.ts";
import type { LinkMailRecord, LinkMailWrites } from "../../access/link-mail-port.ts";
import { SqlReplenishWrites } from "./replenish-writes.ts";

/** Mails that bring somebody a link to choose a password by. */
export class SqlLinkMailWrites extends SqlReplenishWrites implements LinkMailWrites {
  async putLinkMail(mail: LinkMailRecord): Promise<void> {
    await this.database.run(
      `INSERT INTO link_mails (user_id, id, console_at, asked_at, state, tries, next_try_at, sent_at, last_failure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (user_id) DO UPDATE SET id = excluded.id, console_at = excluded.console_at, asked_at = excluded.asked_at, state = excluded.state,
          tries = excluded.tries, next_try_at = excluded.next_try_at, sent_at = excluded.sent_at, last_failure = excluded.last_failure`,
      mail.user,
      mail.id,
      mail.consoleAt,
      mail.askedAt,
      mail.state,
      mail.tries,
      mail.nextTryAt,
      mail.sentAt,
      mail.lastFailure,
    );
  }

  async removeLinkMail(user: UserId): Promise<void> {
    await this.database.run("DELETE FROM link_mails WHERE user_id = ?", user);
  }

  async purgeLinkMails(before: Instant): Promise<void> {
    await this.database.run("DELETE FROM link_mails WHERE asked_at < ?", before);
  }
}
