import type { AreaCountId, BusinessDay, CountId, Instant, StoreId, VariantId } from "../ids.ts";

/** Which articles of a store are to be counted. */
export type CountScope =
  | { readonly kind: "all" }
  | { readonly kind: "category"; readonly category: string }
  | { readonly kind: "list"; readonly variants: readonly VariantId[] };

/** `open`: its store counts. `counted`: the store is done, HQ looks at what is off. `closed`: HQ is done with it. `cancelled`: nobody counts it. */
export const COUNT_STATES = ["open", "counted", "closed", "cancelled"] as const;
export type CountState = (typeof COUNT_STATES)[number];

/** What a list may name, so that it travels to every till at once. */
export const MAX_COUNT_LIST = 1_000;
/** Articles of one area: a longer one is told in two. */
export const MAX_AREA_LINES = 500;
export const MAX_AREA_NAME_CHARS = 60;

/** A count that HQ asks of a store. */
export interface CountPlan {
  readonly id: CountId;
  readonly store: StoreId;
  readonly name: string;
  readonly scope: CountScope;
  /** Whoever counts is not told how many there should be. */
  readonly blind: boolean;
  /** When it is to be done. */
  readonly day: BusinessDay;
  readonly note: string;
  readonly by: string;
  readonly at: Instant;
}

/** Pieces of one article in one area, and when they were counted. */
export interface CountedLine {
  readonly variant: VariantId;
  readonly counted: number;
  readonly at: Instant;
}

/** What was counted of one area of the store, told at once. */
export interface AreaCount {
  readonly id: AreaCountId;
  readonly count: CountId;
  /** As people call it: "Shelf 3", "Stockroom". */
  readonly area: string;
  readonly lines: readonly CountedLine[];
  /** What was told of this area before and does not stand any more. */
  readonly replaces: readonly AreaCountId[];
}

/** What tills tell of a count. */
export type CountFact =
  | ({ readonly type: "stock.areaCounted" } & AreaCount)
  /** Nobody will count any more of it. */
  | { readonly type: "stock.countFinished"; readonly count: CountId };

/** Whether an article is to be counted. */
export function isInScope(
  scope: CountScope,
  article: { readonly variant: VariantId; readonly category: string },
): boolean {
  switch (scope.kind) {
    case "all":
      return true;
    case "category":
      return article.category === scope.category;
    case "list":
      return scope.variants.includes(article.variant);
  }
}

/** One name for one area, however it was typed. */
export function areaKey(area: string): string {
  return area.trim().replace(/\s+/g, " ").toLocaleLowerCase("en");
}
