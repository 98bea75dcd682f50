import type { Instant } from "#domain/ids.ts";
import type { ReportMailRecord, ReportWrites, SavedView } from "../../reports/port.ts";
import { SqlDataAuditWrites } from "./data-audit-writes.ts";

type ViewWrites = Pick<
  ReportWrites,
  "putReportView" | "removeReportView" | "putReportMail" | "purgeReportMails"
>;

/** The acts on saved reports, and on what was sent of them. */
export class SqlReportViewWrites extends SqlDataAuditWrites implements ViewWrites {
  async putReportView(view: SavedView): Promise<void> {
    await this.database.run(
      `INSERT INTO report_views (id, owner, name, shared, next_at, data) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, shared = excluded.shared, next_at = excluded.next_at, data = excluded.data`,
      view.id,
      view.owner.id,
      view.name,
      Number(view.shared),
      view.nextAt,
      JSON.stringify(view),
    );
  }

  async removeReportView(id: string): Promise<void> {
    await this.database.run("DELETE FROM report_mails WHERE view = ?", id);
    await this.database.run("DELETE FROM report_views WHERE id = ?", id);
  }

  async putReportMail(mail: ReportMailRecord): Promise<void> {
    await this.database.run(
      `INSERT INTO report_mails (id, view, due_at, recipient, state, tries, next_try_at, sent_at, last_failure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, tries = excluded.tries, next_try_at = excluded.next_try_at, sent_at = excluded.sent_at,
          last_failure = excluded.last_failure`,
      mail.id,
      mail.view,
      mail.dueAt,
      mail.recipient,
      mail.state,
      mail.tries,
      mail.nextTryAt,
      mail.sentAt,
      mail.lastFailure,
    );
  }

  async purgeReportMails(before: Instant): Promise<void> {
    await this.database.run("DELETE FROM report_mails WHERE due_at < ?", before);
  }
}
