import { decimalText } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";
import type { Product, Variant } from "#domain/product/product.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { CatalogChange } from "#protocol/hq/import.ts";

const MAX_SHOWN_CHARS = 200;

export type FieldChange = Extract<CatalogChange, { readonly kind: "changed" }>["fields"][number];

/** Which fields of a product and its variants differ, written as people read them. */
export function productChanges(before: Product, after: Product): readonly FieldChange[] {
  const known = new Map(before.variants.map((variant) => [variant.id, variant]));
  return [
    ...(["title", "brand", "category", "status", "taxClass"] as const).flatMap((field) =>
      changed({ field, sku: null, from: before[field], to: after[field] }),
    ),
    ...changed({ field: "tags", sku: null, from: before.tags.join(", "), to: after.tags.join(", ") }),
    ...changed({
      field: "optionNames",
      sku: null,
      from: before.optionNames.join(" / "),
      to: after.optionNames.join(" / "),
    }),
    ...after.variants.flatMap((variant) => variantChanges(known.get(variant.id) ?? null, variant)),
  ];
}

function variantChanges(before: Variant | null, after: Variant): readonly FieldChange[] {
  const { sku } = after;
  if (before === null)
    return [shown({ field: "variant", sku, from: "", to: variantLabel(after.options) || sku })];
  return [
    ...changed({ field: "sku", sku, from: before.sku, to: after.sku }),
    ...changed({ field: "gtins", sku, from: before.gtins.join(", "), to: after.gtins.join(", ") }),
    ...changed({
      field: "content",
      sku,
      from: contentText(before.content),
      to: contentText(after.content),
    }),
    ...changed({ field: "options", sku, from: before.options.join(" / "), to: after.options.join(" / ") }),
  ];
}

function contentText(content: Variant["content"]): string {
  return content === undefined ? "" : `${content.quantity} ${content.unit}`;
}

/** The change of what an article costs the retailer itself. */
export function costChange({
  sku,
  from,
  to,
}: {
  readonly sku: string;
  readonly from: Money | null;
  readonly to: Money;
}): readonly FieldChange[] {
  return changed({ field: "cost", sku, from: amountText(from), to: amountText(to) });
}

/** The change of a former price, the one that is struck through beside the price. */
export function compareAtChange({
  sku,
  from,
  to,
}: {
  readonly sku: string;
  readonly from: Money | null;
  readonly to: Money | null;
}): readonly FieldChange[] {
  return changed({ field: "compareAt", sku, from: amountText(from), to: amountText(to) });
}

function amountText(amount: Money | null): string {
  return amount === null ? "" : `${decimalText(amount)} ${amount.currency}`;
}

function changed(change: FieldChange): readonly FieldChange[] {
  return change.from === change.to ? [] : [shown(change)];
}

function shown(change: FieldChange): FieldChange {
  return { ...change, from: change.from.slice(0, MAX_SHOWN_CHARS), to: change.to.slice(0, MAX_SHOWN_CHARS) };
}
