import { setImmediate as othersTurn } from "node:timers/promises";
import type { Instant, ProductId } from "#domain/ids.ts";
import { formatMoney } from "#domain/money/format.ts";
import type { EditedField } from "#domain/product/edit.ts";
import type { Product } from "#domain/product/product.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type BulkEditAnswer, type BulkEditRequest, MAX_EXAMPLES } from "#protocol/hq/catalogue.ts";
import { type BulkRefusal, changeSomeInBulk } from "../prices/bulk.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { type EditRefusal, editedProducts, saveEdits } from "./edit-products.ts";
import type { ProductAct } from "./save-product.ts";

/** Products of one transaction: a sale waits for no more than these. */
const SLICE = 50;
const MAX_RUNNING = 4;
const MAX_KEPT = 50;

export type BulkTrouble = BulkRefusal | EditRefusal["trouble"];

export interface BulkEdits {
  /** Begins; it goes on by itself, slice by slice. `tooMany` go on already. */
  start(ask: {
    readonly products: readonly ProductId[];
    readonly change: BulkEditRequest["change"];
    readonly dryRun: boolean;
    readonly by: ProductAct["by"];
  }): Result<BulkEditAnswer, "tooMany">;
  /** How far it is; null where nothing is known of it (any more). */
  progress(id: string): BulkEditAnswer | null;
  /** What was done stays done. */
  stop(id: string): BulkEditAnswer | null;
  /** Stops all of them; resolves once none writes any more. */
  close(): Promise<void>;
}

interface BulkHow {
  readonly change: BulkEditRequest["change"];
  readonly dryRun: boolean;
  /** Who is in the history of the products. */
  readonly act: ProductAct;
}

type Example = BulkEditAnswer["examples"][number];
type Slice = Pick<BulkEditAnswer, "changed" | "unchanged" | "belowCost" | "examples">;

/** Changes of many products, each in many short transactions: selling and syncing go on between them. */
export function createBulkEdits({
  storage,
  publisher,
  now,
  newId,
  words,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Why something was not done, for people. */
  readonly words: (trouble: BulkTrouble) => string;
}): BulkEdits {
  const known = new Map<string, BulkEditAnswer>();
  const running = new Map<string, Promise<void>>();

  async function sliceDone(
    ids: readonly ProductId[],
    { change, dryRun, act }: BulkHow,
  ): Promise<Result<Slice, BulkTrouble>> {
    if (dryRun) return storage.read((tx) => doSlice(ids, { change, tx, at: now(), publication: null, act }));
    return publisher.publish((publication) =>
      doSlice(ids, { change, tx: publication.tx, at: publication.at, publication, act }),
    );
  }

  async function run(id: string, products: readonly ProductId[], how: BulkHow): Promise<void> {
    const tell = (changes: Partial<BulkEditAnswer>) => {
      const before = known.get(id);
      if (before !== undefined) known.set(id, { ...before, ...changes });
    };
    try {
      for (let from = 0; from < products.length; from += SLICE) {
        if (known.get(id)?.state !== "running") return;
        const ids = products.slice(from, from + SLICE);
        const done = await sliceDone(ids, how);
        if (!done.ok) return tell({ state: "failed", trouble: words(done.reason) });
        const before = known.get(id);
        if (before === undefined) return;
        tell(withSlice(before, done.value, ids.length));
        await othersTurn();
      }
      if (known.get(id)?.state === "running") tell({ state: "done" });
    } catch (error) {
      tell({ state: "failed", trouble: error instanceof Error ? error.message : "" });
    } finally {
      running.delete(id);
    }
  }

  function stop(id: string): BulkEditAnswer | null {
    const before = known.get(id);
    if (before === undefined) return null;
    if (before.state === "running") known.set(id, { ...before, state: "stopped" });
    return known.get(id) ?? null;
  }

  return {
    start({ products, change, dryRun, by }) {
      if (running.size >= MAX_RUNNING) return refused("tooMany");
      const id = newId();
      const begun: BulkEditAnswer = {
        id,
        dryRun,
        state: "running",
        total: products.length,
        looked: 0,
        changed: 0,
        unchanged: 0,
        belowCost: 0,
        examples: [],
        trouble: "",
      };
      known.set(id, begun);
      running.set(id, run(id, products, { change, dryRun, act: { by, cause: `bulk:${id}` } }));
      for (const oldest of known.keys())
        if (known.size > MAX_KEPT && !running.has(oldest)) known.delete(oldest);
      return ok(begun);
    },
    progress: (id) => known.get(id) ?? null,
    stop,
    async close() {
      for (const id of running.keys()) stop(id);
      await Promise.all(running.values());
    },
  };
}

