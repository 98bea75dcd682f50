import type { Gtin, Sku, TaxClassId } from "../ids.ts";
import type { Attribute, AttributeValue, CatalogueProduct } from "./catalogue-product.ts";
import { gtinKey, parseGtin } from "./gtin.ts";
import type { Variant } from "./product.ts";

export const MAX_VARIANTS = 2_000;
export const MAX_PICTURES = 30;

export type ProductFault =
  | "empty"
  | "tooLong"
  | "notPlain"
  | "taken"
  | "twice"
  | "unknown"
  | "wrongCheckDigit"
  | "wrongLength"
  | "tooMany"
  | "none"
  | "wrongNumber"
  | "wrongKind";

/** What keeps a product from being saved, and where: `variants.2.sku` is the SKU of the third variant. */
export interface ProductTrouble {
  readonly field: string;
  readonly fault: ProductFault;
  /** What stands there. */
  readonly value: string;
}

/** What the rest of the catalogue says about it. */
export interface CheckContext {
  readonly taxClasses: readonly TaxClassId[];
  readonly attributes: readonly Attribute[];
  /** Whether another product has it. */
  readonly isHandleTaken: boolean;
  readonly takenSkus: ReadonlySet<Sku>;
  /** By `gtinKey`. */
  readonly takenGtins: ReadonlySet<string>;
}

const MAX_TITLE = 500;
const MAX_TEXT = 20_000;
const PLAIN_HANDLE = /^[^\s/?#]+$/u;

/** Everything that keeps a product from being saved; empty: nothing does. */
export function checkProduct(
  { product, details }: CatalogueProduct,
  context: CheckContext,
): readonly ProductTrouble[] {
  const troubles: ProductTrouble[] = [];
  const note = (field: string, fault: ProductFault, value = ""): void => {
    troubles.push({ field, fault, value });
  };
  if (product.title.trim() === "") note("title", "empty");
  for (const field of ["title", "brand", "category"] as const)
    if (product[field].length > MAX_TITLE) note(field, "tooLong");
  if (product.handle === "") note("handle", "empty");
  else if (!PLAIN_HANDLE.test(product.handle)) note("handle", "notPlain", product.handle);
  else if (product.handle.length > 255) note("handle", "tooLong");
  else if (context.isHandleTaken) note("handle", "taken", product.handle);
  if (!context.taxClasses.includes(product.taxClass)) note("taxClass", "unknown", product.taxClass);
  // Files keep tags with commas between them.
  for (const tag of product.tags) if (tag.includes(",")) note("tags", "notPlain", tag);
  if (product.optionNames.length > 3) note("optionNames", "tooMany");
  product.optionNames.forEach((name, at) => {
    if (name.trim() === "") note(`optionNames.${at}`, "empty");
    if (product.optionNames.indexOf(name) !== at) note(`optionNames.${at}`, "twice", name);
  });
  if (details.description.length > MAX_TEXT) note("description", "tooLong");
  if (details.pictures.length > MAX_PICTURES) note("pictures", "tooMany");
  for (const [id, value] of Object.entries(details.attributes)) {
    const fault = attributeFault(
      context.attributes.find((each) => each.id === id),
      value,
    );
    if (fault !== null) note(`attributes.${id}`, fault, String(value));
  }
  for (const [id, { title, description }] of Object.entries(details.channels)) {
    if ((title ?? "").length > MAX_TITLE) note(`channels.${id}.title`, "tooLong");
    if ((description ?? "").length > MAX_TEXT) note(`channels.${id}.description`, "tooLong");
  }
  return [...troubles, ...variantTroubles({ product, details }, context)];
}

function variantTroubles(
  { product, details }: CatalogueProduct,
  { takenSkus, takenGtins }: CheckContext,
): readonly ProductTrouble[] {
  const { variants, optionNames } = product;
  if (variants.length === 0) return [{ field: "variants", fault: "none", value: "" }];
  if (variants.length > MAX_VARIANTS) return [{ field: "variants", fault: "tooMany", value: "" }];
  const pictures = new Set(details.pictures.map(({ till }) => till));
  const skus = new Set<Sku>();
  const gtins = new Set<string>();
  const forms = new Set<string>();
  return variants.flatMap((variant, at) => {
    const faults: ProductTrouble[] = [];
    const note = (field: string, fault: ProductFault, value = ""): void => {
      faults.push({ field: `variants.${at}.${field}`, fault, value });
    };
    const { sku, options, image } = variant;
    if (sku.trim() === "") note("sku", "empty");
    else if (sku.length > 64) note("sku", "tooLong", sku);
    else if (takenSkus.has(sku)) note("sku", "taken", sku);
    else if (skus.has(sku)) note("sku", "twice", sku);
    skus.add(sku);
    for (const gtin of variant.gtins) {
      const fault = gtinFault(gtin, { takenGtins, gtins });
      if (fault !== null) note("gtins", fault, gtin);
      gtins.add(gtinKey(gtin));
    }
    if (variant.gtins.length > 20) note("gtins", "tooMany");
    const fault = optionFault(variant, { optionNames, forms });
    if (fault !== null) note("options", fault, options.join(" / "));
    forms.add(JSON.stringify(options));
    const { quantity } = variant.content ?? { quantity: 1 };
    if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > 1_000_000_000)
      note("content", "wrongNumber", String(quantity));
    if (image !== null && !pictures.has(image)) note("image", "unknown");
    return faults;
  });
}

function gtinFault(
  gtin: Gtin,
  { takenGtins, gtins }: { readonly takenGtins: ReadonlySet<string>; readonly gtins: ReadonlySet<string> },
): ProductFault | null {
  const read = parseGtin(gtin);
  if (!read.ok) return read.reason === "wrongCheckDigit" ? "wrongCheckDigit" : "wrongLength";
  if (takenGtins.has(gtinKey(gtin))) return "taken";
  return gtins.has(gtinKey(gtin)) ? "twice" : null;
}

function optionFault(
  { options }: Variant,
  { optionNames, forms }: { readonly optionNames: readonly string[]; readonly forms: ReadonlySet<string> },
): ProductFault | null {
  if (options.length !== optionNames.length) return "wrongNumber";
  if (options.some((option) => option.length > MAX_TITLE)) return "tooLong";
  if (optionNames.length > 0 && options.every((option) => option.trim() === "")) return "empty";
  return forms.has(JSON.stringify(options)) ? "twice" : null;
}

function attributeFault(attribute: Attribute | undefined, value: AttributeValue): ProductFault | null {
  if (attribute === undefined) return "unknown";
  switch (attribute.kind) {
    case "text":
      return typeof value !== "string" ? "wrongKind" : value.length > MAX_TEXT ? "tooLong" : null;
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? null : "wrongKind";
    case "yesNo":
      return typeof value === "boolean" ? null : "wrongKind";
    case "choice":
      return typeof value === "string" && attribute.choices.includes(value) ? null : "unknown";
  }
}
