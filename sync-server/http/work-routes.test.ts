import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { approvalsAnswerSchema, commissionAnswerSchema, timeClockAnswerSchema } from "#protocol/hq/staff.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { HttpForTests, type HttpTill } from "../http-for-tests.ts";
import { BERLIN, cashier, EUR } from "../testing/shop.ts";
import { ticketBack } from "../testing/ticket-back.ts";

const TEA = idOf<"Variant">("tea");
const JOHANNA = idOf<"Staff">("johanna");
const HOUR_MS = 3_600_000;
/** 2027-01-15, nine in the morning in Berlin. */
const NINE = 1_800_000_000_000;
const DAY = "from=2027-01-15&until=2027-01-15";

let http: HttpForTests;
let berlin: HttpTill;

beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA], 10);
  await http.parts.deps.publisher.publish(async (publication) => {
    await publication.putStaff(BERLIN.store, { ...cashier("mira"), name: "Mira Albers" });
    await publication.putStaff(BERLIN.store, { ...cashier("johanna"), name: "Johanna Reuter" });
  });
  berlin = await http.pair();
  berlin.till.begin();
  http.parts.clock.advance(20 * HOUR_MS);
});
afterEach(() => http.close());

async function push(): Promise<void> {
  expect((await http.push(berlin, berlin.till.entries)).status).toBe(200);
}

function at(hours: number): void {
  berlin.till.at = instant(NINE + hours * HOUR_MS);
}

async function spans() {
  const answer = await http.hq(`/hq/v1/time-clock?${DAY}`);
  return timeClockAnswerSchema.parse(await answer.json()).spans;
}

async function commission(query = "") {
  const answer = await http.hq(`/hq/v1/commission?${DAY}${query}`);
  return commissionAnswerSchema.parse(await answer.json()).colleagues;
}

function correction(span: string | null, changes: Readonly<Record<string, unknown>> = {}) {
  const said = { reason: "Forgot to clock out", by: "Hanna", staff: "mira", store: "BER1" };
  const body = { span, ...said, from: NINE, until: NINE + 8 * HOUR_MS, ...changes };
  return http.hq("/hq/v1/time-clock/corrections", { method: "POST", body });
}

test("hours are from clocking in to clocking out, with names, and count once however often a till tells of them", async () => {
  berlin.till.write({ type: "staff.clockedIn" });
  at(4);
  berlin.till.write({ type: "staff.clockedOut" });
  await push();
  await push();
  expect(await spans()).toMatchObject([
    { staffName: "Mira Albers", store: "BER1", day: "2027-01-15", state: "whole", workedMs: 4 * HOUR_MS },
  ]);
});

test("a clock-out that was forgotten is seen; HQ's correction counts from then on and what was clocked stays", async () => {
  const { id } = berlin.till.write({ type: "staff.clockedIn" });
  await push();
  expect(await spans()).toMatchObject([{ id, state: "missingOut", workedMs: null }]);
  expect((await correction(id)).status).toBe(201);
  expect(await spans()).toMatchObject([
    {
      state: "whole",
      workedMs: 8 * HOUR_MS,
      clocked: { from: NINE, until: null },
      corrections: [{ reason: "Forgot to clock out", by: "Hanna" }],
    },
  ]);
});

test("HQ writes down hours that nobody clocked, and corrects them again", async () => {
  expect((await correction(null)).status).toBe(201);
  const [written] = await spans();
  expect(written).toMatchObject({ state: "whole", clocked: { from: null, until: null } });
  await correction(written?.id ?? "", { until: NINE + HOUR_MS });
  expect(await spans()).toMatchObject([{ workedMs: HOUR_MS, corrections: [{}, {}] }]);
});

test("hours that are written down are so once for each id", async () => {
  const id = "0199c3a0-0000-7000-8000-000000000001";
  for (const asked of [correction(null, { id }), correction(null, { id })])
    expect([(await asked).status, await (await asked).json()]).toEqual([201, { id }]);
  expect(await spans()).toHaveLength(1);
  for (const other of [{ staff: "johanna" }, { until: NINE + HOUR_MS }, { reason: "Stayed longer" }])
    expect((await correction(null, { id, ...other })).status).toBe(409);
});

test("hours that are written down under the name of what somebody clocked are refused, and take the place of nothing", async () => {
  const { id } = berlin.till.write({ type: "staff.clockedIn" });
  await push();
  expect((await correction(null, { id, staff: "johanna" })).status).toBe(404);
  expect(await spans()).toMatchObject([{ id, staffName: "Mira Albers", state: "missingOut" }]);
});

