import type { FulfilmentId, Instant, OrderId, StoreId } from "../ids.ts";

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

interface ExceptionRule {
  /** Whose task it is first; HQ sees them all. */
  readonly lands: "store" | "hq";
  /** The one that usually is right comes first. */
  readonly resolutions: readonly Resolution[];
}

export const EXCEPTION_RULES: Readonly<Record<ExceptionKind, ExceptionRule>> = {
  oversold: { lands: "store", resolutions: ["recount", "accept"] },
  forked: { lands: "hq", resolutions: ["accept"] },
  unknownVariant: { lands: "hq", resolutions: ["accept"] },
  receiptGap: { lands: "hq", resolutions: ["accept"] },
  handedOutTwice: { lands: "hq", resolutions: ["contact", "recount", "accept"] },
  handedOutAfterCancellation: { lands: "hq", resolutions: ["contact", "accept"] },
  noStoreForOrder: { lands: "hq", resolutions: ["reroute", "cancelOrder", "contact"] },
  shortPick: { lands: "hq", resolutions: ["refund", "reroute", "contact"] },
  late: { lands: "store", resolutions: ["reroute", "contact", "accept"] },
  uncollected: { lands: "store", resolutions: ["refund", "contact", "accept"] },
  addressMissing: { lands: "hq", resolutions: ["contact", "cancelOrder"] },
  paidAmountDiffers: { lands: "hq", resolutions: ["accept", "contact", "cancelOrder"] },
  unknownProduct: { lands: "hq", resolutions: ["cancelOrder", "contact"] },
  storeSilent: { lands: "hq", resolutions: ["reroute", "accept"] },
  overdrawn: { lands: "hq", resolutions: ["contact", "accept"] },
  soldTwice: { lands: "hq", resolutions: ["contact", "accept"] },
  couponUsedTwice: { lands: "hq", resolutions: ["contact", "accept"] },
  pointsOverdrawn: { lands: "hq", resolutions: ["contact", "accept"] },
  refundedTwice: { lands: "hq", resolutions: ["contact", "accept"] },
  changedInShop: { lands: "hq", resolutions: ["contact", "accept", "cancelOrder"] },
  caseOverdue: { lands: "store", resolutions: ["contact", "accept"] },
  customerUnreadable: { lands: "hq", resolutions: ["contact", "accept"] },
  notBooked: { lands: "hq", resolutions: ["bookAgain", "accept"] },
  cashVariance: { lands: "hq", resolutions: ["accept"] },
  zGap: { lands: "hq", resolutions: ["accept"] },
  zDisagrees: { lands: "hq", resolutions: ["accept"] },
  receivedMoreThanSent: { lands: "store", resolutions: ["contact", "accept"] },
  receivedTwice: { lands: "store", resolutions: ["contact", "accept"] },
  receivedAfterClosing: { lands: "hq", resolutions: ["contact", "accept"] },
  sentTwice: { lands: "store", resolutions: ["contact", "accept"] },
  sentAfterCancellation: { lands: "hq", resolutions: ["contact", "accept"] },
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
}

export function mayResolve(kind: ExceptionKind, resolution: Resolution): boolean {
  return EXCEPTION_RULES[kind].resolutions.includes(resolution);
}
