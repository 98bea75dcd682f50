import { type BusinessDay, idOf } from "../ids.ts";
import type { Currency, Money } from "../money/money.ts";
import { dayNumberOf, dayOfNumber } from "../store/business-day.ts";
import type { GoodsCondition } from "./goods.ts";
import type { PromotionsOnReturn } from "./repricing.ts";

/** Ways in which money is given back. `original`: as it was paid. */
export const REFUND_WAYS = ["original", "credit", "cash"] as const;
export type RefundWay = (typeof REFUND_WAYS)[number];

/** What a customer without a receipt may expect. */
export interface WithoutReceipt {
  /** The lowest price of so many days counts. */
  readonly lowestPriceDays: number;
  /** An identity document is looked at. */
  readonly identity: boolean;
  readonly manager: boolean;
  /** Store credit and nothing else. */
  readonly creditOnly: boolean;
  /** Goods of one visit, altogether; null: no limit. */
  readonly most: Money | null;
}

/** Whether what the policy forbids may be allowed by a manager. */
export type Strictness = "refuse" | "manager";

/** How a store takes goods back; decided at HQ, per retailer and store. What the till may do on its own word is `OfflinePolicy.maxRefund`. */
export interface ReturnPolicy {
  readonly windowDays: number;
  /** Other windows by category; 0 days: a final sale. */
  readonly windows: readonly { readonly category: string; readonly days: number }[];
  readonly promotions: PromotionsOnReturn;
  /** In the order in which they are offered; a way that is missing is none. */
  readonly refundTo: readonly RefundWay[];
  /** A later way is only for what the ones before cannot take; else the customer chooses among them. */
  readonly inOrder: boolean;
  /** The most that is given back in cash beyond what was paid in cash; null: no limit. */
  readonly maxCash: Money | null;
  /** Refunds above it ask for a manager, with a connection too; null: none does. */
  readonly managerAbove: Money | null;
  readonly late: Strictness;
  readonly finalSale: Strictness;
  /** Goods in such a state ask for a manager. */
  readonly managerFor: readonly GoodsCondition[];
  /** A purchase older than this asks for a manager while there is no connection. */
  readonly oldestOfflineDays: number;
  /** Null: nothing is taken back without a receipt. */
  readonly withoutReceipt: WithoutReceipt | null;
}

export const DEFAULT_RETURN_POLICY: ReturnPolicy = {
  windowDays: 30,
  windows: [],
  promotions: "keep",
  refundTo: ["original", "credit", "cash"],
  inOrder: false,
  maxCash: null,
  managerAbove: null,
  late: "manager",
  finalSale: "refuse",
  managerFor: ["used", "damaged"],
  oldestOfflineDays: 30,
  withoutReceipt: { lowestPriceDays: 30, identity: true, manager: true, creditOnly: true, most: null },
};

/** The store's effective policy: its own, else the retailer's, else what is usual. */
export function effectivePolicy({
  own,
  retailers,
}: {
  /** Overrides the retailer's whole. */
  readonly own: ReturnPolicy | null;
  readonly retailers: ReturnPolicy | null;
}): ReturnPolicy {
  return own ?? retailers ?? DEFAULT_RETURN_POLICY;
}

/** Whether a store that keeps such a currency can go by a policy: its amounts are all in it. */
export function fitsCurrency(policy: ReturnPolicy, currency: Currency): boolean {
  const amounts = [policy.maxCash, policy.managerAbove, policy.withoutReceipt?.most ?? null];
  return amounts.every((amount) => amount === null || amount.currency === currency);
}

export function returnPolicyOf({ returns }: { readonly returns?: ReturnPolicy }): ReturnPolicy {
  return returns ?? DEFAULT_RETURN_POLICY;
}

/** How many days goods of a category may be brought back; 0: never. */
export function returnDaysOf({ windowDays, windows }: ReturnPolicy, category: string): number {
  return windows.find((each) => each.category === category)?.days ?? windowDays;
}

/** No window is longer: ten years. */
export const MAX_RETURN_DAYS = 3_650;
const LAST_DAY = idOf<"BusinessDay">("9999-12-31");

/** The last day of a window that opens with the day of sale, at most `MAX_RETURN_DAYS` later and within the calendar; null for a final sale. */
export function lastReturnDay({
  day,
  days,
}: {
  readonly day: BusinessDay;
  readonly days: number;
}): BusinessDay | null {
  if (days <= 0) return null;
  return dayOfNumber(dayNumberOf(day) + Math.min(days, MAX_RETURN_DAYS)) ?? LAST_DAY;
}
