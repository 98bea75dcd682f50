import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { GENESIS_HASH, type JournalEntry } from "#domain/journal/entry.ts";
import type { SqlInput } from "../../sync-server/storage/sql/database.ts";
import { putNewSqlite } from "../../sync-server/testing/new-sqlite.ts";
import { movedByOthers } from "./moved-by-others.ts";

const [STORE, VARIANT, ONE, OTHER] = ["store", "cup", "till-1", "till-2"] as const;

let folder: string;
let server: DatabaseSync;
let made = 0;
/** What the server has of the first till. */
let receivedAt: Map<string, number>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-moved-by-others-"));
  const file = join(folder, "server.sqlite");
  putNewSqlite(file);
  server = new DatabaseSync(file);
  receivedAt = new Map();
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A till says that it shipped an order. */
function shipped(device: string, order: string, { epoch = 1, id = `${device}-${order}` } = {}): JournalEntry {
  made += 1;
  return {
    id: idOf<"Entry">(id),
    device: idOf<"Device">(device),
    epoch,
    seq: made,
    store: idOf<"Store">(STORE),
    staff: null,
    at: instant(0),
    prev: GENESIS_HASH,
    fact: {
      type: "order.shipped",
      fulfilment: idOf<"Fulfilment">(order),
      lines: [{ line: idOf<"Line">("line"), variant: idOf<"Variant">(VARIANT), from: 0, quantity: 1 }],
      parcels: [],
    },
    hash: `${id} in ${epoch}`,
    signature: "",
  };
}

/** The server takes an entry in; what moved already does not move again. */
function bookedAt(at: number, entry: JournalEntry): JournalEntry {
  const { device, epoch, seq, hash, fact } = entry;
  if (fact.type !== "order.shipped") throw new Error("nothing is shipped");
  server
    .prepare("INSERT INTO journal (device, epoch, seq, hash, entry, received_at) VALUES (?, ?, ?, ?, ?, ?)")
    .run(device, epoch, seq, hash, JSON.stringify(entry), at);
  server
    .prepare(
      `INSERT INTO movements (cause, store, variant, quantity, reason, at) VALUES (?, ?, ?, -1, '{"kind":"order"}', ?)
       ON CONFLICT DO NOTHING`,
    )
    .run(`order:${fact.fulfilment}:line:1`, STORE, VARIANT, at);
  if (device === ONE) receivedAt.set(hash, at);
  return entry;
}

const found = (...entries: readonly JournalEntry[]) =>
  movedByOthers(entries, {
    receivedAt,
    all: async (sql: string, ...values: readonly SqlInput[]) =>
      server.prepare(sql).all(...values) as Awaited<ReturnType<Parameters<typeof movedByOthers>[1]["all"]>>,
  });

test("what two tills told of the same moved nothing for the second", async () => {
  bookedAt(10, shipped(OTHER, "order-1"));
  const second = bookedAt(20, shipped(ONE, "order-1"));
  expect(await found(second)).toEqual([second.id]);
});

test("what a till told alone, or first, moved what it says", async () => {
  bookedAt(10, shipped(OTHER, "order-2"));
  const [alone, first] = [bookedAt(20, shipped(ONE, "order-1")), bookedAt(30, shipped(ONE, "order-3"))];
  bookedAt(40, shipped(OTHER, "order-3"));
  expect(await found(alone, first)).toEqual([]);
});

test("what a till told itself before, in another epoch or another entry, was moved by nobody else, whatever came in at the same time", async () => {
  bookedAt(10, shipped(ONE, "order-1"));
  bookedAt(10, shipped(OTHER, "order-2"));
  const carried = bookedAt(20, shipped(ONE, "order-1", { epoch: 2 }));
  const again = bookedAt(30, shipped(ONE, "order-1", { epoch: 3, id: "again" }));
  expect(await found(carried, again)).toEqual([]);
});

test("what the server has not taken in is not looked for", async () => {
  bookedAt(10, shipped(OTHER, "order-1"));
  expect(await found(shipped(ONE, "order-1"))).toEqual([]);
});
