import type { AcrossFact, AcrossSubject } from "#domain/reports/across.ts";
import type { AcrossWrites, Uncounted } from "../../reports/across-port.ts";
import { SqliteReportWrites } from "./report-writes.ts";

/** So many columns of measures there are; a report that has fewer leaves the last ones at nothing. */
export const MEASURE_COLUMNS = ["m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7"] as const;

/** What reports across channels add up. */
export class SqliteAcrossWrites extends SqliteReportWrites implements AcrossWrites {
  async putAcrossFacts(
    about: { readonly kind: AcrossSubject; readonly id: string },
    facts: readonly AcrossFact[],
  ): Promise<void> {
    this.database.run("DELETE FROM report_facts WHERE kind = ? AND id = ?", about.kind, about.id);
    for (const {
      report,
      place,
      number,
      at,
      day,
      store,
      currency,
      channel,
      value,
      person,
      other,
      measures,
    } of facts)
      this.database.run(
        `INSERT INTO report_facts (report, day, store, kind, id, place, number, at, currency, channel, value, person, other, ${MEASURE_COLUMNS.join(", ")})
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${MEASURE_COLUMNS.map(() => "?").join(", ")})`,
        report,
        day,
        store ?? "",
        about.kind,
        about.id,
        place,
        number,
        at,
        currency,
        channel,
        value,
        person,
        other,
        ...MEASURE_COLUMNS.map((_, column) => measures[column] ?? 0),
      );
    this.database.run("DELETE FROM report_uncounted WHERE kind = ? AND id = ?", about.kind, about.id);
  }

  async dropUncounted({ kind, id }: Uncounted): Promise<void> {
    this.database.run("DELETE FROM report_uncounted WHERE kind = ? AND id = ?", kind, id);
  }
}
