import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { askOfView, viewOfAsk, withReport } from "./report-ask.ts";

const day = (text: string) => idOf<"BusinessDay">(text);

test("a report that is kept as an address comes back as it was", () => {
  const view = {
    report: "sales",
    by: "category",
    period: { from: day("2027-01-01"), until: day("2027-01-31") },
    stores: ["BER1", "HAM1"],
    channels: ["collect"],
    categories: ["Tea & pots"],
    compare: "lastYear",
  } as const;
  const address = new URLSearchParams(askOfView(view)).toString();
  expect(viewOfAsk(Object.fromEntries(new URLSearchParams(address)))).toEqual(view);
});

test("an address that says nothing, or what no report knows, shows the usual report", () => {
  expect(viewOfAsk({})).toMatchObject({ report: "sales", by: "day", period: "last30Days", stores: null });
  expect(viewOfAsk({ report: "weather", by: "moon", from: "2027-02-31", until: "x" })).toMatchObject({
    report: "sales",
    by: "day",
    period: "last30Days",
  });
});

test("another report drops the filters that it does not know, and keeps the days", () => {
  const view = viewOfAsk({
    report: "sales",
    by: "article",
    period: "yesterday",
    categories: "Tea",
    stores: "BER1",
  });
  expect(withReport(view, "taxes")).toMatchObject({
    by: "value",
    period: "yesterday",
    categories: null,
    stores: ["BER1"],
  });
});
