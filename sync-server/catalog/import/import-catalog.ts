import { setImmediate as othersTurn } from "node:timers/promises";
import { type Instant, idOf, type PriceListId, type ProductId } from "#domain/ids.ts";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import type { Currency } from "#domain/money/money.ts";
import { NO_DETAILS } from "#domain/product/catalogue-product.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { TaxClass } from "#domain/tax/tax.ts";
import type { ImportReport } from "#protocol/hq/import.ts";
import { knownLists } from "../../prices/lists.ts";
import type { ReadTransaction, Storage } from "../../storage/port.ts";
import type { Publication, Publisher } from "../../sync/publisher.ts";
import { catalogueProduct, type ProductAct, writeProduct } from "../save-product.ts";
import { putPriceOf } from "../undo-act.ts";
import type { ColumnMap } from "./columns.ts";
import { compareAtChange, costChange, productChanges } from "./differences.ts";
import { draftProduct, MAX_ROWS_OF_PRODUCT } from "./draft.ts";
import { type PlanContext, type ProductPlan, planProduct } from "./plan.ts";
import { type ReadFile, readFile } from "./read-file.ts";
import { type FileRefusal, Findings } from "./report.ts";
import { type StagedProduct, Staging } from "./staging.ts";

/** Products written before others get a turn: the server answers its tills while a large file is being imported. */
const PRODUCTS_PER_TURN = 20;
/** Products that are written in one transaction where an import goes in slices. */
const PRODUCTS_PER_SLICE = 100;
const STANDARD_TAX_CLASS = idOf<"TaxClass">("standard");

export interface CatalogImport {
  /** The file. It is read to its end whatever the answer is. */
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly dryRun: boolean;
  /** Code of the store whose stock the file's quantities are; null leaves stock alone. */
  readonly store: string | null;
  /** The price list the prices are for; null takes the one every store falls back on. */
  readonly list: PriceListId | null;
  /** Which column a heading is meant to be. */
  readonly columns?: ColumnMap;
  /** Who does it, as part of what. */
  readonly act?: ProductAct;
}

export interface ImportDeps {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly newId: () => string;
  readonly now: () => Instant;
}

/** Where the prices and quantities of a file go. */
interface Target {
  readonly list: PriceListId;
  /** The list's. */
  readonly currency: Currency;
  readonly store: StoreSettings | null;
  readonly taxClasses: readonly TaxClass[];
}

/** Who is in the history of products where an import does not say it. */
const SOMEBODY: ProductAct["by"] = { kind: "key", id: "import", name: "Import" };

/**
 * Brings the catalogue in line with a product export: what the file names is created or changed, what it does not name stays.
 * Rows that cannot be used are reported and left out. All of it happens in one transaction, nothing of it in a dry run. Throws only
 * when the file stops arriving or the database fails; nothing was changed then.
 */
export async function importCatalog(ask: CatalogImport, deps: ImportDeps): Promise<ImportReport> {
  const findings = new Findings();
  const begun = await stageImport(ask, { ...deps, findings });
  if (!begun.ok) return begun.report;
  const { run } = begun;
  try {
    const products = run.staging.products(MAX_ROWS_OF_PRODUCT);
    if (ask.dryRun)
      await deps.storage.read((tx) => eachProduct(run, { tx, at: deps.now(), publication: null, products }));
    else
      await deps.publisher.publish((publication) =>
        eachProduct(run, { tx: publication.tx, at: publication.at, publication, products }),
      );
    return findings.toReport(ask.dryRun);
  } finally {
    run.staging.close();
  }
}

/** Reads a file to its end. Whoever gets a run closes its staging. */
export async function stageImport(
  ask: Omit<CatalogImport, "dryRun">,
  { storage, newId, findings }: Pick<ImportDeps, "storage" | "newId"> & { readonly findings: Findings },
): Promise<
  { readonly ok: true; readonly run: ImportRun } | { readonly ok: false; readonly report: ImportReport }
> {
  const target = await storage.read((tx) => findTarget(tx, ask));
  if (!target.ok) {
    for await (const _dropped of ask.bytes);
    return { ok: false, report: findings.refuse(target.refusal) };
  }
  const staging = new Staging();
  try {
    const meant = ask.columns === undefined ? {} : { meant: ask.columns };
    const read = await readFile(ask.bytes, { staging, findings, ...meant });
    if (!read.ok) {
      staging.close();
      return { ok: false, report: findings.refuse(read.refusal) };
    }
    const { act = { by: SOMEBODY, cause: `import:${newId()}` } } = ask;
    return {
      ok: true,
      run: {
        ...{ staging, findings, file: read.file, target: target.target, newId, act },
        isNoted: ask.act !== undefined,
      },
    };
  } catch (error) {
    staging.close();
    throw error;
  }
}

