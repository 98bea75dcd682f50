import type { VariantId } from "../ids.ts";
import { canonicalJson } from "../journal/canonical-json.ts";
import { ok, type Result, refused } from "../result.ts";
import type { CatalogueProduct, FieldChange } from "./catalogue-product.ts";
import type { Product, Variant } from "./product.ts";

const PRODUCT_FIELDS = [
  "handle",
  "title",
  "brand",
  "category",
  "tags",
  "taxClass",
  "status",
  "optionNames",
  "image",
  "soldBy",
  "links",
] as const satisfies readonly (keyof Product)[];
const VARIANT_FIELDS = [
  "sku",
  "gtins",
  "options",
  "image",
  "content",
] as const satisfies readonly (keyof Variant)[];
const VARIANT = "variant";
const VARIANT_ORDER = "variantOrder";
const ATTRIBUTE = "attribute:";
const CHANNEL = "channel:";

/** Which fields differ, each variant, attribute and channel by itself; nothing where the two are alike. */
export function changesOf(before: CatalogueProduct, after: CatalogueProduct): readonly FieldChange[] {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  const changes: FieldChange[] = [];
  for (const [key, field] of was) {
    const to = is.get(key)?.value ?? null;
    if (!isSame(field.value, to)) changes.push({ ...field.of, from: field.value, to });
  }
  for (const [key, field] of is)
    if (!was.has(key) && field.value !== null) changes.push({ ...field.of, from: null, to: field.value });
  const cameOrWent = new Set<VariantId>();
  for (const { field, variant, from, to } of changes)
    if (field === VARIANT && variant !== null && (from === null || to === null)) cameOrWent.add(variant);
  return changes.filter((change) => !isPartOfWhole(change, cameOrWent));
}

/** What a product was made of again; whoever takes it in checks it by its schema, as what a store of changes says. */
export interface TakenBack {
  readonly product: unknown;
  readonly details: unknown;
}

/**
 * A product as it was before some changes of it, whatever else was changed since. Refused, naming them, where fields have become something else again
 * after: taking those back would take back what others did.
 */
export function takenBack(
  now: CatalogueProduct,
  changes: readonly FieldChange[],
): Result<TakenBack, { readonly fields: readonly Pick<FieldChange, "field" | "variant">[] }> {
  const is = fieldsOf(now);
  const overtaken = changes.filter(
    ({ field, variant, to }) => !isSame(is.get(keyOf({ field, variant }))?.value ?? null, to),
  );
  if (overtaken.length > 0)
    return refused({ fields: overtaken.map(({ field, variant }) => ({ field, variant })) });
  return ok(withFields(now, changes));
}

interface Field {
  readonly of: Pick<FieldChange, "field" | "variant">;
  readonly value: unknown;
}

function fieldsOf({ product, details }: CatalogueProduct): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  const put = (field: string, variant: VariantId | null, value: unknown): void => {
    fields.set(keyOf({ field, variant }), { of: { field, variant }, value: value ?? null });
  };
  for (const field of PRODUCT_FIELDS) put(field, null, product[field]);
  put("description", null, details.description);
  put("pictures", null, details.pictures);
  for (const [id, value] of Object.entries(details.attributes)) put(`${ATTRIBUTE}${id}`, null, value);
  for (const [id, texts] of Object.entries(details.channels)) put(`${CHANNEL}${id}`, null, texts);
  put(
    VARIANT_ORDER,
    null,
    product.variants.map(({ id }) => id),
  );
  for (const variant of product.variants) {
    put(VARIANT, variant.id, variant);
    for (const field of VARIANT_FIELDS) put(field, variant.id, variant[field]);
  }
  return fields;
}

/** A variant that came or went is one change; one that stayed is told by its fields. */
function isPartOfWhole({ field, variant }: Field["of"], cameOrWent: ReadonlySet<VariantId>): boolean {
  if (variant === null) return false;
  return cameOrWent.has(variant) ? field !== VARIANT : field === VARIANT;
}

function withFields({ product, details }: CatalogueProduct, changes: readonly FieldChange[]): TakenBack {
  const heads: Record<string, unknown> = { ...product };
  const told: Record<string, unknown> = { ...details };
  const attributes: Record<string, unknown> = { ...details.attributes };
  const channels: Record<string, unknown> = { ...details.channels };
  const variants = new Map<string, Record<string, unknown>>(
    product.variants.map((variant) => [variant.id, { ...variant }]),
  );
  let order: readonly unknown[] = product.variants.map(({ id }) => id);
  for (const { field, variant, from } of changes) {
    if (variant !== null && field === VARIANT) {
      if (from === null) variants.delete(variant);
      else variants.set(variant, Object.assign({}, from));
    } else if (variant !== null) put(variants.get(variant) ?? {}, field, from);
    else if (field === VARIANT_ORDER) order = Array.isArray(from) ? from : order;
    else if (field.startsWith(ATTRIBUTE)) put(attributes, field.slice(ATTRIBUTE.length), from);
    else if (field.startsWith(CHANNEL)) put(channels, field.slice(CHANNEL.length), from);
    else if (field === "description" || field === "pictures") told[field] = from;
    else if (field === "image") heads[field] = from;
    else put(heads, field, from);
  }
  const sorted = order.flatMap((id) => {
    const variant = variants.get(String(id));
    return variant === undefined ? [] : [withImage(variant)];
  });
  return {
    product: { ...heads, variants: sorted },
    details: { ...told, attributes, channels },
  };
}

/** A variant without a picture says so; other fields that it has not are left out. */
function withImage(variant: Record<string, unknown>): Record<string, unknown> {
  return { ...variant, image: variant.image ?? null };
}

function put(into: Record<string, unknown>, field: string, value: unknown): void {
  if (value === null) delete into[field];
  else into[field] = value;
}

function keyOf({ field, variant }: Pick<FieldChange, "field" | "variant">): string {
  return `${variant ?? ""} ${field}`;
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one ?? null) === canonicalJson(other ?? null);
}
