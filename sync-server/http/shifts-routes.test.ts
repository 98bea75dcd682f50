import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { CashPolicy } from "#domain/shift/cash.ts";
import { readPdf } from "#paper/testing/read-pdf.ts";
import {
  cashPoliciesAnswerSchema,
  shiftsAnswerSchema,
  storeCashSchema,
  zReportDetailSchema,
  zReportsAnswerSchema,
} from "#protocol/hq/shifts.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { zReport } from "../testing/day.ts";
import { EUR } from "../testing/shop.ts";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

const eur = (minor: number) => money(minor, EUR);
const SHIFT = idOf<"Shift">("shift-1");
const DAY = idOf<"BusinessDay">("2026-11-26");
const POLICY: CashPolicy = {
  drawer: "own",
  requireShift: true,
  blindCount: false,
  variance: eur(200),
  float: eur(15_000),
  pickupAbove: null,
  lockAfterMinutes: 10,
};
const put = (code: string, policy: object) =>
  http.hq(`/hq/v1/stores/${code}/cash`, { method: "PUT", body: policy });
const policies = async () =>
  cashPoliciesAnswerSchema.parse(await (await http.hq("/hq/v1/cash-policies")).json()).stores;
const read = async (path: string) => (await http.hq(path)).json();

test("how a store handles its cash is decided by HQ, and its tills have it", async () => {
  expect((await policies())[0]).toMatchObject({ code: "BER1", policy: { requireShift: false } });
  const { token } = await http.pair("BER1");
  expect(storeCashSchema.parse(await (await put("ber1", POLICY)).json()).policy).toEqual(POLICY);
  const pulled = await (await http.ask("/sync/v1/replica/settings?limit=10", { token })).text();
  expect(pulled).toContain('"requireShift":true');
  expect((await policies()).map(({ code, policy }) => [code, policy.drawer])).toEqual([
    ["BER1", "own"],
    ["HAM1", "shared"],
  ]);
});

test("a policy in other money, with a variance below zero or of no store is refused", async () => {
  const francs = { ...POLICY, float: { minor: 1, currency: "CHF" } };
  expect(await refusalOf(await put("BER1", francs))).toMatchObject({ status: 400 });
  expect(await refusalOf(await put("BER1", { ...POLICY, variance: eur(-1) }))).toMatchObject({ status: 400 });
  expect(await refusalOf(await put("XXX1", POLICY))).toMatchObject({ status: 404 });
});

test("HQ sees open drawers, and each Z report with the drawers and movements behind it", async () => {
  const paired = await http.pair("BER1");
  const { till } = paired;
  const { store, device } = till;
  till.begin();
  till.write({
    type: "shift.opened",
    shift: SHIFT,
    owner: null,
    businessDay: DAY,
    float: { pieces: [], total: eur(15_000) },
    approvedBy: null,
  });
  till.write({
    type: "cash.moved",
    id: "move-1",
    shift: SHIFT,
    kind: "pickup",
    amount: eur(5_000),
    reason: "To the safe",
    approvedBy: idOf<"Staff">("johanna"),
  });
  expect((await http.push(paired, till.entries)).status).toBe(200);
  const open = shiftsAnswerSchema.parse(await read("/hq/v1/shifts?store=BER1"));
  expect(open.shifts).toMatchObject([
    {
      shift: SHIFT,
      store: "BER1",
      register: 1,
      closed: null,
      acts: [{ kind: "pickup", reason: "To the safe" }],
    },
  ]);
  expect(shiftsAnswerSchema.parse(await read("/hq/v1/shifts?store=HAM1")).shifts).toEqual([]);

  const total = eur(9_990);
  till.write({
    type: "shift.closed",
    shift: SHIFT,
    businessDay: DAY,
    count: { pieces: [], total },
    expected: eur(10_000),
    variance: eur(-10),
    reason: "Not known",
    kept: total,
    approvedBy: null,
  });
  const drawer = {
    shift: SHIFT,
    owner: null,
    openedAt: till.at,
    closedAt: till.at,
    float: eur(15_000),
    cashIn: eur(0),
    cashOut: eur(0),
    moves: { in: eur(0), out: eur(0), pickup: eur(5_000) },
    expected: eur(10_000),
    counted: total,
    variance: eur(-10),
    varianceReason: "Not known",
  };
  const report = zReport({ store, device, businessDay: DAY, drawers: [drawer] });
  const { id } = till.write({ type: "day.closed", report, approvedBy: null });
  expect((await http.push(paired, till.entries)).status).toBe(200);
  expect(shiftsAnswerSchema.parse(await read("/hq/v1/shifts")).shifts).toEqual([]);
  expect(shiftsAnswerSchema.parse(await read("/hq/v1/shifts?filter=all")).shifts).toHaveLength(1);
  const listed = zReportsAnswerSchema.parse(await read(`/hq/v1/z-reports?store=BER1&day=${DAY}`));
  expect(listed).toMatchObject({ total: 1, reports: [{ id, number: 1, variance: eur(-10) }] });
  expect(zReportsAnswerSchema.parse(await read("/hq/v1/z-reports?day=2026-11-27")).total).toBe(0);
  const detail = zReportDetailSchema.parse(await read(`/hq/v1/z-reports/${id}`));
  expect(detail.report).toEqual(report);
  expect(detail.shifts).toMatchObject([{ acts: [{ amount: eur(5_000) }], closed: { reason: "Not known" } }]);
  expect(await refusalOf(await http.hq("/hq/v1/z-reports/none"))).toMatchObject({ status: 404 });

  const file = await http.hq(`/hq/v1/z-reports/${id}/file`);
  expect(file.headers.get("content-disposition")).toContain("Z-BER1-01-0001.pdf");
  const [page] = await readPdf(new Uint8Array(await file.arrayBuffer()));
  expect(page?.text).toContain("Not known");
  expect(await refusalOf(await http.hq("/hq/v1/z-reports/none/file"))).toMatchObject({ status: 404 });
});
