import { setImmediate as othersTurn } from "node:timers/promises";
import type { Instant, ProductId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type BulkEditRequest, MAX_BULK_EDITS, MAX_EXAMPLES } from "#protocol/hq/catalogue.ts";
import type { ReadTransaction, Storage, WriteTransaction } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import type { BulkEditRecord } from "./act-port.ts";
import { type BulkSlice, type BulkTrouble, doSlice } from "./bulk-slice.ts";
import type { ProductAct } from "./save-product.ts";
import { undoAct, undoBegun } from "./undo-act.ts";

/** Products of one transaction: a sale waits for no more than these. */
const SLICE = 50;
const MAX_RUNNING = 4;

/** Changes of many products, each in many short transactions: selling and syncing go on between them. */
export interface BulkEdits {
  /** Begins; it goes on by itself, slice by slice. `tooMany` go on already. */
  start(ask: {
    readonly products: readonly ProductId[];
    readonly change: BulkEditRequest["change"];
    readonly dryRun: boolean;
    readonly by: ProductAct["by"];
  }): Promise<Result<BulkEditRecord, "tooMany">>;
  /** How far it is; null where nothing is known of it (any more). */
  progress(id: string): Promise<BulkEditRecord | null>;
  /** The newest first; without those that only looked. */
  newest(): Promise<readonly BulkEditRecord[]>;
  /** What was done stays done. */
  stop(id: string): Promise<BulkEditRecord | null>;
  /** Begins to take it back where nobody has changed the same since. */
  undo(id: string, by: ProductAct["by"]): Promise<Result<BulkEditRecord, "unknown" | "notDone">>;
  /** Goes on with what a server that ended had begun. */
  resume(): Promise<void>;
  /** Resolves once none writes any more. What goes on goes on when the server starts again. */
  close(): Promise<void>;
}

interface BulkDeps {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
  readonly newId: () => string;
  /** Why something was not done, for people. */
  readonly words: (trouble: BulkTrouble) => string;
}

export function createBulkEdits(deps: BulkDeps): BulkEdits {
  const { storage, publisher, now, newId } = deps;
  const running = new Map<string, Promise<void>>();
  const undoing = new Set<string>();
  let isClosing = false;

  function workOn(id: string, work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => endWith(storage, id, error instanceof Error ? error.message : ""))
      // Where even that cannot be written it goes on when the server starts again.
      .catch(() => undefined)
      .finally(() => {
        running.delete(id);
        undoing.delete(id);
      });
    running.set(id, done);
  }
  function goOn({ id, undo }: BulkEditRecord): void {
    const isClosed = () => isClosing;
    if (undo?.state === "running") undoing.add(id);
    if (undo?.state === "running")
      workOn(id, () =>
        undoAct({ cause: causeOf(id), undo, publisher, isStopped: isClosed, note: noteUndo(id) }),
      );
    else workOn(id, () => doAll(id, deps, isClosed));
  }

  return {
    async start({ products, change, dryRun, by }) {
      if (running.size >= MAX_RUNNING) return refused("tooMany");
      const begun: BulkEditRecord = {
        ...{ id: newId(), at: now(), by: { kind: by.kind, id: by.id, name: by.name }, change, dryRun },
        ...{ state: "running", total: products.length, looked: 0, changed: 0, unchanged: 0, belowCost: 0 },
        ...{ examples: [], trouble: "", undo: null },
      };
      await storage.write(async (tx) => {
        await tx.putBulkEdit(begun);
        await tx.putBulkEditProducts(begun.id, products);
        await tx.keepNewestBulkEdits(MAX_BULK_EDITS);
      });
      goOn(begun);
      return ok(begun);
    },
    progress: (id) => storage.read((tx) => tx.bulkEdit(id)),
    newest: async () => {
      const kept = await storage.read((tx) => tx.bulkEdits(MAX_BULK_EDITS));
      return kept.filter(({ dryRun }) => !dryRun);
    },
    stop: (id) =>
      storage.write(async (tx) => {
        const known = await tx.bulkEdit(id);
        if (known?.state !== "running") return known;
        const stopped: BulkEditRecord = { ...known, state: "stopped" };
        await tx.putBulkEdit(stopped);
        return stopped;
      }),
    async undo(id, by) {
      const begun = await storage.write(
        async (tx): Promise<Result<BulkEditRecord, "unknown" | "notDone">> => {
          const known = await tx.bulkEdit(id);
          if (known === null) return refused("unknown");
          if (known.dryRun || known.state === "running") return refused("notDone");
          if (known.undo !== null) return ok(known);
          const undo = undoBegun({ kind: by.kind, id: by.id, name: by.name });
          await tx.putBulkEdit({ ...known, undo });
          return ok({ ...known, undo });
        },
      );
      if (!begun.ok) return begun;
      if (undoing.has(id) || begun.value.undo?.state !== "running") return begun;
      // What wrote the last of it may be about to end.
      await running.get(id);
      if (!undoing.has(id)) goOn(begun.value);
      return begun;
    },
    async resume() {
      for (const each of await storage.read((tx) => tx.unfinishedBulkEdits())) goOn(each);
    },
    async close() {
      isClosing = true;
      await Promise.all(running.values());
    },
  };
}

