import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { reportAnswerSchema } from "#protocol/hq/reports.ts";
import { reportCsv, reportFileName, reportSheet } from "./files.ts";
import { readTableOf } from "./table.ts";

const EUR = idOf<"Currency">("EUR");
const ANSWER = reportAnswerSchema.parse({
  report: "sales",
  title: "Sales",
  by: "category",
  byTitle: "Category",
  period: { from: "2027-01-01", until: "2027-01-31" },
  compared: { from: "2026-12-01", until: "2026-12-31" },
  columns: [
    { name: "soldPieces", title: "Pieces sold", kind: "count" },
    { name: "total", title: "Total", kind: "amount" },
    { name: "share", title: "Share", kind: "rate" },
  ],
  main: "total",
  rows: [
    {
      key: "a",
      name: '=HYPERLINK("x")',
      currency: EUR,
      figures: [2, -1_050, 333_300],
      before: [0, 70, null],
      tickets: "",
    },
    {
      key: "b",
      name: "Tea, loose",
      currency: "JPY",
      figures: [1_000, 1_234_567_890_123_456, 0],
      before: [0, 0, 0],
      tickets: "",
    },
  ],
  count: 2,
  totals: [{ currency: EUR, figures: [2, -1_050, 1_000_000], before: [0, 70, 1_000_000], tickets: "" }],
  complete: true,
});

test("a report as CSV has every digit, and nothing that a spreadsheet takes for a formula", () => {
  expect(reportCsv(ANSWER).split("\r\n")).toEqual([
    "\uFEFFCategory,Currency,Pieces sold,Total,Share %,Pieces sold before,Total before,Share % before",
    `"'=HYPERLINK(""x"")",EUR,2,-10.50,33.33,0,0.70,`,
    '"Tea, loose",JPY,1000,1234567890123456,0,0,0,0',
    "",
  ]);
});

test("a report as a workbook keeps text as text, and a number that a spreadsheet cannot hold as its digits", () => {
  const { rows } = reportSheet(ANSWER);
  expect(rows[0]).toContain('=HYPERLINK("x")');
  expect(rows[0]).toContain(-10.5);
  expect(rows[1]).toContain("1234567890123456");
});

test("for people amounts are written with their currency, and the totals stand below", () => {
  const { rows } = readTableOf(ANSWER);
  expect(rows.map((row) => row.map(({ text }) => text))).toEqual([
    ['=HYPERLINK("x")', "EUR", "2", "-€10.50", "33.3", "0", "€0.70", ""],
    ["Tea, loose", "JPY", "1,000", "¥1,234,567,890,123,456", "0.0", "0", "¥0", "0.0"],
    ["Total", "EUR", "2", "-€10.50", "100.0", "0", "€0.70", "100.0"],
  ]);
  expect(reportFileName(ANSWER, "csv")).toBe("sales-category-2027-01-01-2027-01-31.csv");
});
