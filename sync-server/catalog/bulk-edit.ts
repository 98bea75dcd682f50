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
/** A change of which no server has written for so long is worked on by none: a slice takes less than a second. */
const LAPSE_MS = 15_000;

/** Changes of many products, each in many short transactions: selling and syncing go on between them. */
export interface BulkEdits {
  /** Begins; it goes on by itself, slice by slice. `tooMany` go on already. One with an `id` that is known was begun already. */
  start(ask: {
    readonly id?: string | undefined;
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
  /** Goes on with what no server works on any more. Safe to call at any time, at any number of servers. */
  resume(): Promise<void>;
  /** Resolves once none writes any more. What is not done goes on at another server, or when this one starts again. */
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
  let isClosing = false;

  function workOn(id: string, work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => endWith(storage, id, error instanceof Error ? error.message : ""))
      // Where even that cannot be written it goes on when it has lapsed.
      .catch(() => undefined)
      .finally(() => {
        running.delete(id);
      });
    running.set(id, done);
  }
  function goOn({ id, undo }: BulkEditRecord): void {
    const isClosed = () => isClosing;
    if (undo?.state === "running")
      workOn(id, () =>
        undoAct({ cause: causeOf(id), undo, publisher, isStopped: isClosed, note: noteUndo(id, now) }),
      );
    else workOn(id, () => doAll(id, deps, isClosed));
  }

  return {
    async start({ id = newId(), products, change, dryRun, by }) {
      const begun: BulkEditRecord = {
        ...{ id, at: now(), by: { kind: by.kind, id: by.id, name: by.name }, change, dryRun },
        ...{ state: "running", total: products.length, looked: 0, changed: 0, unchanged: 0, belowCost: 0 },
        ...{ examples: [], trouble: "", undo: null, workedAt: now() },
      };
      const started = await storage.write(async (tx): Promise<Result<BulkEditRecord, "tooMany">> => {
        // One that is there is answered however much goes on: whoever asks again would else take it for refused, and begin another.
        const known = await tx.bulkEdit(id);
        if (known !== null) return ok(known);
        if (running.size >= MAX_RUNNING) return refused("tooMany");
        await tx.putBulkEdit(begun);
        await tx.putBulkEditProducts(id, products);
        await tx.keepNewestBulkEdits(MAX_BULK_EDITS);
        return ok(begun);
      });
      if (started.ok && started.value === begun) goOn(begun);
      return started;
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
        async (
          tx,
        ): Promise<
          Result<{ readonly edit: BulkEditRecord; readonly isNew: boolean }, "unknown" | "notDone">
        > => {
          const known = await tx.bulkEdit(id);
          if (known === null) return refused("unknown");
          if (known.dryRun || known.state === "running") return refused("notDone");
          if (known.undo !== null) return ok({ edit: known, isNew: false });
          const undo = undoBegun({ kind: by.kind, id: by.id, name: by.name });
          const edit = { ...known, undo, workedAt: now() };
          await tx.putBulkEdit(edit);
          return ok({ edit, isNew: true });
        },
      );
      if (!begun.ok) return begun;
      const { edit, isNew } = begun.value;
      // Whoever began it goes on with it; where its server ended, another takes it up.
      if (!isNew) return ok(edit);
      // What wrote the last of it may be about to end.
      await running.get(id);
      goOn(edit);
      return ok(edit);
    },
    async resume() {
      const left = await storage.read((tx) => tx.unfinishedBulkEdits());
      for (const { id } of left.filter((each) => !running.has(each.id) && isLeft(each, now()))) {
        const taken = await storage.write(async (tx) => {
          const known = await tx.bulkEdit(id);
          if (known === null || !isUnfinished(known) || !isLeft(known, now())) return null;
          const taken = { ...known, workedAt: now() };
          await tx.putBulkEdit(taken);
          return taken;
        });
        if (taken !== null && !isClosing) goOn(taken);
      }
    },
    async close() {
      isClosing = true;
      const mine = [...running.keys()];
      await Promise.all(running.values());
      if (mine.length === 0) return;
      // Another server need not wait until it lapses.
      await storage.write(async (tx) => {
        for (const id of mine) {
          const known = await tx.bulkEdit(id);
          if (known !== null && isUnfinished(known)) await tx.putBulkEdit({ ...known, workedAt: null });
        }
      });
    },
  };
}

function causeOf(id: string): string {
  return `bulk:${id}`;
}

function isUnfinished({ state, undo }: BulkEditRecord): boolean {
  return state === "running" || undo?.state === "running";
}

function isLeft({ workedAt }: BulkEditRecord, at: Instant): boolean {
  return workedAt == null || workedAt + LAPSE_MS <= at;
}

function noteUndo(id: string, now: () => Instant): Parameters<typeof undoAct>[0]["note"] {
  return async (tx, undo) => {
    const known = await tx.bulkEdit(id);
    if (known !== null) await tx.putBulkEdit({ ...known, undo, workedAt: now() });
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
  const after = { ...withSlice(known, done.value, ids.length), workedAt: within.at };
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