function causeOf(id: string): string {
  return `bulk:${id}`;
}

function noteUndo(id: string): Parameters<typeof undoAct>[0]["note"] {
  return async (tx, undo) => {
    const known = await tx.bulkEdit(id);
    if (known !== null) await tx.putBulkEdit({ ...known, undo });
  };
}

/** Goes on from where it is, until it is done, stopped, failed, or the server ends: what was done and how far it is are written together. */
async function doAll(id: string, deps: BulkDeps, isClosed: () => boolean): Promise<void> {
  const { storage, publisher, now, words } = deps;
  for (;;) {
    const known = await storage.read((tx) => tx.bulkEdit(id));
    if (known?.state !== "running" || isClosed()) return;
    const done = known.dryRun
      ? await storage.write((tx) => doNext(id, { tx, at: now(), publication: null }))
      : await publisher.publish((publication) =>
          doNext(id, { tx: publication.tx, at: publication.at, publication }),
        );
    if (!done.ok) return endWith(storage, id, words(done.reason));
    await othersTurn();
  }
}

async function doNext(
  id: string,
  within: {
    readonly tx: ReadTransaction & Pick<WriteTransaction, "putBulkEdit">;
    readonly at: Instant;
    readonly publication: Publication | null;
  },
): Promise<Result<null, BulkTrouble>> {
  const { tx } = within;
  const known = await tx.bulkEdit(id);
  // Somebody stopped it meanwhile.
  if (known?.state !== "running") return ok(null);
  const { change, by, looked } = known;
  const ids = await tx.bulkEditProducts({ id, from: looked, limit: SLICE });
  if (ids.length === 0) {
    await tx.putBulkEdit({ ...known, state: "done" });
    return ok(null);
  }
  const done = await doSlice(ids, { ...within, change, act: { by, cause: causeOf(id) } });
  if (!done.ok) return done;
  const after = withSlice(known, done.value, ids.length);
  await tx.putBulkEdit(after.looked < after.total ? after : { ...after, state: "done" });
  return ok(null);
}

/** What was done until then stays, and how far it came is known. */
function endWith(storage: Storage, id: string, trouble: string): Promise<void> {
  return storage.write(async (tx) => {
    const known = await tx.bulkEdit(id);
    if (known?.state === "running") await tx.putBulkEdit({ ...known, state: "failed", trouble });
  });
}

function withSlice(before: BulkEditRecord, slice: BulkSlice, looked: number): BulkEditRecord {
  return {
    ...before,
    looked: before.looked + looked,
    changed: before.changed + slice.changed,
    unchanged: before.unchanged + slice.unchanged,
    belowCost: before.belowCost + slice.belowCost,
    examples: [...before.examples, ...slice.examples].slice(0, MAX_EXAMPLES),
  };
}
