import type { AcrossFact, AcrossSubject } from "#domain/reports/across.ts";
import type { AcrossWrites, Uncounted } from "../../reports/across-port.ts";
import { factValues, INSERT_FACT } from "./across-columns.ts";
import { SqliteReportWrites } from "./report-writes.ts";

/** What reports across channels add up. */
export class SqliteAcrossWrites extends SqliteReportWrites implements AcrossWrites {
  async putAcrossFacts(
    about: { readonly kind: AcrossSubject; readonly id: string },
    facts: readonly AcrossFact[],
  ): Promise<void> {
    this.database.run("DELETE FROM report_facts WHERE kind = ? AND id = ?", about.kind, about.id);
    for (const fact of facts) this.database.run(INSERT_FACT, ...factValues({ ...fact, about }));
    this.database.run("DELETE FROM report_uncounted WHERE kind = ? AND id = ?", about.kind, about.id);
  }

  async dropUncounted({ kind, id }: Uncounted): Promise<void> {
    this.database.run("DELETE FROM report_uncounted WHERE kind = ? AND id = ?", kind, id);
  }
}
