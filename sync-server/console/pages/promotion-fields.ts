import type { VariantId } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";
import type { ArticleNames } from "./goods-picker.tsx";
import type { PromotionDraft, PromotionField } from "./promotion-draft.ts";

/** What the fields of a promotion are given. */
export interface PromotionFieldsProps {
  readonly draft: PromotionDraft;
  readonly currency: Currency;
  readonly categories: readonly string[];
  readonly names: ArticleNames;
  /** What is wrong with a field, once that is to be said; null: nothing. */
  readonly wrongAt: (field: PromotionField) => string | null;
  readonly onNamed: (variant: VariantId, name: string) => void;
  readonly onChange: (changes: Partial<PromotionDraft>) => void;
}
