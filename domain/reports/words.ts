import { type AcrossColumn, isAcross, isAcrossColumn } from "./across.ts";
import { ACROSS_GROUP_TITLES, ACROSS_TITLES, acrossColumnTitle, acrossValueName } from "./across-words.ts";
import type { SalesChannel } from "./facts.ts";
import { type ReportColumn, type ReportGroup, type ReportName, ticketReportCalled } from "./reports.ts";

/** What people at HQ read of reports, on the screen, in files and in mails alike. */
export const REPORT_TITLES: Readonly<Record<ReportName, string>> = {
  sales: "Sales",
  margins: "Margins",
  tenders: "Payments",
  taxes: "Tax by rate",
  discounts: "Discounts",
  promotions: "Promotions",
  refunds: "Money given back",
  ...ACROSS_TITLES,
};

const GROUP_TITLES: Readonly<Record<ReportGroup, string>> = {
  day: "Day",
  week: "Week from",
  month: "Month",
  weekday: "Weekday",
  hour: "Hour",
  store: "Store",
  channel: "Channel",
  category: "Category",
  brand: "Brand",
  article: "Article",
  seller: "Colleague",
  value: "Kind",
  till: "Till",
  way: "Came back",
  shop: "Shop",
};

const COLUMN_TITLES: Readonly<Record<ReportColumn, string>> = {
  parts: "Number",
  soldPieces: "Pieces sold",
  returnedPieces: "Pieces returned",
  sold: "Sold",
  returned: "Returned",
  total: "Total",
  net: "Net",
  tax: "Tax",
  discount: "Money off",
  cost: "Cost",
  costedNet: "Net with known cost",
  margin: "Margin",
  marginRate: "Margin rate",
  share: "Share",
};
const OWN_TITLES: Readonly<Partial<Record<ReportName, Partial<Record<ReportColumn | "value", string>>>>> = {
  tenders: { value: "Payment", sold: "Taken", returned: "Given back", total: "Kept" },
  taxes: { value: "Rate", total: "With tax" },
  discounts: { value: "Reason" },
  promotions: { value: "Promotion", parts: "Lines", discount: "Given away" },
  refunds: { value: "Way", returned: "Given back" },
  ...ACROSS_GROUP_TITLES,
};

/** What a column is called in a report. */
export function columnTitle(report: ReportName, column: ReportColumn | AcrossColumn): string {
  if (isAcrossColumn(column)) return acrossColumnTitle(column);
  return OWN_TITLES[report]?.[column] ?? COLUMN_TITLES[column];
}

/** What the rows of a report are. */
export function groupTitle(report: ReportName, group: ReportGroup): string {
  return (group === "value" ? OWN_TITLES[report]?.value : undefined) ?? GROUP_TITLES[group];
}

const CHANNEL_NAMES: Readonly<Record<SalesChannel, string>> = {
  store: "In store",
  collect: "Click & collect",
  shipFromStore: "Ordered in store, sent",
  online: "Ordered online, sent",
};

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const WAYS: Readonly<Record<string, string>> = {
  cash: "Cash",
  card: "Card",
  credit: "Store credit",
  giftCard: "Gift card",
  points: "Points",
  paidOnline: "Paid online",
  payout: "Paid out by headquarters",
};
const PPM_PER_PERCENT = 10_000;

/**
 * What people call a row: `found` is the name that what it is about has of its own (an article, a promotion, a colleague, a store), where it has one.
 */
export function rowName({
  report,
  group,
  key,
  found,
}: {
  readonly report: ReportName;
  readonly group: ReportGroup;
  readonly key: string;
  readonly found: string | undefined;
}): string {
  if (group === "weekday") return WEEKDAYS[Number(key) - 1] ?? key;
  if (group === "hour") return `${key}:00`;
  if (group === "channel") return (CHANNEL_NAMES as Readonly<Record<string, string>>)[key] ?? key;
  if (group === "store" && key === "") return "No store";
  if (group === "seller") return key === "" ? "Nobody knows" : (found ?? key);
  if (group === "category" || group === "brand") return key === "" ? "None" : key;
  if (report === "uplift") return found ?? key;
  if (isAcross(report) && (group === "value" || group === "way")) return acrossValueName(report, key);
  if (group === "value") return valueName(report, key, found);
  return found ?? key;
}

function valueName(report: ReportName, key: string, found: string | undefined): string {
  const { of } = ticketReportCalled(report);
  if (of === "tender" || of === "refund") return WAYS[key] ?? key;
  if (of === "tax") return `${found ?? ""} ${Number(key.split(" ")[0]) / PPM_PER_PERCENT} %`.trim();
  if (of !== "discount") return found ?? key;
  const [source = "", ...reason] = key.split(" ");
  if (source === "returned") return "What was returned had been reduced";
  return found ?? (reason.join(" ") || source);
}

/** What kind of figure a column has. `amount`: money, minor units; `rate`: parts per million. */
export function columnKind(column: ReportColumn): "count" | "amount" | "rate" {
  if (column === "parts" || column === "soldPieces" || column === "returnedPieces") return "count";
  return column === "share" || column === "marginRate" ? "rate" : "amount";
}
