import type { Instant, ProductId } from "#domain/ids.ts";
import { formatMoney } from "#domain/money/format.ts";
import type { EditedField } from "#domain/product/edit.ts";
import type { Product } from "#domain/product/product.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type BulkEditRequest, MAX_EXAMPLES } from "#protocol/hq/catalogue.ts";
import { type BulkRefusal, changeSomeInBulk } from "../prices/bulk.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import type { BulkEditRecord, BulkExample } from "./act-port.ts";
import { type EditRefusal, editedProducts, saveEdits } from "./edit-products.ts";
import type { ProductAct } from "./save-product.ts";
import { putPriceOf } from "./undo-act.ts";

export type BulkTrouble = BulkRefusal | EditRefusal["trouble"];

/** What came of some of the products. */
export type BulkSlice = Pick<BulkEditRecord, "changed" | "unchanged" | "belowCost" | "examples">;

interface Within {
  readonly change: BulkEditRequest["change"];
  readonly tx: ReadTransaction;
  readonly at: Instant;
  readonly publication: Publication | null;
  /** Who is in the history of the products. */
  readonly act: ProductAct;
}

/** Changes some products alike, within a transaction: only told where `publication` is null. */
export function doSlice(ids: readonly ProductId[], within: Within): Promise<Result<BulkSlice, BulkTrouble>> {
  const { change } = within;
  return change.kind === "price"
    ? pricesSlice(ids, { ...within, change })
    : fieldsSlice(ids, { ...within, change });
}

async function fieldsSlice(
  ids: readonly ProductId[],
  { change, tx, publication, act }: Within & { readonly change: { readonly kind: "fields" } },
): Promise<Result<BulkSlice, BulkTrouble>> {
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
        (field): BulkExample => ({
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
  { change, tx, at, publication, act }: Within & { readonly change: { readonly kind: "price" } },
): Promise<Result<BulkSlice, BulkTrouble>> {
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
    {
      tx,
      at,
      publication,
      ...(publication === null
        ? {}
        : { put: (price, product) => putPriceOf(publication, price, { product, cause: act.cause }) }),
    },
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
