import type { Right } from "../access/rights.ts";
import { ACROSS, ACROSS_NAMES, type AcrossName, isAcross } from "./across.ts";
import type { Family } from "./families.ts";
import type { TimeGroup } from "./period.ts";

/** What rows of a report are: a time, a place, or the values of one family of sums. `value`: of the report's own family. */
export const REPORT_GROUPS = [
  "day",
  "week",
  "month",
  "weekday",
  "hour",
  "store",
  "channel",
  "category",
  "brand",
  "article",
  "seller",
  "value",
  "till",
  "way",
  "shop",
] as const;
export type ReportGroup = (typeof REPORT_GROUPS)[number];

/** What a column shows. `amount` and `margin` are money, `share` and `marginRate` parts per million, the others numbers. */
export const REPORT_COLUMNS = [
  "parts",
  "soldPieces",
  "returnedPieces",
  "sold",
  "returned",
  "total",
  "net",
  "tax",
  "discount",
  "cost",
  "costedNet",
  "margin",
  "marginRate",
  "share",
] as const;
export type ReportColumn = (typeof REPORT_COLUMNS)[number];

/** What any report is: of tickets, or across channels. */
export interface ReportShape {
  /** How its rows may be made, the usual one first. */
  readonly groups: readonly ReportGroup[];
  /** Asked for beside `reports.read`. */
  readonly right: Right | null;
  /** Asked for by whoever wants to see what its figures are made of. */
  readonly drillRight: Right | null;
  /** Whether it can be narrowed to sales channels, and to categories. */
  readonly byChannel: boolean;
  readonly byCategory: boolean;
  /** Whether other days can stand beside it; false: it compares by itself. */
  readonly comparable: boolean;
}

/** One report of tickets: a row of the table below. */
export interface ReportDefinition extends Omit<ReportShape, "drillRight"> {
  /** The family that its figures are of. `goods`: of every line, in whatever family the grouping asks for. */
  readonly of: Family | "goods";
  readonly columns: readonly ReportColumn[];
  /** The column that rows are sorted by where they are no time, and that charts draw. */
  readonly main: ReportColumn;
}

const GOODS = { of: "goods", byChannel: true, byCategory: true, comparable: true } as const;
const WHEN_AND_WHERE = ["day", "week", "month", "weekday", "store"] as const;

/** All reports there are. A new one that adds up what a ticket says is a row here, and parts of its own in `ticket-parts.ts` where no family has them yet. */
export const REPORTS = {
  sales: {
    ...GOODS,
    groups: [
      "day",
      "week",
      "month",
      "weekday",
      "hour",
      "store",
      "channel",
      "category",
      "brand",
      "article",
      "seller",
    ],
    columns: ["soldPieces", "sold", "returnedPieces", "returned", "total", "net", "tax", "share"],
    main: "total",
    right: null,
  },
  margins: {
    ...GOODS,
    groups: ["category", "brand", "article", "store", "channel", "day", "week", "month", "weekday", "seller"],
    columns: ["soldPieces", "net", "costedNet", "cost", "margin", "marginRate"],
    main: "margin",
    right: "margins.read",
  },
  tenders: {
    of: "tender",
    groups: ["value", ...WHEN_AND_WHERE],
    columns: ["parts", "sold", "returned", "total", "share"],
    main: "total",
    right: null,
    byChannel: false,
    byCategory: false,
    comparable: true,
  },
  taxes: {
    of: "tax",
    groups: ["value", ...WHEN_AND_WHERE],
    columns: ["net", "tax", "total"],
    main: "tax",
    right: null,
    byChannel: false,
    byCategory: false,
    comparable: true,
  },
  discounts: {
    of: "discount",
    groups: ["value", ...WHEN_AND_WHERE, "channel"],
    columns: ["parts", "discount", "share"],
    main: "discount",
    right: null,
    byChannel: true,
    byCategory: false,
    comparable: true,
  },
  promotions: {
    of: "promotion",
    groups: ["value", ...WHEN_AND_WHERE, "channel"],
    columns: ["parts", "soldPieces", "sold", "returned", "total", "net", "discount"],
    main: "discount",
    right: null,
    byChannel: true,
    byCategory: false,
    comparable: true,
  },
  refunds: {
    of: "refund",
    groups: ["value", ...WHEN_AND_WHERE],
    columns: ["parts", "returned", "share"],
    main: "returned",
    right: null,
    byChannel: false,
    byCategory: false,
    comparable: true,
  },
} as const satisfies Readonly<Record<string, ReportDefinition>>;

export type TicketReportName = keyof typeof REPORTS;
export type ReportName = TicketReportName | AcrossName;
export const TICKET_REPORT_NAMES = [
  "sales",
  "margins",
  "tenders",
  "taxes",
  "discounts",
  "promotions",
  "refunds",
] as const satisfies readonly TicketReportName[];
export const REPORT_NAMES = [...TICKET_REPORT_NAMES, ...ACROSS_NAMES] as const;

/** What a report is, whatever it is about. */
export function reportCalled(name: ReportName): ReportShape {
  return isAcross(name) ? ACROSS[name] : { ...REPORTS[name], drillRight: null };
}

/** The definition of a report of tickets; throws a RangeError where it is across channels. */
export function ticketReportCalled(name: ReportName): ReportDefinition {
  if (isAcross(name)) throw new RangeError(`${name} is no report of tickets`);
  return REPORTS[name];
}

/** Rows of colleagues are for those who may see colleagues. */
export function rightOfGroup(group: ReportGroup): Right | null {
  return group === "seller" ? "staff.read" : null;
}

export function isTimeGroup(group: ReportGroup): group is TimeGroup {
  return group === "day" || group === "week" || group === "month" || group === "weekday";
}

/** In which family a report's rows are looked up, the smallest that knows what is asked; `article`: line by line. */
export function familyOf(
  { of }: ReportDefinition,
  group: ReportGroup,
  { byCategory }: { readonly byCategory: boolean },
): Family | "article" {
  if (of !== "goods") return of;
  if (group === "brand" || group === "hour" || group === "seller" || group === "article") return group;
  return group === "category" || byCategory ? "category" : "channel";
}
