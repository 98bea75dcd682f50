import { idOf } from "#domain/ids.ts";
import {
  areTiersApart,
  type BurnRule,
  type LoyaltyProgramme,
  type LoyaltyTier,
  MAX_TIERS,
  PLAIN_PPM,
} from "#domain/loyalty/programme.ts";
import { decimalText } from "#domain/money/format.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { amountOrNone, pointed, wholeNumber } from "./typed.ts";

/** A loyalty programme while it is being typed: figures as text. */
export interface LoyaltyDraft {
  readonly name: string;
  readonly earnPoints: string;
  readonly per: string;
  readonly categories: readonly { readonly category: string; readonly factor: string }[];
  readonly tiers: readonly TierDraft[];
  readonly mayBurn: boolean;
  readonly burnPoints: string;
  readonly worth: string;
  readonly least: string;
  readonly most: string;
  readonly months: string;
}

export interface TierDraft {
  readonly name: string;
  readonly from: string;
  readonly factor: string;
  /** Empty: none. */
  readonly group: string;
}

/** Fields that can be typed wrong. */
export type LoyaltyField = "name" | "earn" | "categories" | "tiers" | "burn" | "expires";

/** What a new programme starts from: a point per unit, a hundred of them for one. */
export function newProgramme(currency: Currency): LoyaltyProgramme {
  const unit = money(100, currency);
  return {
    name: "",
    earn: { points: 1, per: unit, categories: [] },
    tiers: [],
    burn: { points: 100, worth: unit, least: 100, most: null },
    expiresAfterMonths: 24,
  };
}

export function draftOf({ name, earn, tiers, burn, expiresAfterMonths }: LoyaltyProgramme): LoyaltyDraft {
  return {
    name,
    earnPoints: String(earn.points),
    per: decimalText(earn.per),
    categories: earn.categories.map(({ category, ppm }) => ({ category, factor: factorText(ppm) })),
    tiers: tiers.map((tier) => ({
      name: tier.name,
      from: String(tier.from),
      factor: factorText(tier.ppm),
      group: tier.group ?? "",
    })),
    mayBurn: burn !== null,
    burnPoints: String(burn?.points ?? 100),
    worth: burn === null ? "1" : decimalText(burn.worth),
    least: String(burn?.least ?? 100),
    most: burn?.most == null ? "" : String(burn.most),
    months: expiresAfterMonths === null ? "" : String(expiresAfterMonths),
  };
}

/** The programme that was typed, or the field that is wrong. */
export function programmeOf(draft: LoyaltyDraft, currency: Currency): Result<LoyaltyProgramme, LoyaltyField> {
  const name = draft.name.trim();
  if (name === "") return refused("name");
  const points = aboveZero(draft.earnPoints);
  const per = amountAboveZero(draft.per, currency);
  if (points === null || per === null) return refused("earn");
  const categories = draft.categories.map(({ category, factor }) => ({ category, ppm: ppmOf(factor) }));
  const known = categories.flatMap(({ category, ppm }) => (ppm === null ? [] : [{ category, ppm }]));
  if (known.length < categories.length) return refused("categories");
  const tiers = tiersOf(draft.tiers);
  if (tiers === null) return refused("tiers");
  const burn = draft.mayBurn ? burnOf(draft, currency) : null;
  if (burn === "wrong") return refused("burn");
  const months = draft.months.trim() === "" ? null : aboveZero(draft.months);
  if (months === null && draft.months.trim() !== "") return refused("expires");
  return ok({
    name,
    earn: { points, per, categories: known },
    tiers,
    burn,
    expiresAfterMonths: months,
  });
}

function tiersOf(drafts: readonly TierDraft[]): readonly LoyaltyTier[] | null {
  const tiers = drafts.flatMap(({ name, from, factor, group }): LoyaltyTier[] => {
    const points = aboveZero(from);
    const ppm = ppmOf(factor);
    if (name.trim() === "" || points === null || ppm === null) return [];
    const plain = { name: name.trim(), from: points, ppm };
    return [group === "" ? plain : { ...plain, group: idOf<"CustomerGroup">(group) }];
  });
  if (tiers.length < drafts.length || tiers.length > MAX_TIERS) return null;
  const sorted = tiers.toSorted((a, b) => a.from - b.from);
  return areTiersApart({ tiers: sorted }) ? sorted : null;
}

function burnOf(draft: LoyaltyDraft, currency: Currency): BurnRule | "wrong" {
  const points = aboveZero(draft.burnPoints);
  const worth = amountAboveZero(draft.worth, currency);
  const least = wholeNumber(draft.least);
  const most = draft.most.trim() === "" ? null : aboveZero(draft.most);
  const isWrong = points === null || worth === null || least === null;
  if (isWrong || (most === null && draft.most.trim() !== "")) return "wrong";
  return { points, worth, least, most };
}

function aboveZero(text: string): number | null {
  const number = wholeNumber(text);
  return number === null || number === 0 ? null : number;
}

function amountAboveZero(text: string, currency: Currency): Money | null {
  const amount = amountOrNone(text, currency);
  return amount === null || amount === "wrong" || amount.minor === 0 ? null : amount;
}

function factorText(ppm: number): string {
  return String(ppm / PLAIN_PPM);
}

/** What was typed as "1.5" times. */
function ppmOf(text: string): number | null {
  const typed = pointed(text);
  return /^\d{1,2}(\.\d{1,3})?$/.test(typed) ? Math.round(Number(typed) * PLAIN_PPM) : null;
}
