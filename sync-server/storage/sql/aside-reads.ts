import type { AsideAnswer, AsideAsk, AsideName } from "../port.ts";
import { acrossBehindOf } from "./across-behind.ts";
import { acrossReportOf } from "./across-rows.ts";
import { auditCountsOf, auditRowsOf } from "./data-audit-rows.ts";
import type { Database } from "./database.ts";
import { needsOf } from "./needs.ts";
import { reportOf } from "./report-rows.ts";
import { reportTicketsOf } from "./report-tickets.ts";
import { sellThroughOf } from "./sell-through.ts";
import { stockValueOf } from "./stock-value.ts";
import { upliftRowsOf } from "./uplift-rows.ts";

/** What can be asked aside, by its name: one function each, that gets a connection which stands at one state of the database. */
const ASIDE_READS: {
  readonly [N in AsideName]: (database: Database, ask: AsideAsk<N>) => Promise<AsideAnswer<N>>;
} = {
  auditCounts: auditCountsOf,
  auditRows: auditRowsOf,
  needs: needsOf,
  report: reportOf,
  reportTickets: reportTicketsOf,
  acrossReport: acrossReportOf,
  sellThrough: sellThroughOf,
  uplift: upliftRowsOf,
  acrossBehind: acrossBehindOf,
  stockValue: stockValueOf,
};

/** The answer to a question; the connection stands at one state of the database. */
export function answerAside<N extends AsideName>(
  database: Database,
  name: N,
  ask: AsideAsk<N>,
): Promise<AsideAnswer<N>> {
  return ASIDE_READS[name](database, ask);
}
