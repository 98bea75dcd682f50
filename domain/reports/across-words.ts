import type { ReturnReason } from "../returns/goods.ts";
import type { AcrossColumn, AcrossName } from "./across.ts";
import { MIN_PIECES_BEFORE, type NotComparable } from "./uplift.ts";

/** What people at HQ read of reports across channels. */
export const ACROSS_TITLES: Readonly<Record<AcrossName, string>> = {
  promise: "Collect times",
  sent: "Ship from store",
  attribution: "Attribution",
  returns: "Returns",
  baskets: "Baskets",
  customers: "Customers",
  variances: "Cash variances",
  sellThrough: "Sell-through",
  uplift: "Promotions' effect",
};

export const ACROSS_GROUP_TITLES = {
  attribution: { value: "Why" },
  returns: { value: "Reason" },
  uplift: { value: "Promotion" },
} as const;

const COLUMNS: Readonly<Record<AcrossColumn, string>> = {
  orderParts: "Orders",
  ready: "Became ready",
  readyOnTime: "Ready as promised",
  promiseKept: "Promise kept",
  toReady: "Placed to ready",
  collected: "Collected",
  toCollect: "Ready to collected",
  open: "Not ready yet",
  sentParts: "Orders sent",
  sentPieces: "Pieces sent",
  sentValue: "Value sent",
  toSend: "Placed to sent",
  sentOnTime: "Sent as promised",
  declined: "Declined",
  rerouted: "Of these re-routed",
  shortPieces: "Pieces short",
  placedOnline: "Placed online",
  placedInStore: "Placed in store",
  fulfilled: "Handed over or sent",
  helped: "Colleague who placed it",
  givenBack: "Given back for others",
  backPieces: "Pieces returned",
  backValue: "Value returned",
  pieceRate: "Of pieces sold",
  valueRate: "Of value sold",
  baskets: "Baskets",
  basketPieces: "Pieces",
  basketValue: "Value",
  averageBasket: "Average basket",
  piecesPerBasket: "Pieces per basket",
  withCustomer: "With customer",
  customerShare: "Share with customer",
  customers: "Customers",
  newCustomers: "New",
  returningCustomers: "Returning",
  repeatCustomers: "Bought again",
  repeatRate: "Repeat rate",
  crossChannel: "In several channels",
  crossShare: "Cross-channel share",
  shifts: "Drawers closed",
  expectedCash: "Expected",
  countedCash: "Counted",
  variance: "Variance",
  short: "Short",
  over: "Over",
  off: "Drawers off",
  opening: "Opening stock",
  received: "Received",
  soldFromStock: "Sold",
  otherwise: "Counted, moved, lost",
  closing: "Closing stock",
  sellThrough: "Sell-through",
  coverDays: "Cover in days",
  dead: "Dead stock",
  piecesWhile: "Pieces with it",
  piecesBefore: "Pieces before",
  pieceUplift: "More pieces",
  valueWhile: "Turnover with it",
  valueBefore: "Turnover before",
  valueUplift: "More turnover",
  marginWhile: "Margin with it",
  marginBefore: "Margin before",
  marginMore: "More margin",
  givenAway: "Given away",
  promotedBaskets: "Baskets with it",
  basketShare: "Of all baskets",
};

const NOT_COMPARABLE: Readonly<Record<NotComparable, string>> = {
  ranBefore: "not compared: it ran just before, too",
  tooFewBefore: `not enough to compare: fewer than ${MIN_PIECES_BEFORE} pieces were sold before`,
};

/** What a promotion is called, and why it is not compared. */
export function upliftName(name: string, why: NotComparable | null): string {
  return why === null ? name : `${name} (${NOT_COMPARABLE[why]})`;
}

export function acrossColumnTitle(column: AcrossColumn): string {
  return COLUMNS[column];
}

/** Why somebody is credited. */
const ROLES: Readonly<Record<string, string>> = {
  online: "The shop, because it was ordered online",
  placed: "The store, because it was ordered there",
  fulfilled: "The store, because it handed the goods over or sent them",
  helped: "The colleague, because they placed it for the customer",
  returned: "The store gave money back for it: counts neither for nor against it",
};

const REASONS: Readonly<Record<ReturnReason, string>> = {
  changedMind: "Changed their mind",
  wrongSize: "Wrong size",
  defective: "Defective",
  notAsDescribed: "Not as described",
  wrongItem: "Wrong article",
  gift: "Unwanted gift",
  other: "Other",
};

const WAYS: Readonly<Record<string, string>> = { store: "To a store", mail: "By mail" };

/** What a reason, a role or a way is called. */
export function acrossValueName(report: AcrossName, key: string): string {
  if (report === "attribution") return ROLES[key] ?? key;
  if (key === "") return "Not said";
  return WAYS[key] ?? (REASONS as Readonly<Record<string, string>>)[key] ?? key;
}
