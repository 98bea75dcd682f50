import { DatabaseSync } from "node:sqlite";
import { ACROSS, ACROSS_NAMES, type AcrossName, NO_CURRENCY } from "#domain/reports/across.ts";
import {
  type ReportGroup,
  TICKET_REPORT_NAMES,
  type TicketReportName,
  ticketReportCalled,
} from "#domain/reports/reports.ts";
import { CURRENCY } from "../sync-server/demo/retailer.ts";
import { type ReportQuestion, reportAskOf, ticketsAskOf } from "../sync-server/reports/question.ts";
import type { Storage } from "../sync-server/storage/port.ts";
import { SqliteStorage } from "../sync-server/storage/sqlite/storage.ts";
import type { Benchmark, Run } from "./benchmark.ts";
import type { Measured } from "./metric.ts";
import { percentile } from "./percentile.ts";
import { pastYear } from "./shop/past-year.ts";
import { PROMOTION, SALES_YEAR, storeAt } from "./shop/sales.ts";
import { postgresScans, yearToPostgres } from "./shop/to-postgres.ts";

const USUAL_LINES = 1_000_000;
const STORES = 500;
const SHARE = 0.95;
const ROWS = 100;
const TICKETS = 50;
/** The others are asked in words of their own. */
const FACT_REPORTS = ACROSS_NAMES.filter((name) => name !== "sellThrough" && name !== "uplift");

/** Every report of a year over all stores, rows made in every way that there is, and the tickets behind the largest figure. */
export const reports: Benchmark = {
  name: "reports",
  what: "each report of a year over all stores, in the thread that answers them; floor: a plain scan over the same lines",
  usual: { skus: 20_000, samples: 10, lines: USUAL_LINES },
  keepsData: true,
  onPostgres: true,
  async *run(run: Run): AsyncGenerator<Measured> {
    const { skus, samples, lines = USUAL_LINES } = run;
    const { file, tickets } = await pastYear(run, { lines, stores: STORES });
    const storage =
      run.databaseUrl === null
        ? new SqliteStorage(file)
        : await yearToPostgres(file, run.databaseUrl, run.say);
    const floor =
      run.databaseUrl === null
        ? scans(file, samples)
        : await postgresScans(run.databaseUrl, { ...SALES_YEAR, samples });
    const params = { lines, tickets, stores: STORES, skus, samples };
    const common = { unit: "ms", floor: percentile(floor, SHARE), params } as const;
    function* measured(metric: string, { wall, cpu }: Times): Iterable<Measured> {
      yield { ...common, metric, value: percentile(wall, SHARE) };
      // Another program's processor time is not known here.
      if (run.databaseUrl !== null) return;
      yield { ...common, metric: metric.replace(/p95$/, "cpu"), value: percentile(cpu, SHARE) };
    }
    let worst: Times = { wall: [0], cpu: [0] };
    let longestTurnMs = 0;
    for (const report of TICKET_REPORT_NAMES)
      for (const group of ticketReportCalled(report).groups) {
        run.say(`${report} by ${group}`);
        const watched = watchTurns();
        const times = await timed(samples, () => rowsOf(storage, report, group));
        longestTurnMs = Math.max(longestTurnMs, watched());
        if (percentile(times.wall, SHARE) > percentile(worst.wall, SHARE)) worst = times;
        yield* measured(`${report}.${group}.p95`, times);
      }
    for (const report of FACT_REPORTS)
      for (const group of ACROSS[report].groups) {
        run.say(`${report} by ${group}`);
        const watched = watchTurns();
        const times = await timed(samples, () => acrossOf(storage, report, group));
        longestTurnMs = Math.max(longestTurnMs, watched());
        if (percentile(times.wall, SHARE) > percentile(worst.wall, SHARE)) worst = times;
        yield* measured(`${report}.${group}.p95`, times);
      }
    for (const group of ACROSS.sellThrough.groups) {
      run.say(`sell-through by ${group}`);
      yield* measured(`sellThrough.${group}.p95`, await timed(samples, () => sellThroughOf(storage, group)));
    }
    run.say("what promotions did");
    yield* measured("uplift.value.p95", await timed(samples, () => upliftOf(storage)));
    for (const report of ACROSS_NAMES) {
      run.say(`what ${report} is made of`);
      const one = report === "uplift" ? PROMOTION : storeAt(0);
      for (const [name, key] of [["one", one] as const, ["all", null] as const]) {
        const times = await timed(samples, () => behindOf(storage, report, key));
        yield* measured(`${report}.behind.${name}.p95`, times);
      }
    }
    for (const report of TICKET_REPORT_NAMES) {
      run.say(`tickets behind the year of ${report}`);
      yield* measured(`${report}.tickets.p95`, await timed(samples, () => ticketsOf(storage, report)));
    }
    yield* measured("worst.p95", worst);
    yield { ...common, metric: "server.longestTurn", value: longestTurnMs };
    await storage.close();
  },
};