/**
 * Does what `importCatalog` does in slices, each a transaction of its own, so that tills are answered and their sales taken in between. Ended in the
 * middle it has done the first part; the same file brings the rest. `sliced` hears how many products are done.
 */
export async function importInSlices(
  run: ImportRun,
  {
    dryRun,
    storage,
    publisher,
    now,
    sliced,
  }: Pick<ImportDeps, "storage" | "publisher" | "now"> & {
    readonly dryRun: boolean;
    readonly sliced: (done: number) => Promise<void>;
  },
): Promise<ImportReport> {
  const products = run.staging.products(MAX_ROWS_OF_PRODUCT);
  const total = run.staging.productCount;
  for (let done = 0; done < total; done += PRODUCTS_PER_SLICE) {
    const slice = taken(products, PRODUCTS_PER_SLICE);
    if (dryRun)
      await storage.read((tx) => eachProduct(run, { tx, at: now(), publication: null, products: slice }));
    else
      await publisher.publish((publication) =>
        eachProduct(run, { tx: publication.tx, at: publication.at, publication, products: slice }),
      );
    await sliced(Math.min(total, done + PRODUCTS_PER_SLICE));
  }
  return run.findings.toReport(dryRun);
}

function* taken<T>(from: Iterator<T>, count: number): Generator<T> {
  for (let taking = 0; taking < count; taking += 1) {
    const next = from.next();
    if (next.done === true) return;
    yield next.value;
  }
}

/** A file that was read, on its way into the catalogue. */
export interface ImportRun {
  readonly staging: Staging;
  readonly findings: Findings;
  readonly file: ReadFile;
  readonly target: Target;
  readonly newId: () => string;
  readonly act: ProductAct;
  /** Whether what is set beside the products is kept, to be taken back. */
  readonly isNoted: boolean;
}

async function eachProduct(
  run: ImportRun,
  {
    tx,
    at,
    publication,
    products,
  }: {
    readonly tx: ReadTransaction;
    readonly at: Instant;
    /** Null: nothing is written. */
    readonly publication: Publication | null;
    readonly products: Iterable<StagedProduct>;
  },
): Promise<void> {
  const { staging, findings, file, target, newId } = run;
  const { list, store, taxClasses } = target;
  const defaultTaxClass =
    taxClasses.find(({ id }) => id === STANDARD_TAX_CLASS)?.id ?? taxClasses[0]?.id ?? STANDARD_TAX_CLASS;
  const headings = file.heading.names;
  const context: PlanContext = { tx, at, list, store, defaultTaxClass, staging, findings, headings, newId };
  let inTurn = 0;
  for (const staged of products) {
    const draft = draftProduct(staged, { file, currency: target.currency, taxClasses, findings });
    const plan = draft === null ? null : await planProduct(draft, context);
    if (plan === null) continue;
    noteChanges(findings, plan, store);
    if (publication !== null) await apply(publication, plan, run);
    inTurn = (inTurn + 1) % PRODUCTS_PER_TURN;
    if (inTurn === 0) await othersTurn();
  }
}

function differs({ before, product }: ProductPlan): boolean {
  return before === null || canonicalJson(before) !== canonicalJson(product);
}

function noteChanges(findings: Findings, plan: ProductPlan, store: StoreSettings | null): void {
  const { before, product, prices, stock, costs } = plan;
  const { handle, title } = product;
  findings.variants += plan.variants;
  findings.derivedSkus += plan.derivedSkus;
  findings.prices += prices.length;
  if (before === null) {
    findings.created += 1;
    findings.change({ kind: "new", handle, title, variants: product.variants.length });
    return;
  }
  if (differs(plan) || prices.length > 0 || stock.length > 0 || costs.length > 0) findings.changed += 1;
  else findings.unchanged += 1;
  const formerPrices = prices.flatMap(({ sku, before: known, price }) =>
    compareAtChange({ sku, from: known?.compareAt ?? null, to: price.compareAt }),
  );
  const formerCosts = costs.flatMap(({ sku, from, cost: { cost } }) => costChange({ sku, from, to: cost }));
  const fields = [...productChanges(before, product), ...formerPrices, ...formerCosts];
  if (fields.length > 0) findings.change({ kind: "changed", handle, title, fields: [...fields] });
  for (const { sku, before: known, price } of prices) {
    if (known?.amount.minor !== price.amount.minor)
      findings.change({ kind: "price", sku, from: known?.amount ?? null, to: price.amount });
  }
  if (store === null) return;
  for (const { sku, from, to } of stock) findings.change({ kind: "stock", sku, store: store.code, from, to });
}

