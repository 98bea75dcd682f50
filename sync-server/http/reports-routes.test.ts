import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ACROSS, ACROSS_NAMES } from "#domain/reports/across.ts";
import {
  reportAnswerSchema,
  reportTicketsAnswerSchema,
  savedViewRowSchema,
  savedViewsAnswerSchema,
} from "#protocol/hq/reports.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { HAMBURG, TEA } from "../testing/shop.ts";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA], 100);
});
afterEach(() => http.close());

const PERIOD = "from=2027-01-01&until=2027-01-31";

async function sell(quantity: number): Promise<void> {
  const paired = await http.pair();
  paired.till.begin();
  paired.till.sell([{ variant: TEA, quantity }]);
  expect((await http.push(paired, paired.till.entries)).status).toBe(200);
}

async function report(query: string) {
  return reportAnswerSchema.parse(await (await http.hq(`/hq/v1/reports/${query}`)).json());
}

test("a report says its figures, and each row leads to the tickets that come to them", async () => {
  await sell(2);
  const { rows, totals, columns } = await report(`sales?${PERIOD}&by=store&compare=before`);
  const total = columns.findIndex(({ name }) => name === "total");
  expect(rows.map(({ key, figures, before }) => [key, figures[total], before?.[total]])).toEqual([
    ["BER1", 700, 0],
  ]);
  expect(totals[0]?.figures[total]).toBe(700);
  const answer = await http.hq(`/hq/v1/reports/sales/tickets?${rows[0]?.tickets}`);
  const behind = reportTicketsAnswerSchema.parse(await answer.json());
  expect(behind.tickets).toMatchObject([{ store: "BER1", number: "BER1-01-000001" }]);
  expect(behind.count).toBe(1);
  expect(behind.figures[behind.columns.findIndex(({ name }) => name === "total")]).toBe(700);
});

test("a report is narrowed to some stores", async () => {
  await sell(2);
  expect((await report(`sales?${PERIOD}&by=day&stores=HAM1`)).totals).toEqual([]);
  expect((await report(`sales?${PERIOD}&by=day&stores=HAM1&stores=ber1`)).rows).toHaveLength(31);
});

test.each([
  ["rows that it does not have", `taxes?${PERIOD}&by=brand`, 400],
  ["a filter that it does not know", `taxes?${PERIOD}&channels=store`, 400],
  ["other days beside one that compares by itself", `uplift?${PERIOD}&compare=before`, 400],
  ["a period that ends before it begins", "sales?from=2027-01-02&until=2027-01-01", 400],
  ["a period of many years", "sales?from=2017-01-02&until=2027-01-01", 400],
  ["a store that there is none of", `sales?${PERIOD}&stores=XXX1`, 404],
  ["a report that there is none of", `weather?${PERIOD}`, 400],
])("a report is refused for %s", async (_, query, status) => {
  expect(await refusalOf(await http.hq(`/hq/v1/reports/${query}`))).toMatchObject({ status });
});

test("a report is a file too: CSV and a workbook", async () => {
  await sell(2);
  const csv = await http.hq(`/hq/v1/reports/sales/file?${PERIOD}&by=store`);
  expect(csv.headers.get("content-disposition")).toContain("sales-store-2027-01-01-2027-01-31.csv");
  expect(await csv.text()).toContain("BER1 Berlin Mitte,EUR,2,7.00");
  const xlsx = await http.hq(`/hq/v1/reports/sales/file?${PERIOD}&by=store&format=xlsx`);
  expect(xlsx.headers.get("content-type")).toContain("spreadsheetml");
  expect(new TextDecoder().decode((await xlsx.arrayBuffer()).slice(0, 2))).toBe("PK");
});

