import { type BusinessDay, type Instant, idOf, type StoreId } from "../ids.ts";
import type { Currency } from "../money/money.ts";
import type { SalesChannel } from "./facts.ts";
import type { ReportGroup, ReportShape } from "./reports.ts";
import { ppmOf } from "./sums.ts";

/** Reports across channels: of orders, baskets, customers, returns and drawers, which no single ticket tells. */
export const ACROSS_NAMES = [
  "promise",
  "sent",
  "attribution",
  "returns",
  "baskets",
  "customers",
  "variances",
  "sellThrough",
  "uplift",
] as const;
export type AcrossName = (typeof ACROSS_NAMES)[number];

/** Stock is in pieces: what ISO 4217 calls no currency. */
export const NO_CURRENCY: Currency = idOf<"Currency">("XXX");

/** What a fact of a report is about, and what its figures lead to. */
export type AcrossSubject = "ticket" | "order" | "shift" | "customer";

/** One thing that reports across channels add up. It stands on one day in one store and is counted anew whenever what it is about changes. */
export interface AcrossFact {
  readonly report: AcrossName;
  readonly about: { readonly kind: AcrossSubject; readonly id: string };
  /** Among the facts of one report about one thing, from 0. */
  readonly place: number;
  /** What people call it: a receipt's number, an order's. */
  readonly number: string;
  readonly at: Instant;
  readonly day: BusinessDay;
  /** Null: no store's. */
  readonly store: StoreId | null;
  readonly currency: Currency;
  readonly channel: SalesChannel | "";
  /** Why: the reason of a return, the role of whoever is credited. */
  readonly value: string;
  /** A colleague, or in baskets the customer; "" where nobody is known. */
  readonly person: string;
  /** A till, a shop, or the way in which goods came back. */
  readonly other: string;
  /** One number for each of the report's measures, in their order. */
  readonly measures: readonly number[];
}

export type UnplacedFact = Omit<AcrossFact, "place">;

/** The facts of one thing, each in its place among those of its report. */
export function factsInPlace(facts: readonly UnplacedFact[]): readonly AcrossFact[] {
  const places = new Map<AcrossName, number>();
  return facts.map((fact) => {
    const place = places.get(fact.report) ?? 0;
    places.set(fact.report, place + 1);
    return { ...fact, place };
  });
}

/** How a column is made of measures: added up, a share of one in another, or one for each of another. */
export type AcrossFigure =
  | { readonly sum: string }
  | { readonly share: readonly [part: string, whole: string] }
  | { readonly mean: readonly [sum: string, count: string] };

/** One column of a report across channels. */
export interface AcrossColumnOf {
  readonly name: AcrossColumn;
  readonly kind: "count" | "amount" | "rate" | "duration" | "decimal";
  readonly figure: AcrossFigure;
}

export interface AcrossDefinition extends ReportShape {
  readonly measures: readonly string[];
  readonly columns: readonly AcrossColumnOf[];
  readonly main: AcrossColumn;
  /** Measures that no fact of its own has: what was sold stands beside what came back. */
  readonly besides: readonly string[];
}

export const ACROSS_COLUMNS = [
  "orderParts",
  "ready",
  "readyOnTime",
  "promiseKept",
  "toReady",
  "collected",
  "toCollect",
  "open",
  "sentParts",
  "sentPieces",
  "sentValue",
  "toSend",
  "sentOnTime",
  "declined",
  "rerouted",
  "shortPieces",
  "placedOnline",
  "placedInStore",
  "fulfilled",
  "helped",
  "givenBack",
  "backPieces",
  "backValue",
  "pieceRate",
  "valueRate",
  "baskets",
  "basketPieces",
  "basketValue",
  "averageBasket",
  "piecesPerBasket",
  "withCustomer",
  "customerShare",
  "customers",
  "newCustomers",
  "returningCustomers",
  "repeatCustomers",
  "repeatRate",
  "crossChannel",
  "crossShare",
  "shifts",
  "expectedCash",
  "countedCash",
  "variance",
  "short",
  "over",
  "off",
  "opening",
  "received",
  "soldFromStock",
  "otherwise",
  "closing",
  "sellThrough",
  "coverDays",
  "dead",
  "piecesWhile",
  "piecesBefore",
  "pieceUplift",
  "valueWhile",
  "valueBefore",
  "valueUplift",
  "marginWhile",
  "marginBefore",
  "marginMore",
  "givenAway",
  "promotedBaskets",
  "basketShare",
] as const;
export type AcrossColumn = (typeof ACROSS_COLUMNS)[number];

