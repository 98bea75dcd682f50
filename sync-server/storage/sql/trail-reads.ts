import { instant } from "#domain/ids.ts";
import type { TrailReads, TrailRecord } from "../../access/port.ts";
import type { Row } from "./database.ts";
import { SqlShiftReads } from "./shift-reads.ts";
import { stored } from "./stored.ts";

const KINDS = ["user", "key", "till"] as const;

/** What people and programs asked HQ to change. */
export class SqlTrailReads extends SqlShiftReads implements TrailReads {
  async trail({
    before,
    limit,
    subject,
    by,
    from,
    until,
  }: Parameters<TrailReads["trail"]>[0]): Promise<readonly TrailRecord[]> {
    return (
      await this.database.all(
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
    ).map(toRecord);
  }

  /** Skips from one value to the next by the indexes: the log is long, and who and what is in it are few. */
  async trailChoices(limit: number): ReturnType<TrailReads["trailChoices"]> {
    const people = await this.database.all(
      `WITH RECURSIVE next (id) AS (SELECT min(by_id) FROM trail WHERE by_id > ''
          UNION ALL SELECT (SELECT min(by_id) FROM trail WHERE by_id > next.id) FROM next WHERE next.id IS NOT NULL)
        SELECT id, (SELECT by_name FROM trail WHERE by_id = next.id ORDER BY cursor DESC LIMIT 1) AS name
          FROM next WHERE id IS NOT NULL LIMIT ?`,
      limit,
    );
    const subjects = await this.database.all(
      `WITH RECURSIVE next (kind) AS (SELECT min(subject_kind) FROM trail
          UNION ALL SELECT (SELECT min(subject_kind) FROM trail WHERE subject_kind > next.kind) FROM next WHERE next.kind IS NOT NULL)
        SELECT kind FROM next WHERE kind IS NOT NULL LIMIT ?`,
      limit,
    );
    return {
      people: people.map(({ id, name }) => ({ id: String(id), name: String(name) })),
      subjects: subjects.map(({ kind }) => String(kind)),
    };
  }
}

function toRecord(row: Row): TrailRecord {
  return {
    cursor: Number(row.cursor),
    at: instant(Number(row.at)),
    by: {
      kind: KINDS.find((kind) => kind === row.by_kind) ?? "key",
      id: String(row.by_id),
      name: String(row.by_name),
    },
    call: String(row.call),
    subject: { kind: String(row.subject_kind), id: String(row.subject_id) },
    asked: stored<unknown>(row.asked),
    before: stored<unknown>(row.before),
    after: stored<unknown>(row.after),
    outcome: row.outcome === "done" ? "done" : row.outcome === "refused" ? "refused" : "begun",
    refusal: String(row.refusal),
  };
}
