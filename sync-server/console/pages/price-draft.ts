import type { PriceListId, Sku } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import type { Currency } from "#domain/money/money.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { BulkRequest, PriceRow, PriceWish } from "#protocol/hq/prices.ts";
import { parseDecimalPpm } from "./percent.ts";
import { amountOrNone } from "./typed.ts";

/** A price as it is being typed. */
export interface PriceDraft {
  readonly list: PriceListId;
  readonly amount: string;
  readonly compareAt: string;
  readonly from: string;
  readonly to: string;
  /** `6: 8.95; 12: 8.45` */
  readonly tiers: string;
}

export function emptyPriceDraft(list: PriceListId): PriceDraft {
  return { list, amount: "", compareAt: "", from: "", to: "", tiers: "" };
}

/** A price that there is, to be changed. */
export function priceDraftOf({ list, amount, compareAt, validFrom, validTo, tiers }: PriceRow): PriceDraft {
  return {
    list,
    amount: decimalText(amount),
    compareAt: compareAt === null ? "" : decimalText(compareAt),
    from: validFrom ?? "",
    to: validTo ?? "",
    tiers: tiers.map((tier) => `${tier.from}: ${decimalText(tier.amount)}`).join("; "),
  };
}

/** What was typed as the price that is asked for. */
export function priceWishOf(
  { list, amount, compareAt, from, to, tiers }: PriceDraft,
  { sku, currency }: { readonly sku: Sku; readonly currency: Currency },
): Result<PriceWish, "amount" | "tiers"> {
  const [price, before] = [amountOrNone(amount, currency), amountOrNone(compareAt, currency)];
  if (price === "wrong" || price === null || before === "wrong") return refused("amount");
  const steps = readTiers(tiers, currency);
  if (steps === null) return refused("tiers");
  return ok({
    sku,
    list,
    amount: price,
    compareAt: before,
    validFrom: from === "" ? null : from,
    validTo: to === "" ? null : to,
    tiers: steps,
  });
}

function readTiers(text: string, currency: Currency): PriceWish["tiers"] | null {
  const tiers: PriceWish["tiers"] = [];
  for (const part of text.split(";").filter((each) => each.trim() !== "")) {
    const [, pieces, price] = /^\s*(\d{1,4})\s*:\s*(\S+)\s*$/.exec(part) ?? [];
    const amount = price === undefined ? null : amountOrNone(price, currency);
    if (pieces === undefined || amount === null || amount === "wrong") return null;
    tiers.push({ from: Number(pieces), amount });
  }
  return tiers;
}

export const ROUNDINGS = ["none", "99", "95", "5", "100"] as const;
export type RoundingChoice = (typeof ROUNDINGS)[number];

/** A change of many prices as it is being typed. */
export interface BulkDraft {
  readonly from: PriceListId;
  readonly to: PriceListId;
  /** Empty: all. */
  readonly category: string;
  readonly search: string;
  readonly kind: "percent" | "amount";
  readonly by: string;
  readonly rounding: RoundingChoice;
  readonly begins: string;
  readonly ends: string;
  readonly asReduction: boolean;
}

/** What was typed as the change that is asked for; null where it does not say by how much. */
export function bulkRequestOf(draft: BulkDraft, currency: Currency, dryRun: boolean): BulkRequest | null {
  const { from, to, category, search, rounding, begins, ends, asReduction } = draft;
  const change = changeOf(draft, currency);
  if (change === null) return null;
  return {
    dryRun,
    from,
    to,
    category: category === "" ? null : category,
    search,
    change,
    rounding: roundingOf(rounding),
    validFrom: begins === "" ? null : begins,
    validTo: ends === "" ? null : ends,
    asReduction,
  };
}

function changeOf({ kind, by }: BulkDraft, currency: Currency): BulkRequest["change"] | null {
  const isLess = by.trim().startsWith("-");
  const size = by.trim().replace(/^[-+]/, "");
  if (kind === "percent") {
    const ppm = parseDecimalPpm(size);
    return ppm === null ? null : { kind, ppm: isLess ? -ppm : ppm };
  }
  const amount = amountOrNone(size, currency);
  if (amount === null || amount === "wrong") return null;
  return { kind, minor: isLess ? -amount.minor : amount.minor };
}

function roundingOf(choice: RoundingChoice): BulkRequest["rounding"] {
  switch (choice) {
    case "none":
      return { kind: "none" };
    case "99":
    case "95":
      return { kind: "ending", minor: Number(choice), of: 100 };
    case "5":
    case "100":
      return { kind: "step", minor: Number(choice) };
  }
}