const TIMES = ["day", "week", "month"] as const satisfies readonly ReportGroup[];
const PLAIN = {
  right: null,
  drillRight: null,
  byChannel: true,
  byCategory: false,
  comparable: true,
  besides: [],
} as const;

function count(name: AcrossColumn): AcrossColumnOf {
  return { name, kind: "count", figure: { sum: name } };
}
function amount(name: AcrossColumn): AcrossColumnOf {
  return { name, kind: "amount", figure: { sum: name } };
}
function share(name: AcrossColumn, part: string, whole: string): AcrossColumnOf {
  return { name, kind: "rate", figure: { share: [part, whole] } };
}
function mean(
  name: AcrossColumn,
  kind: "amount" | "duration" | "decimal",
  sum: string,
  of: string,
): AcrossColumnOf {
  return { name, kind, figure: { mean: [sum, of] } };
}

/** All of them. Times are measured in seconds. */
export const ACROSS: Readonly<Record<AcrossName, AcrossDefinition>> = {
  promise: {
    ...PLAIN,
    groups: ["store", "channel", ...TIMES],
    measures: [
      "orderParts",
      "ready",
      "readyOnTime",
      "secondsToReady",
      "collected",
      "secondsToCollect",
      "open",
    ],
    columns: [
      count("orderParts"),
      count("ready"),
      count("readyOnTime"),
      share("promiseKept", "readyOnTime", "ready"),
      mean("toReady", "duration", "secondsToReady", "ready"),
      count("collected"),
      mean("toCollect", "duration", "secondsToCollect", "collected"),
      count("open"),
    ],
    main: "ready",
  },
  sent: {
    ...PLAIN,
    groups: ["store", "channel", ...TIMES],
    measures: [
      "sentParts",
      "sentPieces",
      "sentValue",
      "secondsToSend",
      "onTime",
      "declined",
      "rerouted",
      "shortPieces",
    ],
    columns: [
      count("sentParts"),
      count("sentPieces"),
      amount("sentValue"),
      mean("toSend", "duration", "secondsToSend", "sentParts"),
      share("sentOnTime", "onTime", "sentParts"),
      count("declined"),
      count("rerouted"),
      count("shortPieces"),
    ],
    main: "sentParts",
  },
  attribution: {
    ...PLAIN,
    groups: ["store", "value", "seller", "channel", "shop", ...TIMES],
    measures: ["placedOnline", "placedInStore", "fulfilled", "helped", "givenBack"],
    columns: [
      amount("placedOnline"),
      amount("placedInStore"),
      amount("fulfilled"),
      amount("helped"),
      amount("givenBack"),
    ],
    main: "fulfilled",
  },
  returns: {
    ...PLAIN,
    groups: ["value", "channel", "way", "store", ...TIMES],
    measures: ["backPieces", "backValue"],
    besides: ["soldPieces", "soldValue"],
    columns: [
      count("backPieces"),
      amount("backValue"),
      share("pieceRate", "backPieces", "soldPieces"),
      share("valueRate", "backValue", "soldValue"),
    ],
    main: "backValue",
  },
  baskets: {
    ...PLAIN,
    groups: ["store", "channel", ...TIMES, "weekday"],
    measures: ["baskets", "basketPieces", "basketValue", "withCustomer"],
    columns: [
      count("baskets"),
      amount("basketValue"),
      mean("averageBasket", "amount", "basketValue", "baskets"),
      count("basketPieces"),
      mean("piecesPerBasket", "decimal", "basketPieces", "baskets"),
      count("withCustomer"),
      share("customerShare", "withCustomer", "baskets"),
    ],
    main: "basketValue",
  },
  customers: {
    ...PLAIN,
    drillRight: "customers.read",
    groups: ["store", "channel", ...TIMES],
    measures: [
      "customers",
      "newCustomers",
      "returningCustomers",
      "repeatCustomers",
      "crossChannel",
      "baskets",
      "basketValue",
    ],
    columns: [
      count("customers"),
      count("newCustomers"),
      count("returningCustomers"),
      count("repeatCustomers"),
      share("repeatRate", "repeatCustomers", "customers"),
      count("crossChannel"),
      share("crossShare", "crossChannel", "customers"),
      count("baskets"),
      amount("basketValue"),
    ],
    main: "customers",
  },
  variances: {
    ...PLAIN,
    byChannel: false,
    groups: ["store", "till", "seller", ...TIMES],
    measures: ["shifts", "expectedCash", "countedCash", "variance", "short", "over", "off"],
    columns: [
      count("shifts"),
      amount("expectedCash"),
      amount("countedCash"),
      amount("variance"),
      amount("short"),
      amount("over"),
      count("off"),
    ],
    main: "variance",
  },
  sellThrough: {
    ...PLAIN,
    byChannel: false,
    drillRight: "stock.read",
    groups: ["category", "article", "store"],
    measures: [
      "opening",
      "received",
      "soldFromStock",
      "otherwise",
      "closing",
      "available",
      "pieceDays",
      "dead",
    ],
    columns: [
      count("opening"),
      count("received"),
      count("soldFromStock"),
      count("otherwise"),
      count("closing"),
      share("sellThrough", "soldFromStock", "available"),
      mean("coverDays", "decimal", "pieceDays", "soldFromStock"),
      count("dead"),
    ],
    main: "soldFromStock",
  },
  uplift: {
    ...PLAIN,
    right: "margins.read",
    byChannel: false,
    comparable: false,
    groups: ["value"],
    measures: ["givenAway", "promotedBaskets"],
    besides: [
      "allBaskets",
      "piecesWhile",
      "piecesBefore",
      "piecesMore",
      "piecesBase",
      "valueWhile",
      "valueBefore",
      "valueMore",
      "valueBase",
      "marginWhile",
      "marginBefore",
      "marginMore",
      "compared",
    ],
    columns: [
      count("piecesWhile"),
      count("piecesBefore"),
      share("pieceUplift", "piecesMore", "piecesBase"),
      amount("valueWhile"),
      amount("valueBefore"),
      share("valueUplift", "valueMore", "valueBase"),
      amount("marginWhile"),
      amount("marginBefore"),
      // Null where it is not compared.
      mean("marginMore", "amount", "marginMore", "compared"),
      amount("givenAway"),
      count("promotedBaskets"),
      share("basketShare", "promotedBaskets", "allBaskets"),
    ],
    main: "givenAway",
  },
};

