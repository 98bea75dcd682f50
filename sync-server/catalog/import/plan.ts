import {
  type Gtin,
  type Instant,
  idOf,
  type PriceListId,
  type ProductId,
  type Sku,
  type TaxClassId,
} from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { standingPrice, stillAhead } from "#domain/pricing/price-of.ts";
import { gtinKey } from "#domain/product/gtin.ts";
import type { Price, Product, Variant } from "#domain/product/product.ts";
import type { StockMovement } from "#domain/stock/stock.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { RowProblem } from "#protocol/hq/import.ts";
import type { Cost } from "../../prices/port.ts";
import type { ReadTransaction } from "../../storage/port.ts";
import type { Column } from "./columns.ts";
import { derivedSku } from "./derived-sku.ts";
import type { ProductDraft, VariantDraft } from "./draft.ts";
import type { Findings } from "./report.ts";
import type { Staging } from "./staging.ts";

export interface PlanContext {
  readonly tx: ReadTransaction;
  readonly list: PriceListId;
  readonly at: Instant;
  /** The store whose stock the file's quantities are; null leaves stock alone. */
  readonly store: StoreSettings | null;
  readonly defaultTaxClass: TaxClassId;
  readonly staging: Staging;
  readonly findings: Findings;
  /** The headings as the file spells them. */
  readonly headings: ReadonlyMap<Column, string>;
  readonly newId: () => string;
}

/** What has to be written so that the catalogue is as the file says. Nothing in it means that it is so already. */
export interface ProductPlan {
  readonly product: Product;
  /** The product before; null when it is new. */
  readonly before: Product | null;
  readonly prices: readonly { readonly sku: Sku; readonly before: Price | null; readonly price: Price }[];
  readonly stock: readonly {
    readonly sku: Sku;
    readonly from: number;
    readonly to: number;
    readonly movement: StockMovement;
  }[];
  /** Of what the retailer pays for itself, what is another than before. */
  readonly costs: readonly { readonly sku: Sku; readonly from: Money | null; readonly cost: Cost }[];
  readonly variants: number;
  readonly derivedSkus: number;
}

/** A variant of the file beside the one it is in the catalogue. */
interface Pairing {
  readonly draft: VariantDraft;
  readonly known: Variant | null;
}

interface PlannedVariant extends Pairing {
  readonly variant: Variant;
}

/**
 * Compares a product of the file with the catalogue. A variant is found again by its SKU, else by its options; variants that the file
 * does not name stay. Null when nothing of the product can be used; why has been reported then.
 */
export async function planProduct(draft: ProductDraft, context: PlanContext): Promise<ProductPlan | null> {
  const before = await context.tx.productByHandle(draft.handle);
  if (before === null && draft.title === null) {
    report(context, draft, draft, { column: "title", reason: "missingTitle", value: "", effect: "product" });
    return null;
  }
  const id = before?.id ?? idOf<"Product">(context.newId());
  const planned: PlannedVariant[] = [];
  let derivedSkus = 0;
  const pairings = pairUp(draft.variants, before);
  const named = new Set(pairings.map(({ known }) => known?.id));
  const unnamed = (before?.variants ?? []).filter((variant) => !named.has(variant.id));
  for (const pairing of pairings) {
    const variant = await planVariant(pairing, { draft, product: id, planned, unnamed, context });
    if (variant === null) continue;
    planned.push({ ...pairing, variant });
    if (pairing.draft.sku === null && pairing.known === null) derivedSkus += 1;
  }
  if (before === null && planned.length === 0) return null;
  const product = mergedProduct({ draft, before, id, planned, context });
  return {
    product,
    before,
    prices: await planPrices(planned, context),
    stock: await planStock(planned, context),
    costs: await planCosts(planned, context),
    variants: planned.length,
    derivedSkus,
  };
}

function report(
  { findings, headings }: PlanContext,
  { handle }: ProductDraft,
  { line }: { readonly line: number },
  problem: Omit<RowProblem, "line" | "handle" | "column"> & { readonly column: Column | null },
): void {
  const column = problem.column === null ? null : (headings.get(problem.column) ?? problem.column);
  findings.problem({ ...problem, line, handle, column });
}