async function acrossOf(storage: Storage, report: AcrossName, group: ReportGroup): Promise<void> {
  const filter = { ...SALES_YEAR, report, stores: null, channels: null };
  const answer = await storage.aside.read("acrossReport", { filter, group, before: null });
  if (!answer.ok || answer.value.now.rows.length === 0)
    throw new Error(`${report} by ${group} was not answered`);
}

async function sellThroughOf(storage: Storage, group: ReportGroup): Promise<void> {
  const filter = { ...SALES_YEAR, report: "sellThrough", stores: null, channels: null } as const;
  const ask = { filter, group, before: null, offset: 0, limit: ROWS };
  const answer = await storage.aside.read("sellThrough", ask);
  if (!answer.ok || answer.value.rows.count === 0)
    throw new Error(`sell-through by ${group} was not answered`);
}

async function upliftOf(storage: Storage): Promise<void> {
  const filter = { ...SALES_YEAR, report: "uplift", stores: null, channels: null } as const;
  const answer = await storage.aside.read("uplift", { filter, offset: 0, limit: ROWS });
  if (!answer.ok || answer.value.rows.count === 0) throw new Error("promotions' effect was not answered");
}

async function behindOf(storage: Storage, report: AcrossName, key: string | null): Promise<void> {
  const filter = { ...SALES_YEAR, report, stores: null, channels: null };
  const group = report === "uplift" ? "value" : "store";
  const currency = report === "sellThrough" ? NO_CURRENCY : CURRENCY;
  const ask = { filter, group, key, currency, after: null, limit: TICKETS } as const;
  const answer = await storage.aside.read("acrossBehind", ask);
  if (!answer.ok || answer.value.count === 0) throw new Error(`what ${report} is made of was not answered`);
}

function questionOf(report: TicketReportName, group: ReportGroup): ReportQuestion {
  return { report, group, period: SALES_YEAR, stores: null, channels: null, categories: null, compare: null };
}

async function rowsOf(storage: Storage, report: TicketReportName, group: ReportGroup): Promise<void> {
  const ask = reportAskOf(questionOf(report, group), { offset: 0, limit: ROWS });
  const answer = await storage.aside.read("report", ask);
  if (!answer.ok || (answer.value.count === 0 && report !== "refunds"))
    throw new Error(`${report} by ${group} was not answered`);
}

async function ticketsOf(storage: Storage, report: TicketReportName): Promise<void> {
  const page = { key: null, currency: CURRENCY, after: null, limit: TICKETS };
  const answer = await storage.aside.read("reportTickets", ticketsAskOf(questionOf(report, "store"), page));
  if (!answer.ok || answer.value.tickets.length !== TICKETS) throw new Error("the tickets were not answered");
}

/** Milliseconds by the clock, and of processor time that all threads of this process took. */
interface Times {
  readonly wall: readonly number[];
  readonly cpu: readonly number[];
}

async function timed(samples: number, act: () => Promise<void>): Promise<Times> {
  await act();
  const [wall, cpu]: [number[], number[]] = [[], []];
  for (let sample = 0; sample < samples; sample += 1) {
    const before = process.cpuUsage();
    const start = performance.now();
    await act();
    wall.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1_000);
  }
  return { wall, cpu };
}

/** The longest that anybody else had to wait for this thread until it is asked; milliseconds. */
function watchTurns(): () => number {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

/** The least that adding up all lines costs: going through them once. */
function scans(file: string, samples: number): readonly number[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const scan = database.prepare(
    "SELECT count(*) AS n, sum(net) AS net FROM report_lines WHERE day >= ? AND day <= ?",
  );
  const times: number[] = [];
  for (let sample = 0; sample <= samples; sample += 1) {
    const start = performance.now();
    scan.get(SALES_YEAR.from, SALES_YEAR.until);
    if (sample > 0) times.push(performance.now() - start);
  }
  database.close();
  return times;
}
