import type { PriceListId, TaxClassId } from "#domain/ids.ts";
import { idOf } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";
import { type BulkEditWish, PRODUCT_STATUSES } from "#protocol/hq/catalogue.ts";
import { bulkRequestOf, type RoundingChoice } from "./price-draft.ts";

export const BULK_FIELDS = [
  "status",
  "category",
  "brand",
  "taxClass",
  "addTags",
  "removeTags",
  "price",
] as const;
export type BulkField = (typeof BULK_FIELDS)[number];

/** A change of many products as it is being typed. */
export interface CatalogueBulkDraft {
  readonly field: BulkField;
  readonly value: string;
  readonly kind: "percent" | "amount";
  readonly rounding: RoundingChoice;
  readonly asReduction: boolean;
}

/** What was typed as the change that is asked for; null where it says none yet. */
export function bulkChangeOf(
  { field, value, kind, rounding, asReduction }: CatalogueBulkDraft,
  { list, currency }: { readonly list: PriceListId | null; readonly currency: Currency | null },
): BulkEditWish["change"] | null {
  const text = value.trim();
  switch (field) {
    case "status": {
      const status = PRODUCT_STATUSES.find((each) => each === text);
      return status === undefined ? null : { kind: "fields", fields: { status } };
    }
    case "taxClass": {
      const taxClass: TaxClassId = idOf<"TaxClass">(text);
      return text === "" ? null : { kind: "fields", fields: { taxClass } };
    }
    case "category":
    case "brand":
      return { kind: "fields", fields: { [field]: text } };
    case "addTags":
    case "removeTags": {
      const tags = [...new Set(text.split(",").map((tag) => tag.trim()))].filter((tag) => tag !== "");
      return tags.length === 0 ? null : { kind: "fields", fields: { [field]: tags } };
    }
    case "price": {
      if (list === null || currency === null) return null;
      const plain = { from: list, to: list, category: "", search: "", begins: "", ends: "" };
      const rule = bulkRequestOf({ ...plain, kind, by: text, rounding, asReduction }, currency, true);
      return rule === null
        ? null
        : { kind: "price", list, change: rule.change, rounding: rule.rounding, asReduction };
    }
  }
}