test("a correction of nobody's hours, of another's, without a reason or in the future is refused", async () => {
  const { id } = berlin.till.write({ type: "staff.clockedIn" });
  await push();
  const why = async (answer: Response) => {
    const { details, reason } = errorBodySchema.parse(await answer.json());
    return [answer.status, reason === "badRequest" && details?.[0]?.includes(":") ? "form" : details?.[0]];
  };
  expect(await why(await correction("none"))).toEqual([404, "unknownSpan"]);
  expect(await why(await correction(id, { staff: "johanna" }))).toEqual([404, "unknownSpan"]);
  expect(await why(await correction(id, { staff: "nobody" }))).toEqual([404, "unknownColleague"]);
  expect(await why(await correction(id, { reason: " " }))).toEqual([400, "form"]);
  expect(await why(await correction(id, { until: NINE }))).toEqual([400, "endsBeforeItBegins"]);
  const tomorrow = { from: NINE + 40 * HOUR_MS, until: NINE + 41 * HOUR_MS };
  expect(await why(await correction(id, tomorrow))).toEqual([400, "inTheFuture"]);
});

test("what somebody allowed, what was voided and drawers that were opened are listed with names and words", async () => {
  berlin.till.write({ type: "staff.signedIn" });
  at(1);
  berlin.till.write({
    type: "action.approved",
    permission: "discount.line",
    approvedBy: JOHANNA,
    what: "20 % off Oak lamp",
  });
  at(2);
  const lines = [{ name: "Oak lamp", quantity: 2, total: money(2_000, EUR) }];
  berlin.till.write({ type: "basket.voided", lines, whole: true, approvedBy: JOHANNA });
  at(3);
  berlin.till.write({
    type: "drawer.opened",
    shift: null,
    reason: "Change for a customer",
    approvedBy: null,
  });
  await push();
  const listed = async (filter: string, query = DAY) => {
    const answer = await http.hq(`/hq/v1/approvals?filter=${filter}&${query}`);
    return approvalsAnswerSchema.parse(await answer.json());
  };
  const allowed = await listed("allowed");
  expect(allowed.total).toBe(2);
  const mira = { staffName: "Mira Albers", store: "BER1", register: 1 };
  expect(allowed.entries).toMatchObject([
    { ...mira, kind: "voided", permission: "basket.void", what: "2 × Oak lamp", amount: money(2_000, EUR) },
    { ...mira, permission: "discount.line", what: "20 % off Oak lamp", approvedByName: "Johanna Reuter" },
  ]);
  expect((await listed("voids")).entries).toMatchObject([{ kind: "voided" }]);
  expect((await listed("drawer")).entries).toMatchObject([
    { what: "Change for a customer", approvedByName: "" },
  ]);
  expect((await listed("signIns")).entries).toMatchObject([{ kind: "signedIn", staffName: "Mira Albers" }]);
  expect((await listed("allowed", "from=2027-01-14&until=2027-01-14")).total).toBe(0);
});

test("commission is by whoever sold, what comes back is off them, and the sums are those of all lines", async () => {
  const sale = berlin.till.ticket([{ variant: TEA, quantity: 2 }]);
  const soldByJohanna: Ticket = {
    ...sale,
    lines: sale.lines.map((line) => (line.kind === "sale" ? { ...line, soldBy: JOHANNA } : line)),
  };
  berlin.till.write({ type: "ticket.completed", ticket: soldByJohanna });
  const { fact } = berlin.till.sell([{ variant: TEA, quantity: 1 }]);
  const back = ticketBack(berlin.till, soldByJohanna, 1);
  berlin.till.write({ type: "ticket.completed", ticket: back });
  await push();
  const rows = await commission();
  expect(
    rows.map(({ staffName, pieces, returnedPieces }) => [staffName, pieces, returnedPieces]).sort(),
  ).toEqual([
    ["Johanna Reuter", 2, 1],
    ["Mira Albers", 1, 0],
  ]);
  const own = fact.type === "ticket.completed" ? fact.ticket : sale;
  const lines = [...soldByJohanna.lines, ...own.lines, ...back.lines];
  const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, minor) => sum + minor, 0);
  expect(sumOf(rows.map(({ total }) => total.minor))).toBe(sumOf(lines.map(({ total }) => total.minor)));
  expect(await commission("&store=HAM1")).toEqual([]);
});

test("hours and commission come as CSV as well", async () => {
  berlin.till.sell([{ variant: TEA, quantity: 1 }]);
  berlin.till.write({ type: "staff.clockedIn" });
  await push();
  const csv = async (path: string) => {
    const answer = await http.hq(`/hq/v1/${path}?${DAY}&format=csv`);
    expect(answer.headers.get("content-type")).toContain("text/csv");
    return (await answer.text()).trim().split("\r\n");
  };
  const [head, mira] = await csv("commission");
  expect(head).toContain("colleague,id,currency");
  expect(mira).toMatch(/^Mira Albers,mira,EUR,1,1,0,\d+\.\d\d,0\.00,/);
  expect((await csv("time-clock"))[1]).toMatch(/^Mira Albers,mira,BER1,2027-01-15,.*,missingOut,no,$/);
});

test("a period that ends before it begins, or is longer than a year, is none", async () => {
  for (const query of ["from=2027-01-15&until=2027-01-14", "from=2020-01-15&until=2027-01-14"])
    for (const path of ["commission", "time-clock", "approvals"])
      expect((await http.hq(`/hq/v1/${path}?${query}`)).status, path).toBe(400);
});
