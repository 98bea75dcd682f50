import type { AcrossFact, AcrossSubject } from "#domain/reports/across.ts";
import type { AcrossWrites, Uncounted } from "../../reports/across-port.ts";
import { factValues, REPORT_FACTS } from "./across-columns.ts";
import { insertRows } from "./insert-rows.ts";
import { SqlReportWrites } from "./report-writes.ts";

/** What reports across channels add up. */
export class SqlAcrossWrites extends SqlReportWrites implements AcrossWrites {
  async putAcrossFacts(
    about: { readonly kind: AcrossSubject; readonly id: string },
    facts: readonly AcrossFact[],
  ): Promise<void> {
    this.database.send("DELETE FROM report_facts WHERE kind = ? AND id = ?", about.kind, about.id);
    await this.addAcrossFacts(facts.map((fact) => ({ ...fact, about })));
    this.database.send("DELETE FROM report_uncounted WHERE kind = ? AND id = ?", about.kind, about.id);
  }

  async addAcrossFacts(facts: readonly AcrossFact[]): Promise<void> {
    await insertRows(this.database, { into: REPORT_FACTS, rows: facts.map(factValues) });
  }

  async dropUncounted({ kind, id }: Uncounted): Promise<void> {
    this.database.send("DELETE FROM report_uncounted WHERE kind = ? AND id = ?", kind, id);
  }
}