test("a report is saved, changed, found again with the log of its mails, and forgotten", async () => {
  const wish = {
    name: "Morning figures",
    shared: true,
    view: {
      report: "sales",
      by: "store",
      period: "yesterday",
      stores: ["BER1"],
      channels: null,
      categories: null,
      compare: "before",
    },
    mailing: {
      schedule: { every: "week", weekday: 1, at: "07:00", timeZone: "Europe/Berlin" },
      recipients: ["ada@example.com"],
    },
  };
  const made = await http.hq("/hq/v1/report-views", { method: "POST", body: wish });
  expect(made.status).toBe(201);
  const { id } = savedViewRowSchema.parse(await made.json());
  const changed = await http.hq(`/hq/v1/report-views/${id}`, {
    method: "PUT",
    body: { ...wish, name: "Mondays" },
  });
  expect(changed.status).toBe(200);
  const { views } = savedViewsAnswerSchema.parse(await (await http.hq("/hq/v1/report-views")).json());
  expect(views).toMatchObject([{ name: "Mondays", mayChange: true, view: wish.view, mailing: wish.mailing }]);
  expect(await (await http.hq(`/hq/v1/report-views/${id}/mails`)).json()).toEqual({ mails: [] });
  expect((await http.hq(`/hq/v1/report-views/${id}`, { method: "DELETE" })).status).toBe(200);
  expect(await refusalOf(await http.hq(`/hq/v1/report-views/${id}/mails`))).toMatchObject({ status: 404 });
  const strange = { ...wish, view: { ...wish.view, report: "taxes", by: "brand" } };
  expect(
    await refusalOf(await http.hq("/hq/v1/report-views", { method: "POST", body: strange })),
  ).toMatchObject({ status: 400 });
});

test("whoever asks for many reports at once is refused some, and another has theirs", async () => {
  const ada = await http.as("admin");
  const path = `/hq/v1/reports/sales?${PERIOD}&by=day`;
  const { aside } = http.parts.storage;
  const read = aside.read.bind(aside);
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const reading = vi.spyOn(aside, "read").mockImplementation(async (...asked) => {
    await held;
    return read(...asked);
  });
  const mine = Array.from({ length: 6 }, () => ada(path));
  await expect.poll(() => reading.mock.calls.length).toBe(6);
  expect(await refusalOf(await ada(path))).toEqual({ status: 429, reason: "tooManyRequests" });
  const others = http.hq(path);
  letGo();
  expect((await others).status).toBe(200);
  expect((await Promise.all(mine)).map(({ status }) => status)).toEqual(Array(6).fill(200));
  expect((await ada(path)).status).toBe(200);
});

const OF_ANYBODY = ACROSS_NAMES.filter((name) => ACROSS[name].right === null);

test("what promotions earn is for whoever may see margins", async () => {
  const manager = await http.as("storeManager", [HAMBURG.store]);
  expect((await manager(`/hq/v1/reports/uplift?${PERIOD}`)).status).toBe(403);
  expect((await http.hq(`/hq/v1/reports/uplift?${PERIOD}`)).status).toBe(200);
});

test.each(OF_ANYBODY)("a store manager's %s report has nothing of another store", async (name) => {
  await sell(2);
  const manager = await http.as("storeManager", [HAMBURG.store]);
  for (const group of ACROSS[name].groups.filter((each) => each !== "seller")) {
    const answer = await manager(`/hq/v1/reports/${name}?${PERIOD}&by=${group}`);
    expect(answer.status).toBe(200);
    const { rows, totals } = reportAnswerSchema.parse(await answer.json());
    expect([...rows, ...totals]).toEqual([]);
  }
  const behind = await manager(`/hq/v1/reports/${name}/tickets?${PERIOD}&currency=EUR`);
  if (behind.ok) expect(reportTicketsAnswerSchema.parse(await behind.json()).tickets).toEqual([]);
  else expect(behind.status).toBe(403);
  const other = await manager(`/hq/v1/reports/${name}?${PERIOD}&stores=BER1`);
  expect(other.status).toBe(404);
});

test("what is credited to no store leads to what it is made of, for whoever sees all stores alone", async () => {
  const path = `/hq/v1/reports/attribution/tickets?${PERIOD}&by=store&key=&currency=EUR`;
  expect((await http.hq(path)).status).toBe(200);
  const manager = await http.as("storeManager", [HAMBURG.store]);
  expect((await manager(path)).status).toBe(404);
});

test("HQ's own sell-through and baskets have the store that its manager's have not", async () => {
  await sell(2);
  for (const name of ["sellThrough", "baskets"])
    expect((await report(`${name}?${PERIOD}&by=store`)).rows.map(({ key }) => key)).toEqual(["BER1"]);
});