function pairUp(drafts: readonly VariantDraft[], before: Product | null): readonly Pairing[] {
  const free = new Map((before?.variants ?? []).map((variant) => [variant.sku, variant]));
  const bySku = drafts.map((draft) => {
    const known = draft.sku === null ? undefined : free.get(draft.sku);
    if (known !== undefined) free.delete(known.sku);
    return { draft, known: known ?? null };
  });
  const byOptions = new Map([...free.values()].map((variant) => [optionsKey(variant.options), variant]));
  return bySku.map(({ draft, known }) => {
    if (known !== null || draft.options === null) return { draft, known };
    const key = optionsKey(draft.options);
    const alike = byOptions.get(key) ?? null;
    byOptions.delete(key);
    return { draft, known: alike };
  });
}

function optionsKey(options: readonly string[]): string {
  return JSON.stringify(options);
}

async function planVariant(
  { draft: row, known }: Pairing,
  {
    draft,
    product,
    planned,
    unnamed,
    context,
  }: {
    readonly draft: ProductDraft;
    readonly product: ProductId;
    readonly planned: readonly PlannedVariant[];
    /** Variants of the catalogue that the file does not name. */
    readonly unnamed: readonly Variant[];
    readonly context: PlanContext;
  },
): Promise<Variant | null> {
  const options = row.options ?? known?.options ?? [];
  if (known === null && row.amount === null) {
    report(context, draft, row, { column: "price", reason: "emptyPrice", value: "", effect: "row" });
    return null;
  }
  const hasTwin = [...planned.map(({ variant }) => variant), ...unnamed].some(
    (other) => optionsKey(other.options) === optionsKey(options),
  );
  if (hasTwin) {
    const value = options.join(" / ");
    report(context, draft, row, { column: null, reason: "duplicateOptions", value, effect: "row" });
    return null;
  }
  const sku = row.sku ?? known?.sku ?? derivedSku({ handle: draft.handle, options });
  const owner = await context.tx.variantBySku(sku);
  const isTaken = owner !== null && (owner.product !== product || owner.variant !== known?.id);
  if (isTaken || !context.staging.claim(`sku:${sku}`)) {
    report(context, draft, row, { column: "sku", reason: "duplicateSku", value: sku, effect: "row" });
    return null;
  }
  return {
    id: known?.id ?? idOf<"Variant">(context.newId()),
    sku,
    gtins: await freeGtins(row, { draft, known, context }),
    options,
    image: known?.image ?? null,
    ...contentOf(row.content ?? known?.content),
  };
}

function contentOf(content: Variant["content"]): Pick<Variant, "content"> {
  return content === undefined ? {} : { content };
}

/** The variant's GTINs: those of the file that no other variant has. When the file's are among the known ones, all of these stay. */
async function freeGtins(
  row: VariantDraft,
  {
    draft,
    known,
    context,
  }: { readonly draft: ProductDraft; readonly known: Variant | null; readonly context: PlanContext },
): Promise<readonly Gtin[]> {
  const knownGtins = known?.gtins ?? [];
  if (row.gtins === null) return knownGtins;
  const free: Gtin[] = [];
  for (const gtin of row.gtins) {
    const owner = await context.tx.variantByGtin(gtin);
    const isTaken = owner !== null && owner.variant !== known?.id;
    if (!isTaken && context.staging.claim(`gtin:${gtinKey(gtin)}`)) free.push(gtin);
    else
      report(context, draft, row, {
        column: "barcode",
        reason: "duplicateGtin",
        value: gtin,
        effect: "field",
      });
  }
  const knownKeys = new Set(knownGtins.map(gtinKey));
  const saysNothingNew = free.length > 0 && free.every((gtin) => knownKeys.has(gtinKey(gtin)));
  return saysNothingNew ? knownGtins : free;
}

