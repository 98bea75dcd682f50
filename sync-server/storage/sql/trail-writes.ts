import type { TrailWrites } from "../../access/port.ts";
import { SqlShiftWrites } from "./shift-writes.ts";

/** What people and programs asked HQ to change. */
export class SqlTrailWrites extends SqlShiftWrites implements TrailWrites {
  async beginTrail({
    at,
    by,
    call,
    subject,
    asked,
    before,
  }: Parameters<TrailWrites["beginTrail"]>[0]): Promise<number> {
    const row = await this.database.get(
      `INSERT INTO trail (at, by_kind, by_id, by_name, call, subject_kind, subject_id, asked, before, after, outcome, refusal)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'null', 'begun', '') RETURNING cursor`,
      at,
      by.kind,
      by.id,
      by.name,
      call,
      subject.kind,
      subject.id,
      JSON.stringify(asked),
      JSON.stringify(before),
    );
    return Number(row?.cursor);
  }

  async endTrail(
    cursor: number,
    { outcome, after, refusal, made }: Parameters<TrailWrites["endTrail"]>[1],
  ): Promise<void> {
    await this.database.run(
      "UPDATE trail SET outcome = ?, after = ?, refusal = ?, subject_id = coalesce(?, subject_id) WHERE cursor = ? AND outcome = 'begun'",
      outcome,
      JSON.stringify(after),
      refusal,
      made,
      cursor,
    );
  }
}
