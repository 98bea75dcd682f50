import type { Instant, Sku, StoreId, VariantId } from "#domain/ids.ts";
import type { ReorderRule } from "#domain/stock/replenish.ts";

/** What a rule is about, and for which store; null: for all. The narrowest holds: an article before its category, then a store before all. */
export interface ReorderRuleKey {
  readonly of:
    | { readonly kind: "article"; readonly variant: VariantId }
    | { readonly kind: "category"; readonly category: string };
  readonly store: StoreId | null;
}

export interface ReorderRuleRecord extends ReorderRule {
  readonly store: StoreId | null;
  /** An article that left the catalogue goes by its id. */
  readonly of:
    | {
        readonly kind: "article";
        readonly sku: Sku;
        readonly title: string;
        readonly options: readonly string[];
      }
    | { readonly kind: "category"; readonly category: string };
}

/** What of a store's articles is at its reorder point or below. */
export interface NeedsAsk {
  readonly store: StoreId;
  readonly safetyStock: number;
  /** Empty: all. */
  readonly category: string;
  readonly search: string;
  /** What was sold since. */
  readonly soldSince: Instant;
  /** Stores that may send some; none: nobody is looked for. */
  readonly givers: readonly { readonly store: StoreId; readonly safetyStock: number }[];
  readonly offset: number;
  readonly limit: number;
}

/** An article that a store needs more of. All are pieces. */
export interface Need extends ReorderRule {
  readonly variant: VariantId;
  readonly sku: Sku;
  readonly title: string;
  readonly options: readonly string[];
  readonly category: string;
  readonly rule: { readonly of: "article" | "category"; readonly forStore: boolean };
  readonly onHand: number;
  readonly reserved: number;
  readonly incoming: number;
  /** Sales and orders, less what came back. */
  readonly sold: number;
  /** Stores with more than their target of it, and what they have of it. */
  readonly givers: readonly Giver[];
}

export interface Giver {
  readonly store: StoreId;
  readonly onHand: number;
  readonly reserved: number;
  readonly target: number;
  /** Asked of it by other stores, and not sent yet. */
  readonly promised: number;
}

export interface NeedsAnswer {
  readonly needs: readonly Need[];
  readonly total: number;
}

/** What is read beside the server's thread. */
export interface ReplenishAsideReads {
  /** By category and title. */
  needs(ask: NeedsAsk): NeedsAnswer;
}

export interface ReplenishReads {
  reorderRule(key: ReorderRuleKey): Promise<ReorderRule | null>;
  /** Rules for all stores and for those of `stores` (null: every one): categories first. `search`: how a category or SKU begins. */
  reorderRules(ask: {
    readonly stores: readonly StoreId[] | null;
    readonly search: string;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly rules: readonly ReorderRuleRecord[]; readonly total: number }>;
}

export interface ReplenishWrites {
  /** Null takes it away. */
  putReorderRule(key: ReorderRuleKey, rule: ReorderRule | null): Promise<void>;
}
