import { instant } from "#domain/ids.ts";
import type { ReportMailRecord, ReportReads, SavedView } from "../../reports/port.ts";
import { SqlDataAuditReads } from "./data-audit-reads.ts";
import type { Row } from "./database.ts";
import { stored } from "./stored.ts";

type ViewReads = Pick<
  ReportReads,
  | "reportView"
  | "reportViews"
  | "reportViewsOf"
  | "reportViewsDue"
  | "reportMail"
  | "reportMails"
  | "reportMailsDue"
>;

/** Saved reports, and what was sent of them. */
export class SqlReportViewReads extends SqlDataAuditReads implements ViewReads {
  async reportView(id: string): Promise<SavedView | null> {
    const row = await this.database.get("SELECT data FROM report_views WHERE id = ?", id);
    return row === undefined ? null : stored<SavedView>(row.data);
  }

  async reportViews({
    owner,
    limit,
  }: Parameters<ReportReads["reportViews"]>[0]): Promise<readonly SavedView[]> {
    return (
      await this.database.all(
        "SELECT data FROM report_views WHERE owner = ? OR shared = 1 OR next_at IS NOT NULL ORDER BY name, id LIMIT ?",
        owner,
        limit,
      )
    ).map(({ data }) => stored<SavedView>(data));
  }

  async reportViewsOf(owner: string): Promise<number> {
    return Number(
      (await this.database.get("SELECT count(*) AS count FROM report_views WHERE owner = ?", owner))?.count,
    );
  }

  async reportViewsDue({
    at,
    limit,
  }: Parameters<ReportReads["reportViewsDue"]>[0]): Promise<readonly SavedView[]> {
    return (
      await this.database.all(
        "SELECT data FROM report_views WHERE next_at <= ? ORDER BY next_at, id LIMIT ?",
        at,
        limit,
      )
    ).map(({ data }) => stored<SavedView>(data));
  }

  async reportMail(id: string): Promise<ReportMailRecord | null> {
    const row = await this.database.get("SELECT * FROM report_mails WHERE id = ?", id);
    return row === undefined ? null : toMail(row);
  }

  async reportMails({
    view,
    limit,
  }: Parameters<ReportReads["reportMails"]>[0]): Promise<readonly ReportMailRecord[]> {
    return (
      await this.database.all(
        "SELECT * FROM report_mails WHERE view = ? ORDER BY due_at DESC, id LIMIT ?",
        view,
        limit,
      )
    ).map(toMail);
  }

  async reportMailsDue({
    at,
    limit,
  }: Parameters<ReportReads["reportMailsDue"]>[0]): Promise<readonly ReportMailRecord[]> {
    return (
      await this.database.all(
        "SELECT * FROM report_mails WHERE state = 'waiting' AND next_try_at <= ? ORDER BY next_try_at, id LIMIT ?",
        at,
        limit,
      )
    ).map(toMail);
  }
}

function toMail(row: Row): ReportMailRecord {
  return {
    id: String(row.id),
    view: String(row.view),
    dueAt: instant(Number(row.due_at)),
    recipient: String(row.recipient),
    state: row.state === "sent" ? "sent" : row.state === "dead" ? "dead" : "waiting",
    tries: Number(row.tries),
    nextTryAt: row.next_try_at === null ? null : instant(Number(row.next_try_at)),
    sentAt: row.sent_at === null ? null : instant(Number(row.sent_at)),
    lastFailure: row.last_failure === null ? null : String(row.last_failure),
  };
}
