import { idOf, type VariantId } from "#domain/ids.ts";
import type { Attribute, AttributeValue, CatalogueProduct } from "#domain/product/catalogue-product.ts";
import type { Product, Variant } from "#domain/product/product.ts";
import type { SaveProductRequest } from "#protocol/hq/product.ts";
import { contentTyped } from "./extras-draft.ts";

/** A variant as it is typed. */
export interface VariantDraft {
  readonly id: VariantId;
  readonly sku: string;
  /** With commas or spaces between them. */
  readonly gtins: string;
  readonly options: readonly string[];
  readonly image: Variant["image"];
  readonly content: string;
}

/** A product as it is typed. */
export interface ProductDraft extends CatalogueProduct {
  readonly tags: string;
  readonly variants: readonly VariantDraft[];
  /** By the ids of the attributes. */
  readonly values: Readonly<Record<string, string>>;
}

/** What becomes another in a draft; of what it is by then where it comes after an answer. */
export type ProductChanges = Partial<ProductDraft> | ((now: ProductDraft) => Partial<ProductDraft>);

export function draftOf({ product, details }: CatalogueProduct): ProductDraft {
  return {
    product,
    details,
    tags: product.tags.join(", "),
    variants: product.variants.map(({ id, sku, gtins, options, image, content }) => ({
      id,
      sku,
      gtins: gtins.join(", "),
      options,
      image,
      content: content === undefined ? "" : `${content.quantity} ${content.unit}`,
    })),
    values: Object.fromEntries(Object.entries(details.attributes).map(([id, value]) => [id, String(value)])),
  };
}

/** A product of nothing but what each has, to begin from; `newId` answers another id each time. */
export function newDraft(taxClass: string, newId: () => string): ProductDraft {
  return {
    ...draftOf({
      product: {
        id: idOf<"Product">(newId()),
        handle: "",
        title: "",
        brand: "",
        category: "",
        tags: [],
        taxClass: idOf<"TaxClass">(taxClass),
        status: "active",
        optionNames: [],
        variants: [],
        image: null,
      },
      details: { description: "", pictures: [], attributes: {}, channels: {} },
    }),
    variants: [blankVariant(newId(), [])],
  };
}

export function blankVariant(id: string, options: readonly string[], sku = ""): VariantDraft {
  return { id: idOf<"Variant">(id), sku, gtins: "", options, image: null, content: "" };
}

/** What is asked of HQ, and by field what cannot even be asked. */
export function requestOf(
  draft: ProductDraft,
  { attributes, version }: { readonly attributes: readonly Attribute[]; readonly version: string | null },
): { readonly request: SaveProductRequest; readonly faults: ReadonlyMap<string, string> } {
  const faults = new Map<string, string>();
  const variants = draft.variants.map((each, at) =>
    variantOf(each, (field, fault) => faults.set(`variants.${at}.${field}`, fault)),
  );
  const product: Product = {
    ...draft.product,
    handle: draft.product.handle.trim(),
    title: draft.product.title.trim(),
    tags: [...new Set(listTyped(draft.tags))],
    variants,
    image: draft.details.pictures[0]?.till ?? null,
  };
  const details = { ...draft.details, attributes: valuesOf(draft.values, attributes) };
  if (product.handle === "") faults.set("handle", "empty");
  if (product.title === "") faults.set("title", "empty");
  return { request: { product, details, version }, faults };
}

function variantOf(draft: VariantDraft, wrong: (field: string, fault: string) => void): Variant {
  const { id, options, image } = draft;
  const content = contentTyped(draft.content);
  if (content === "wrong") wrong("content", "wrongNumber");
  const gtins = draft.gtins.split(/[\s,;]+/).filter((each) => each !== "");
  if (!gtins.every((gtin) => /^(\d{8}|\d{12,14})$/.test(gtin))) wrong("gtins", "wrongLength");
  if (draft.sku.trim() === "") wrong("sku", "empty");
  return {
    id,
    sku: idOf<"Sku">(draft.sku.trim()),
    gtins: gtins.map((gtin) => idOf<"Gtin">(gtin)),
    options,
    image,
    ...(content === null || content === "wrong" ? {} : { content }),
  };
}

/** What nothing is said of is left out; a value of an attribute that there is no more stays as it was typed. */
function valuesOf(
  typed: ProductDraft["values"],
  attributes: readonly Attribute[],
): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(
    Object.entries(typed)
      .filter(([, value]) => value.trim() !== "")
      .map(([id, value]) => [id, answered(attributes.find((each) => each.id === id)?.kind, value.trim())]),
  );
}

function answered(kind: Attribute["kind"] | undefined, typed: string): AttributeValue {
  if (kind === "yesNo") return typed === "true";
  if (kind !== "number") return typed;
  const number = Number(typed.replace(",", "."));
  return Number.isFinite(number) ? number : typed;
}

export function listTyped(text: string): readonly string[] {
  return text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

/** Every combination of the values, in their order; those that there are already stay as they are, with everything typed into them. */
export function madeVariants(
  known: readonly VariantDraft[],
  values: readonly (readonly string[])[],
  { handle, newId }: { readonly handle: string; readonly newId: () => string },
): readonly VariantDraft[] {
  const combinations = values.reduce<readonly (readonly string[])[]>(
    (sofar, each) => sofar.flatMap((row) => each.map((value) => [...row, value])),
    [[]],
  );
  // A product of one form that gets options: its variant becomes the first of them.
  const [only] = known.length === 1 && known[0]?.options.length !== values.length ? known : [];
  return combinations.map((options, place) => {
    const found = known.find((each) => each.options.join("\n") === options.join("\n"));
    if (found !== undefined) return found;
    if (only !== undefined && place === 0) return { ...only, options };
    return blankVariant(newId(), options, skuOf(handle, options));
  });
}

function skuOf(handle: string, options: readonly string[]): string {
  return [handle, ...options]
    .map((text) => text.normalize("NFD").replace(/[^A-Za-z0-9]+/g, "-"))
    .join("-")
    .toUpperCase()
    .slice(0, 64);
}

/** What the server found wrong, by field: `variants.2.sku taken MUG-1`. */
export function faultsOf(details: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    details.map((line): [string, string] => {
      const [field = "", fault = ""] = line.split(" ");
      return [field, fault];
    }),
  );
}

/** As an address has it: `Mug "Norge", blue` is `mug-norge-blue`. */
export function handleFrom(title: string): string {
  return title
    .normalize("NFD")
    .toLowerCase()
    .replace(/\p{Diacritic}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