function withSlice(before: BulkEditAnswer, slice: Slice, looked: number): BulkEditAnswer {
  return {
    ...before,
    looked: before.looked + looked,
    changed: before.changed + slice.changed,
    unchanged: before.unchanged + slice.unchanged,
    belowCost: before.belowCost + slice.belowCost,
    examples: [...before.examples, ...slice.examples].slice(0, MAX_EXAMPLES),
  };
}

interface Within {
  readonly change: BulkEditRequest["change"];
  readonly tx: ReadTransaction;
  readonly at: Instant;
  readonly publication: Publication | null;
  /** Who is in the history of the products. */
  readonly act: ProductAct;
}

function doSlice(ids: readonly ProductId[], within: Within): Promise<Result<Slice, BulkTrouble>> {
  const { change } = within;
  return change.kind === "price"
    ? pricesSlice(ids, { ...within, change })
    : fieldsSlice(ids, { ...within, change });
}

async function fieldsSlice(
  ids: readonly ProductId[],
  { change, tx, publication, act }: Within & { readonly change: { readonly kind: "fields" } },
): Promise<Result<Slice, BulkTrouble>> {
  const edits = ids.map((product) => ({ product, change: change.fields }));
  const edited = await editedProducts(tx, edits);
  if (!edited.ok) return refused(edited.reason.trouble);
  const changed = edited.value.filter(({ fields }) => fields.length > 0);
  if (publication !== null) {
    const saved = await saveEdits(publication, edits, act);
    if (!saved.ok) return refused(saved.reason.trouble);
  }
  return ok({
    changed: changed.length,
    unchanged: ids.length - changed.length,
    belowCost: 0,
    examples: changed.slice(0, MAX_EXAMPLES).flatMap(({ before, product, fields }) =>
      fields.map(
        (field): Example => ({
          sku: before.variants[0]?.sku ?? "",
          name: before.title,
          field,
          before: textOf(before, field),
          after: textOf(product, field),
        }),
      ),
    ),
  });
}

function textOf(product: Product, field: EditedField): string {
  return field === "tags" ? product.tags.join(", ") : product[field];
}

async function pricesSlice(
  ids: readonly ProductId[],
  { change, tx, at, publication }: Within & { readonly change: { readonly kind: "price" } },
): Promise<Result<Slice, BulkTrouble>> {
  const { list, change: rule, rounding, asReduction } = change;
  const done = await changeSomeInBulk(
    {
      dryRun: publication === null,
      from: list,
      category: null,
      search: "",
      change: rule,
      rounding,
      validFrom: null,
      validTo: null,
      asReduction,
    },
    ids,
    { tx, at, publication },
  );
  if (!done.ok) return done;
  const { changed, unchanged, belowCost, samples } = done.value;
  return ok({
    changed,
    unchanged,
    belowCost,
    examples: samples.slice(0, MAX_EXAMPLES).map(({ sku, name, from, to }) => ({
      sku,
      name,
      field: "price" as const,
      before: formatMoney({ amount: from, locale: "en" }),
      after: formatMoney({ amount: to, locale: "en" }),
    })),
  });
}
