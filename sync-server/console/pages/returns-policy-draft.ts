import { decimalText } from "#domain/money/format.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { ReturnPolicy, WithoutReceipt } from "#domain/returns/policy.ts";
import { amountOrNone, wholeNumber } from "./typed.ts";

/** A returns policy while it is being typed: figures as text, everything else as it is. */
export interface ReturnsDraft {
  readonly windowDays: string;
  readonly windows: readonly { readonly category: string; readonly days: string }[];
  readonly promotions: ReturnPolicy["promotions"];
  readonly refundTo: ReturnPolicy["refundTo"];
  readonly inOrder: boolean;
  readonly maxCash: string;
  readonly managerAbove: string;
  readonly late: ReturnPolicy["late"];
  readonly finalSale: ReturnPolicy["finalSale"];
  readonly managerFor: ReturnPolicy["managerFor"];
  readonly oldestOfflineDays: string;
  /** Goods are taken back without a receipt; the fields below it hold then. */
  readonly isWithoutReceipt: boolean;
  readonly lowestPriceDays: string;
  readonly identity: boolean;
  readonly manager: boolean;
  readonly creditOnly: boolean;
  readonly most: string;
}

/** Fields that can be typed wrong. */
export type ReturnsField =
  | "windowDays"
  | "windows"
  | "maxCash"
  | "managerAbove"
  | "oldestOfflineDays"
  | "lowestPriceDays"
  | "most";

/** What a new rule for goods without a receipt starts from. */
const CAREFUL: WithoutReceipt = {
  lowestPriceDays: 30,
  identity: true,
  manager: true,
  creditOnly: true,
  most: null,
};

export function draftOf(policy: ReturnPolicy): ReturnsDraft {
  const { windows, withoutReceipt } = policy;
  const { lowestPriceDays, identity, manager, creditOnly, most } = withoutReceipt ?? CAREFUL;
  return {
    windowDays: String(policy.windowDays),
    windows: windows.map(({ category, days }) => ({ category, days: String(days) })),
    promotions: policy.promotions,
    refundTo: policy.refundTo,
    inOrder: policy.inOrder,
    maxCash: amountField(policy.maxCash),
    managerAbove: amountField(policy.managerAbove),
    late: policy.late,
    finalSale: policy.finalSale,
    managerFor: policy.managerFor,
    oldestOfflineDays: String(policy.oldestOfflineDays),
    isWithoutReceipt: withoutReceipt !== null,
    lowestPriceDays: String(lowestPriceDays),
    identity,
    manager,
    creditOnly,
    most: amountField(most),
  };
}

/** The policy as typed, or the first field that makes no sense. */
export function policyOf(draft: ReturnsDraft, currency: Currency): Result<ReturnPolicy, ReturnsField> {
  const windowDays = wholeNumber(draft.windowDays);
  if (windowDays === null) return refused("windowDays");
  const windows = draft.windows.map(({ category, days }) => ({ category, days: wholeNumber(days) }));
  if (!windows.every(hasDays)) return refused("windows");
  const maxCash = amountOrNone(draft.maxCash, currency);
  if (maxCash === "wrong") return refused("maxCash");
  const managerAbove = amountOrNone(draft.managerAbove, currency);
  if (managerAbove === "wrong") return refused("managerAbove");
  const oldestOfflineDays = wholeNumber(draft.oldestOfflineDays);
  if (oldestOfflineDays === null) return refused("oldestOfflineDays");
  const withoutReceipt = withoutReceiptOf(draft, currency);
  if (!withoutReceipt.ok) return withoutReceipt;
  const { promotions, refundTo, inOrder, late, finalSale, managerFor } = draft;
  return ok({
    windowDays,
    windows,
    promotions,
    refundTo,
    inOrder,
    maxCash,
    managerAbove,
    late,
    finalSale,
    managerFor,
    oldestOfflineDays,
    withoutReceipt: withoutReceipt.value,
  });
}

function hasDays<W extends { readonly days: number | null }>(
  window: W,
): window is W & { readonly days: number } {
  return window.days !== null;
}

function withoutReceiptOf(
  draft: ReturnsDraft,
  currency: Currency,
): Result<WithoutReceipt | null, ReturnsField> {
  if (!draft.isWithoutReceipt) return ok(null);
  const lowestPriceDays = wholeNumber(draft.lowestPriceDays);
  if (lowestPriceDays === null || lowestPriceDays === 0) return refused("lowestPriceDays");
  const most = amountOrNone(draft.most, currency);
  if (most === "wrong") return refused("most");
  const { identity, manager, creditOnly } = draft;
  return ok({ lowestPriceDays, identity, manager, creditOnly, most });
}

function amountField(amount: Money | null): string {
  return amount === null ? "" : decimalText(amount);
}
