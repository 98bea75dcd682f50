import type { AcrossReads, Uncounted } from "../../reports/across-port.ts";
import { SqlReportReads } from "./report-reads.ts";

/** What reports across channels do not count yet. What they add up is read aside (`across-rows.ts`). */
export class SqlAcrossReads extends SqlReportReads implements AcrossReads {
  async notReported(limit: number): Promise<readonly Uncounted[]> {
    return (
      await this.database.all("SELECT kind, id FROM report_uncounted ORDER BY kind, id DESC LIMIT ?", limit)
    ).map(({ kind, id }) => ({ kind: String(kind) as Uncounted["kind"], id: String(id) }));
  }
}
