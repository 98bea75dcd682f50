import { instant } from "#domain/ids.ts";
import type { TrailReads, TrailRecord } from "../../access/port.ts";
import type { Row } from "./database.ts";
import { SqliteShiftReads } from "./shift-reads.ts";
import { stored } from "./stored.ts";

/** What people and programs asked HQ to change. */
export class SqliteTrailReads extends SqliteShiftReads implements TrailReads {
  async trail({
    before,
    limit,
    subject,
    by,
    from,
    until,
  }: Parameters<TrailReads["trail"]>[0]): Promise<readonly TrailRecord[]> {
    return this.database
      .all(
        `SELECT * FROM trail WHERE (?1 IS NULL OR cursor < ?1) AND (?2 IS NULL OR subject_kind = ?2) AND (?3 IS NULL OR subject_id = ?3)
          AND (?4 IS NULL OR by_id = ?4) AND (?5 IS NULL OR at >= ?5) AND (?6 IS NULL OR at < ?6) ORDER BY cursor DESC LIMIT ?7`,
        before,
        subject?.kind ?? null,
        subject?.id ?? null,
        by ?? null,
        from ?? null,
        until ?? null,
        limit,
      )
      .map(toRecord);
  }
}

function toRecord(row: Row): TrailRecord {
  return {
    cursor: Number(row.cursor),
    at: instant(Number(row.at)),
    by: { kind: row.by_kind === "user" ? "user" : "key", id: String(row.by_id), name: String(row.by_name) },
    call: String(row.call),
    subject: { kind: String(row.subject_kind), id: String(row.subject_id) },
    asked: stored<unknown>(row.asked),
    before: stored<unknown>(row.before),
    after: stored<unknown>(row.after),
    outcome: row.outcome === "done" ? "done" : row.outcome === "refused" ? "refused" : "begun",
    refusal: String(row.refusal),
  };
}
