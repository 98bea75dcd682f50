import { afterEach, beforeEach, expect, test } from "vitest";
import { reportAnswerSchema, reportTicketsAnswerSchema } from "#protocol/hq/reports.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { TEA } from "../testing/shop.ts";

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
  ["a period that ends before it begins", "sales?from=2027-01-02&until=2027-01-01", 400],
  ["a period of many years", "sales?from=2017-01-02&until=2027-01-01", 400],
  ["a store that there is none of", `sales?${PERIOD}&stores=XXX1`, 404],
  ["a report that there is none of", `weather?${PERIOD}`, 400],
])("a report is refused for %s", async (_, query, status) => {
  expect(await refusalOf(await http.hq(`/hq/v1/reports/${query}`))).toMatchObject({ status });
});