function mergedProduct({
  draft,
  before,
  id,
  planned,
  context,
}: {
  readonly draft: ProductDraft;
  readonly before: Product | null;
  readonly id: ProductId;
  readonly planned: readonly PlannedVariant[];
  readonly context: PlanContext;
}): Product {
  const byId = new Map(planned.map(({ variant }) => [variant.id, variant]));
  const kept = (before?.variants ?? []).map((variant) => byId.get(variant.id) ?? variant);
  const added = planned.filter(({ known }) => known === null).map(({ variant }) => variant);
  const names = draft.optionNames?.map((name, index) => name || (before?.optionNames[index] ?? ""));
  return {
    id,
    handle: draft.handle,
    title: draft.title ?? before?.title ?? draft.handle,
    brand: draft.brand ?? before?.brand ?? "",
    category: draft.category ?? before?.category ?? "",
    tags: draft.tags ?? before?.tags ?? [],
    taxClass: draft.taxClass ?? before?.taxClass ?? context.defaultTaxClass,
    status: draft.status ?? before?.status ?? "active",
    optionNames: names ?? before?.optionNames ?? [],
    variants: [...kept, ...added],
    image: before?.image ?? null,
    ...(before?.soldBy === undefined ? {} : { soldBy: before.soldBy }),
    ...(before?.links === undefined ? {} : { links: before.links }),
  };
}

async function knownPrice(variant: Variant, { tx, list, at }: PlanContext): Promise<Price | null> {
  return standingPrice({ prices: await tx.pricesOf(variant.id), list, at });
}

async function planPrices(
  planned: readonly PlannedVariant[],
  context: PlanContext,
): Promise<ProductPlan["prices"]> {
  const prices: ProductPlan["prices"][number][] = [];
  for (const { draft, variant, known } of planned) {
    const before = known === null ? null : await knownPrice(variant, context);
    const amount = draft.amount ?? before?.amount ?? null;
    if (amount === null) continue;
    const compareAt = draft.compareAt === null ? (before?.compareAt ?? null) : draft.compareAt.amount;
    const isOver = before !== null && before.validTo !== stillAhead(before.validTo, context.at);
    const isSame = before?.amount.minor === amount.minor && sameMoney(before.compareAt, compareAt);
    // What is over holds again only where the file says a price.
    if (isOver ? draft.amount === null : isSame) continue;
    prices.push({
      sku: variant.sku,
      before,
      price: {
        list: context.list,
        variant: variant.id,
        amount,
        compareAt,
        validFrom: before?.validFrom ?? null,
        validTo: stillAhead(before?.validTo ?? null, context.at),
        ...(before?.tiers === undefined ? {} : { tiers: before.tiers }),
      },
    });
  }
  return prices;
}

function sameMoney(one: Money | null, other: Money | null): boolean {
  return one?.minor === other?.minor && one?.currency === other?.currency;
}

async function planStock(
  planned: readonly PlannedVariant[],
  { tx, store }: PlanContext,
): Promise<ProductPlan["stock"]> {
  if (store === null) return [];
  const stock: ProductPlan["stock"][number][] = [];
  for (const { draft, variant, known } of planned) {
    if (draft.pieces === null) continue;
    const from = known === null ? 0 : await tx.onHand({ store: store.store, variant: variant.id });
    // A new variant with nothing on the shelf still gets its level of zero: the till shows it as sold out.
    if (from === draft.pieces && known !== null) continue;
    stock.push({
      sku: variant.sku,
      from,
      to: draft.pieces,
      movement: {
        store: store.store,
        variant: variant.id,
        quantity: draft.pieces - from,
        reason: { kind: "import" },
      },
    });
  }
  return stock;
}

async function planCosts(
  planned: readonly PlannedVariant[],
  { tx }: PlanContext,
): Promise<ProductPlan["costs"]> {
  const costs: ProductPlan["costs"][number][] = [];
  for (const { draft, variant, known } of planned) {
    if (draft.cost === null) continue;
    const from = known === null ? null : await tx.costOf(variant.id);
    if (!sameMoney(from, draft.cost))
      costs.push({ sku: variant.sku, from, cost: { variant: variant.id, cost: draft.cost } });
  }
  return costs;
}
