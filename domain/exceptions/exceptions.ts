import { type FulfilmentId, type Instant, instant, type OrderId, type StoreId } from "../ids.ts";

/** What facts can contradict, and what time can bring about. */
export const EXCEPTION_KINDS = [
  "oversold",
  "forked",
  "unknownVariant",
  "receiptGap",
  "handedOutTwice",
  "handedOutAfterCancellation",
  "noStoreForOrder",
  "shortPick",
  "late",
  "uncollected",
  "addressMissing",
  "paidAmountDiffers",
  "unknownProduct",
  "storeSilent",
  "changedInShop",
  "refundedTwice",
  "overdrawn",
  "soldTwice",
  "couponUsedTwice",
  "pointsOverdrawn",
  "caseOverdue",
  "customerUnreadable",
  "notBooked",
  "cashVariance",
  "zGap",
  "zDisagrees",
  "receivedMoreThanSent",
  "receivedTwice",
  "receivedAfterClosing",
  "sentTwice",
  "sentAfterCancellation",
] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

/** What people can do about it; each is a real act, see the server's `exceptions/`. */
export const RESOLUTIONS = [
  "refund",
  "reroute",
  "recount",
  "contact",
  "accept",
  "cancelOrder",
  "bookAgain",
] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** How an exception can have been closed: by what people decided, or by the server since its cause is gone. */
export const CLOSINGS = [...RESOLUTIONS, "causeGone"] as const;

/** How long people may take: a customer waits for it, it is a matter of today, or one of this week. */
export const URGENCIES = ["soon", "today", "thisWeek"] as const;
export type Urgency = (typeof URGENCIES)[number];

const HOUR_MS = 3_600_000;
const MAY_TAKE_MS: Readonly<Record<Urgency, number>> = {
  soon: 2 * HOUR_MS,
  today: 24 * HOUR_MS,
  thisWeek: 7 * 24 * HOUR_MS,
};

interface ExceptionRule {
  /** Whose task it is first; HQ sees them all. */
  readonly lands: "store" | "hq";
  readonly urgency: Urgency;
  /** The one that usually is right comes first. */
  readonly resolutions: readonly Resolution[];
}

export const EXCEPTION_RULES: Readonly<Record<ExceptionKind, ExceptionRule>> = {
  oversold: { lands: "store", urgency: "today", resolutions: ["recount", "accept"] },
  forked: { lands: "hq", urgency: "today", resolutions: ["accept"] },
  unknownVariant: { lands: "hq", urgency: "today", resolutions: ["accept"] },
  receiptGap: { lands: "hq", urgency: "thisWeek", resolutions: ["accept"] },
  handedOutTwice: { lands: "hq", urgency: "today", resolutions: ["contact", "recount", "accept"] },
  handedOutAfterCancellation: { lands: "hq", urgency: "today", resolutions: ["contact", "accept"] },
  noStoreForOrder: { lands: "hq", urgency: "soon", resolutions: ["reroute", "cancelOrder", "contact"] },
  shortPick: { lands: "hq", urgency: "soon", resolutions: ["refund", "reroute", "contact"] },
  late: { lands: "store", urgency: "soon", resolutions: ["reroute", "contact", "accept"] },
  uncollected: { lands: "store", urgency: "today", resolutions: ["refund", "contact", "accept"] },
  addressMissing: { lands: "hq", urgency: "today", resolutions: ["contact", "cancelOrder"] },
  paidAmountDiffers: { lands: "hq", urgency: "today", resolutions: ["accept", "contact", "cancelOrder"] },
  unknownProduct: { lands: "hq", urgency: "soon", resolutions: ["cancelOrder", "contact"] },
  storeSilent: { lands: "hq", urgency: "soon", resolutions: ["reroute", "accept"] },
  overdrawn: { lands: "hq", urgency: "today", resolutions: ["contact", "accept"] },
  soldTwice: { lands: "hq", urgency: "today", resolutions: ["contact", "accept"] },
  couponUsedTwice: { lands: "hq", urgency: "thisWeek", resolutions: ["contact", "accept"] },
  pointsOverdrawn: { lands: "hq", urgency: "thisWeek", resolutions: ["contact", "accept"] },
  refundedTwice: { lands: "hq", urgency: "today", resolutions: ["contact", "accept"] },
  changedInShop: { lands: "hq", urgency: "today", resolutions: ["contact", "accept", "cancelOrder"] },
  caseOverdue: { lands: "store", urgency: "today", resolutions: ["contact", "accept"] },
  customerUnreadable: { lands: "hq", urgency: "thisWeek", resolutions: ["contact", "accept"] },
  notBooked: { lands: "hq", urgency: "today", resolutions: ["bookAgain", "accept"] },
  cashVariance: { lands: "hq", urgency: "thisWeek", resolutions: ["accept"] },
  zGap: { lands: "hq", urgency: "thisWeek", resolutions: ["accept"] },
  zDisagrees: { lands: "hq", urgency: "thisWeek", resolutions: ["accept"] },
  receivedMoreThanSent: { lands: "store", urgency: "today", resolutions: ["contact", "accept"] },
  receivedTwice: { lands: "store", urgency: "today", resolutions: ["contact", "accept"] },
  receivedAfterClosing: { lands: "hq", urgency: "today", resolutions: ["contact", "accept"] },
  sentTwice: { lands: "store", urgency: "today", resolutions: ["contact", "accept"] },
  sentAfterCancellation: { lands: "hq", urgency: "today", resolutions: ["contact", "accept"] },
};

/** What an exception is about, where it is about an order. */
export interface ExceptionSubject {
  readonly order: OrderId;
  readonly fulfilment: FulfilmentId | null;
}

/** How an exception was closed: by whom and why. From `raisedAt` to `at` is how long it took. */
export interface Closing {
  readonly resolution: (typeof CLOSINGS)[number];
  readonly by: string;
  readonly note: string;
  readonly at: Instant;
}

export interface Exception {
  /** Made of what raised it, so that it is raised once. */
  readonly id: string;
  readonly kind: ExceptionKind;
  readonly store: StoreId | null;
  readonly subject: ExceptionSubject | null;
  readonly raisedAt: Instant;
  /** Parameters of its words: numbers and names, never free text in one language. */
  readonly detail: Readonly<Record<string, string>>;
  readonly closing: Closing | null;
  /** Who has taken it on. Absent: nobody. */
  readonly assignee?: Assignee;
}

/** Somebody at HQ, or a manager of the store, by the id that they sign in with. */
export interface Assignee {
  readonly id: string;
  readonly name: string;
}

/** Until when people should have dealt with an exception. */
export function dueAt({ kind, raisedAt }: Pick<Exception, "kind" | "raisedAt">): Instant {
  return instant(raisedAt + MAY_TAKE_MS[EXCEPTION_RULES[kind].urgency]);
}

/** Kinds of exceptions that one raised before `moment` of is overdue now, each with that moment. */
export function overdueBefore(now: Instant): Readonly<Record<ExceptionKind, Instant>> {
  const before = (kind: ExceptionKind) =>
    instant(Math.max(0, now - MAY_TAKE_MS[EXCEPTION_RULES[kind].urgency]));
  return Object.fromEntries(EXCEPTION_KINDS.map((kind) => [kind, before(kind)])) as Record<
    ExceptionKind,
    Instant
  >;
}

export function mayResolve(kind: ExceptionKind, resolution: Resolution): boolean {
  return EXCEPTION_RULES[kind].resolutions.includes(resolution);
}
