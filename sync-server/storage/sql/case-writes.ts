import type { Case, DatedCaseAct } from "#domain/cases/case.ts";
import { isAwaited } from "#domain/cases/deadline.ts";
import type { CaseId } from "#domain/ids.ts";
import type { CaseWrites } from "../../cases/port.ts";
import { SqlMailWrites } from "./mail-writes.ts";
import { caseWords } from "./search-words.ts";

/** The acts on cases. */
export class SqlCaseWrites extends SqlMailWrites implements CaseWrites {
  async putCase(of: Case): Promise<void> {
    await this.database.run(
      `INSERT INTO cases (id, number, kind, store, customer, opened_at, deadline, awaited, closed_at, by_hq, words, data)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET store = excluded.store, deadline = excluded.deadline, awaited = excluded.awaited, closed_at = excluded.closed_at,
          words = excluded.words, data = excluded.data, on_tills = 1,
          overdue_told = CASE WHEN cases.overdue_told = 1 AND excluded.awaited = 1 AND cases.store = excluded.store AND cases.deadline = excluded.deadline THEN 1 ELSE 0 END`,
      of.id,
      of.number,
      of.kind,
      of.store,
      of.customer,
      of.openedAt,
      of.deadline,
      isAwaited(of) ? 1 : 0,
      of.closedAt,
      of.openedBy.kind === "hq" ? 1 : 0,
      caseWords(of),
      JSON.stringify(of),
    );
  }

  async noteCaseAct(of: CaseId, act: DatedCaseAct): Promise<boolean> {
    return (
      (await this.database.run(
        "INSERT INTO case_acts (id, case_id, data) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
        act.id,
        of,
        JSON.stringify(act),
      )) === 1
    );
  }

  async noteCaseOverdue(of: CaseId): Promise<void> {
    await this.database.run("UPDATE cases SET overdue_told = 1 WHERE id = ?", of);
  }

  async noteCaseForgotten(of: CaseId): Promise<void> {
    await this.database.run("UPDATE cases SET on_tills = 0 WHERE id = ?", of);
  }
}