async function apply(publication: Publication, plan: ProductPlan, run: ImportRun): Promise<void> {
  const { product } = plan;
  const { act } = run;
  if (differs(plan)) {
    const before = plan.before === null ? null : await catalogueProduct(publication.tx, product.id);
    const after = { product, details: before?.details ?? NO_DETAILS };
    await writeProduct(publication, { before, after, ...act });
  }
  const noted: Noted = {
    product: product.id,
    cause: act.cause,
    // What came with a new product goes with it where that is taken back.
    isNoted: plan.before !== null && run.isNoted,
  };
  for (const { price } of plan.prices)
    await (noted.isNoted ? putPriceOf(publication, price, noted) : publication.putPrice(price));
  await applyCosts(publication, plan, noted);
  await applyStock(publication, plan, noted);
}

interface Noted {
  readonly product: ProductId;
  readonly cause: string;
  /** Whether it is kept what was set, to be taken back. */
  readonly isNoted: boolean;
}

async function applyCosts({ tx }: Publication, { costs }: ProductPlan, noted: Noted): Promise<void> {
  for (const { from, cost } of costs) {
    await tx.putCost(cost);
    const { product, cause, isNoted } = noted;
    const change = { kind: "cost", product, variant: cost.variant, from, to: cost.cost } as const;
    if (isNoted) await tx.noteValueChange(cause, change);
  }
}

async function applyStock(
  publication: Publication,
  { stock }: ProductPlan,
  { product, cause, isNoted }: Noted,
): Promise<void> {
  const { tx, at } = publication;
  for (const { movement } of stock) {
    const { store, variant, quantity } = movement;
    const moved = `${cause}:${at}`;
    const onHand = await tx.addMovement(movement, { cause: moved, at });
    if (onHand === null) continue;
    await publication.putStockLevel({ store, variant, onHand });
    if (isNoted)
      await tx.noteValueChange(cause, { kind: "stock", product, variant, store, quantity, cause: moved });
  }
}

/** Where prices and quantities go: the list that was asked for or the one of the most stores, and the store. */
export async function findTarget(
  tx: ReadTransaction,
  { store: code, list: asked }: Pick<CatalogImport, "store" | "list">,
): Promise<
  { readonly ok: true; readonly target: Target } | { readonly ok: false; readonly refusal: FileRefusal }
> {
  const stores = await tx.stores();
  const store = code === null ? null : await tx.storeByCode(code);
  if (code !== null && store === null) return { ok: false, refusal: noStore(`There is no store ${code}.`) };
  const list = asked ?? fallbackList(store === null ? stores : [store]);
  if (list === null)
    return {
      ok: false,
      refusal: noStore("The server has no store yet, so it is not known which prices these are."),
    };
  const known = (await knownLists(tx)).find(({ id }) => id === list);
  if (known === undefined)
    return {
      ok: false,
      refusal: {
        reason: "unknownList",
        message: `There is no price list ${list}. Nothing was changed.`,
        line: null,
      },
    };
  return { ok: true, target: { list, currency: known.currency, store, taxClasses: classesOf(stores) } };
}

function noStore(message: string): FileRefusal {
  return { reason: "unknownStore", message: `${message} Nothing was changed.`, line: null };
}

/** The list asked last, for what no more particular list has a price for: that of the most stores. */
function fallbackList(stores: readonly StoreSettings[]): PriceListId | null {
  const votes = new Map<PriceListId, number>();
  for (const { priceLists } of stores) {
    const last = priceLists.at(-1);
    if (last !== undefined) votes.set(last, (votes.get(last) ?? 0) + 1);
  }
  return [...votes].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? null;
}

function classesOf(stores: readonly StoreSettings[]): readonly TaxClass[] {
  const classes = new Map(stores.flatMap(({ tax }) => tax.classes).map((each) => [each.id, each]));
  return [...classes.values()];
}