export function isAcross(name: string): name is AcrossName {
  return ACROSS_NAMES.some((each) => each === name);
}

const THOUSANDTHS = 1_000;

/**
 * The figure of a column out of added-up measures, in the order of the report's and then of those besides: a number, minor units, seconds,
 * parts per million, or thousandths of a decimal, half away from zero; null where there is none, as a share of nothing.
 */
export function acrossFigure(
  { measures, besides }: Pick<AcrossDefinition, "measures" | "besides">,
  { figure, kind }: AcrossColumnOf,
  sums: readonly number[],
): number | null {
  const of = (measure: string) => sums[[...measures, ...besides].indexOf(measure)] ?? 0;
  if ("sum" in figure) return of(figure.sum);
  if ("share" in figure) return ppmOf(of(figure.share[0]), of(figure.share[1]));
  const [sum, times] = figure.mean;
  return meanOf(of(sum) * (kind === "decimal" ? THOUSANDTHS : 1), of(times));
}

function meanOf(sum: number, times: number): number | null {
  if (times <= 0) return null;
  const [size, count] = [BigInt(Math.abs(sum)), BigInt(times)];
  const rounded = Number((2n * size + count) / (2n * count));
  return sum < 0 && rounded !== 0 ? -rounded : rounded;
}

/** Columns that the facts behind a figure have of their own. */
export function drillColumns({ columns, besides }: AcrossDefinition): readonly AcrossColumnOf[] {
  return columns.filter(({ figure }) => {
    if ("share" in figure) return false;
    return !besides.includes("sum" in figure ? figure.sum : figure.mean[0]);
  });
}

export function isAcrossColumn(name: string): name is AcrossColumn {
  return ACROSS_COLUMNS.some((each) => each === name);
}
