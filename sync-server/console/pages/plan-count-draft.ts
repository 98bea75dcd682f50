import { type BusinessDay, idOf } from "#domain/ids.ts";
import { MAX_COUNT_LIST } from "#domain/stock/count-plan.ts";
import { type PlanCountRequest, planCountRequestSchema } from "#protocol/hq/counts.ts";

export const SCOPE_KINDS = ["all", "category", "skus", "longest"] as const;

/** A count as it is being planned. */
export interface PlanDraft {
  readonly name: string;
  readonly store: string;
  readonly kind: (typeof SCOPE_KINDS)[number];
  readonly category: string;
  readonly skus: string;
  readonly articles: string;
  readonly blind: boolean;
  /** As a date field writes it. */
  readonly day: string;
  readonly note: string;
}

/** The request that a draft makes; null while something is missing. */
export function planRequestOf(draft: PlanDraft): PlanCountRequest | null {
  const { name, store, blind, note } = draft;
  const day: BusinessDay = idOf<"BusinessDay">(draft.day);
  const asked = { name, store, scope: scopeOf(draft), blind, day, note };
  return planCountRequestSchema.safeParse(asked).data ?? null;
}

function scopeOf({ kind, category, skus, articles }: PlanDraft) {
  switch (kind) {
    case "all":
      return { kind };
    case "category":
      return { kind, category };
    case "skus":
      return { kind, skus: listed(skus) };
    case "longest":
      return { kind, articles: Math.min(Number(articles), MAX_COUNT_LIST) };
  }
}

/** SKUs between commas, semicolons or on lines of their own. */
function listed(text: string): readonly string[] {
  return text
    .split(/[\n,;]/)
    .map((sku) => sku.trim())
    .filter((sku) => sku !== "");
}
