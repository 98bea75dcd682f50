import { setImmediate as othersTurn } from "node:timers/promises";
import type { ProductLogEntry } from "#domain/product/catalogue-product.ts";
import type { Price } from "#domain/product/product.ts";
import { isSamePrice, type ValueChange } from "#domain/product/value-change.ts";
import { articleName } from "#domain/product/variant-label.ts";
import type { ReadTransaction, WriteTransaction } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import type { ProductAct } from "./save-product.ts";
import { undoChange } from "./undo-change.ts";

const PER_SLICE = 50;
/** So many of what stayed are told by their names. */
const MAX_LEFT = 20;

/** How far an act is taken back. */
export interface ActUndo {
  readonly state: "running" | "done";
  readonly by: ProductLogEntry["by"];
  /** Products come first, then what was set beside them. */
  readonly stage: "products" | "values";
  /** What stands before this place is still to be looked at; null: all of the stage. */
  readonly before: number | null;
  /** Changes that were taken back, and that others have gone over since: of products, prices, costs and stock. */
  readonly undone: number;
  readonly kept: number;
  readonly left: readonly LeftAlone[];
}

export interface LeftAlone {
  readonly what: "product" | ValueChange["kind"];
  readonly name: string;
}

export function undoBegun(by: ProductLogEntry["by"]): ActUndo {
  return { state: "running", by, stage: "products", before: null, undone: 0, kept: 0, left: [] };
}

/**
 * Takes back what one act did, the newest first, where nobody has changed the same since; the rest stays and is told. It goes in slices: how far it
 * is is written with each of them, and who begins again with what was written goes on where it ended.
 */
export async function undoAct({
  cause,
  undo: begun,
  publisher,
  note,
  isStopped = () => false,
}: {
  readonly cause: string;
  readonly undo: ActUndo;
  readonly publisher: Publisher;
  readonly note: (tx: WriteTransaction, undo: ActUndo) => Promise<void>;
  readonly isStopped?: () => boolean;
}): Promise<void> {
  let undo = begun;
  while (undo.state === "running" && !isStopped()) {
    const now = undo;
    undo = await publisher.publish(async (publication) => {
      const after =
        now.stage === "products"
          ? await productsSlice(publication, cause, now)
          : await valuesSlice(publication, cause, now);
      await note(publication.tx, after);
      return after;
    });
    await othersTurn();
  }
}

async function productsSlice(publication: Publication, cause: string, undo: ActUndo): Promise<ActUndo> {
  const { tx } = publication;
  const entries = await tx.productLogOfCause({ cause, before: undo.before, limit: PER_SLICE });
  const last = entries.at(-1);
  if (last === undefined) return { ...undo, stage: "values", before: null };
  let after = undo;
  for (const { product, cursor: entry } of entries) {
    const back = await undoChange(publication, { product, entry, by: undo.by, cause: `undo:${cause}` });
    const left: LeftAlone | null = back.ok
      ? null
      : { what: "product", name: (await tx.product(product))?.title ?? product };
    after = counted(after, left);
  }
  return { ...after, before: last.cursor };
}

async function valuesSlice(publication: Publication, cause: string, undo: ActUndo): Promise<ActUndo> {
  const { tx } = publication;
  const changes = await tx.valueChangesOf({ cause, before: undo.before, limit: PER_SLICE });
  const last = changes.at(-1);
  if (last === undefined) return { ...undo, state: "done" };
  let after = undo;
  for (const { change } of changes) {
    const isBack = await valueBack(publication, cause, change);
    after = counted(after, isBack ? null : { what: change.kind, name: await nameOf(tx, change) });
  }
  return { ...after, before: last.cursor };
}

function counted(undo: ActUndo, left: LeftAlone | null): ActUndo {
  if (left === null) return { ...undo, undone: undo.undone + 1 };
  return { ...undo, kept: undo.kept + 1, left: [...undo.left, left].slice(0, MAX_LEFT) };
}

/** Whether it is as it was before; otherwise nothing was done. */
async function valueBack(publication: Publication, cause: string, change: ValueChange): Promise<boolean> {
  const { tx, at } = publication;
  const { product, variant } = change;
  const stands = (await tx.product(product))?.variants.some(({ id }) => id === variant) === true;
  // What an article that came with the act and stays is sold for stays with it.
  if (stands && change.kind !== "stock" && change.from === null)
    if (await tx.cameWith({ cause, product, variant })) return false;
  switch (change.kind) {
    case "price": {
      const now = await priceAt(tx, change.to);
      if (now === null && !stands) return true;
      if (!isSamePrice(now, change.to)) return false;
      if (change.from === null) await publication.forgetPrice(change.to);
      else await publication.putPrice(change.from);
      return true;
    }
    case "cost": {
      const now = await tx.costOf(variant);
      if (now === null && !stands) return true;
      if (now === null || now.minor !== change.to.minor || now.currency !== change.to.currency) return false;
      await tx.putCost({ variant, cost: change.from });
      return true;
    }
    case "stock": {
      const { store, quantity, cause: moved } = change;
      if (await tx.movedSince({ store, variant, cause: moved })) return false;
      const onHand = await tx.addMovement(
        { store, variant, quantity: -quantity, reason: { kind: "import", takenBack: true } },
        { cause: `undo:${moved}`, at },
      );
      if (onHand !== null) await publication.putStockLevel({ store, variant, onHand });
      return onHand !== null;
    }
  }
}

async function nameOf(tx: ReadTransaction, { product, variant }: ValueChange): Promise<string> {
  const known = await tx.product(product);
  const options = known?.variants.find(({ id }) => id === variant)?.options ?? [];
  return known === null ? variant : articleName(known, options);
}

/** Sets a price as part of an act, so that it can be taken back. */
export async function putPriceOf(
  publication: Publication,
  price: Price,
  { product, cause }: Pick<ProductAct, "cause"> & Pick<ValueChange, "product">,
): Promise<void> {
  const from = await priceAt(publication.tx, price);
  await publication.putPrice(price);
  await publication.tx.noteValueChange(cause, {
    kind: "price",
    product,
    variant: price.variant,
    from,
    to: price,
  });
}

async function priceAt(
  tx: ReadTransaction,
  { list, variant, validFrom }: Pick<Price, "list" | "variant" | "validFrom">,
): Promise<Price | null> {
  const prices = await tx.pricesOf(variant);
  return prices.find((each) => each.list === list && each.validFrom === validFrom) ?? null;
}
