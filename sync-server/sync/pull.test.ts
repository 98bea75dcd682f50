import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, instant, type VariantId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { REPLICA_SCHEMAS } from "#protocol/documents/collections.ts";
import { type ReplicaRow, replicaRowSchema } from "#protocol/sync/replica.ts";
import { PROTOCOL_VERSION } from "#protocol/version.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { putInFeed } from "../testing/put-in-feed.ts";
import {
  BERLIN,
  CUP,
  cashier,
  customer,
  EUR,
  HAMBURG,
  HARBOUR,
  price,
  product,
  RETAIL,
  TEA,
} from "../testing/shop.ts";
import { createSnapshots, SNAPSHOT_LIMITS, type SnapshotLimits } from "./snapshot.ts";

const DAY_MS = 86_400_000;

let server: ServerForTests;
let berlin: PairedTill;
let hamburg: PairedTill;

beforeEach(async () => {
  server = await ServerForTests.open();
  berlin = await server.pair(BERLIN);
  hamburg = await server.pair(HAMBURG);
});

afterEach(() => server.close());

interface Asked {
  readonly by?: PairedTill;
  readonly store?: StoreSettings;
  readonly collection?: ReplicaCollection;
  readonly after?: string;
  readonly limit?: number;
}

async function pull({
  by = berlin,
  store: asked,
  collection = "products",
  after = "",
  limit = 500,
}: Asked = {}) {
  const device = await by.record();
  const store = asked ?? (device.store === BERLIN.store ? BERLIN : HAMBURG);
  const pulled = await server.pull({ device, store, collection, after, limit });
  if (!pulled.ok) return pulled;
  const documents = replicaRowSchema.array().parse(JSON.parse(`[${pulled.value.documentsJson}]`));
  return { ok: true as const, value: { ...pulled.value, documents } };
}

/** Pulls page by page until the till is caught up, and keeps what a till would keep. */
async function pullAll(asked: Asked = {}, into = new Map<string, unknown>()) {
  let after = asked.after ?? "";
  for (;;) {
    const page = await pull({ ...asked, after });
    if (!page.ok) throw new Error(page.reason);
    for (const row of page.value.documents) keep(into, row);
    after = page.value.checkpoint;
    if (page.value.caughtUp) return { documents: into, checkpoint: after };
  }
}

function keep(into: Map<string, unknown>, row: ReplicaRow): void {
  if (row.deleted) into.delete(row.id);
  else into.set(row.id, row.data);
}

function putProducts(variants: readonly VariantId[], title?: string): Promise<void> {
  return server.deps.publisher.publish(async (publication) => {
    for (const variant of variants)
      await publication.putProduct(product(variant, title === undefined ? {} : { title }));
  });
}

function variantsNamed(count: number, from = 0): VariantId[] {
  return Array.from({ length: count }, (_, index) => idOf<"Variant">(`v${from + index}`));
}

describe("whose data a till sees", () => {
  test("S30 settings, staff, stock and notices are those of the till's own store", async () => {
    await server.deps.publisher.publish(async (publication) => {
      await publication.putStaff(BERLIN.store, cashier("mira"));
      await publication.putStaff(HAMBURG.store, cashier("finn"));
      await publication.putStockLevel({ store: HAMBURG.store, variant: TEA, onHand: 4 });
    });
    const idsOf = async (by: PairedTill, collection: ReplicaCollection) => [
      ...(await pullAll({ by, collection })).documents.keys(),
    ];
    expect(await idsOf(berlin, "settings")).toEqual([BERLIN.store]);
    expect(await idsOf(hamburg, "settings")).toEqual([HAMBURG.store]);
    expect(await idsOf(berlin, "staff")).toEqual(["mira"]);
    expect(await idsOf(hamburg, "staff")).toEqual(["finn"]);
    expect(await idsOf(berlin, "stock")).toEqual([]);
    expect(await idsOf(hamburg, "stock")).toEqual([TEA]);
  });

  test("S30 prices come from the lists that the till's store follows, and no other", async () => {
    await server.deps.publisher.publish(async (publication) => {
      await publication.putPrice(price(TEA));
      await publication.putPrice(price(TEA, { list: HARBOUR, amount: money(400, EUR) }));
    });
    expect([...(await pullAll({ collection: "prices" })).documents.keys()]).toEqual(["retail:tea"]);
    expect([...(await pullAll({ by: hamburg, collection: "prices", limit: 1 })).documents.keys()]).toEqual([
      "harbour:tea",
      "retail:tea",
    ]);
  });

  test("S30 a list that a group of customers begins to ask is pulled whole, and nothing that the till has goes away", async () => {
    await server.deps.publisher.publish(async (publication) => {
      await publication.putPrice(price(TEA));
      await publication.putPrice(price(TEA, { list: HARBOUR, amount: money(400, EUR) }));
    });
    const first = await pull({ collection: "prices" });
    if (!first.ok) throw new Error(first.reason);
    const trade = { id: idOf<"CustomerGroup">("trade"), name: "Trade", priceLists: [HARBOUR] };
    const store = { ...BERLIN, customerGroups: [trade] };
    const next = await pull({ store, collection: "prices", after: first.value.checkpoint });
    expect(next.ok && next.value.documents.map(({ id, deleted }) => [id, deleted])).toEqual([
      ["harbour:tea", false],
    ]);
  });

  test("S30 a checkpoint that names another store's feed opens nothing", async () => {
    await server.deps.publisher.publish((publication) =>
      publication.putStaff(HAMBURG.store, cashier("finn")),
    );
    const page = await pull({ collection: "staff", after: `${encodeURIComponent("store:store-ham1")}=0` });
    expect(page.ok && page.value.documents).toEqual([]);
  });

  test("what the server sends is what the protocol says a document is", async () => {
    await server.stockUp([TEA], 3);
    await server.deps.publisher.publish(async (publication) => {
      await publication.putStaff(BERLIN.store, cashier("mira"));
      await publication.putCustomer(customer("anna"));
    });
    for (const collection of ["settings", "staff", "products", "prices", "stock", "customers"] as const) {
      const { documents } = await pullAll({ collection });
      expect(documents.size).toBe(1);
      for (const [id, document] of documents) {
        expect(REPLICA_SCHEMAS[collection].parse(document)).toMatchObject({ id });
      }
    }
  });
});

describe("page by page", () => {
  test("S32 S36 a till that pulls in pages of any size ends with everything, and knows when", async () => {
    await putProducts(variantsNamed(23));
    for (const limit of [1, 7, 23, 24]) {
      const { documents } = await pullAll({ limit });
      expect(documents.size).toBe(23);
    }
  });

  test("S31 S32 no reader skips a document, whatever is written while it pulls", async () => {
    const act = fc.oneof(
      fc.record({
        kind: fc.constant("write" as const),
        from: fc.nat(20),
        count: fc.integer({ min: 1, max: 6 }),
      }),
      fc.record({ kind: fc.constant("pull" as const), limit: fc.integer({ min: 1, max: 5 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 30 }), async (acts) => {
        const seen = new Map<string, unknown>();
        let after = "";
        let version = 0;
        for (const each of acts) {
          if (each.kind === "write") {
            version += 1;
            await putProducts(variantsNamed(each.count, each.from), `version ${version}`);
            continue;
          }
          const page = await pull({ after, limit: each.limit });
          if (!page.ok) throw new Error(page.reason);
          for (const row of page.value.documents) keep(seen, row);
          after = page.value.checkpoint;
        }
        const behind = await pullAll({ after }, seen);
        const fresh = await pullAll();
        expect(new Map([...behind.documents].sort())).toEqual(new Map([...fresh.documents].sort()));
      }),
      { numRuns: 40 },
    );
  });

  test("S33 a deleted document travels as a tombstone", async () => {
    await putProducts([TEA, CUP]);
    const { documents, checkpoint } = await pullAll();
    await remove("product-tea");
    await pullAll({ after: checkpoint }, documents);
    expect([...documents.keys()]).toEqual(["product-cup"]);
  });

  test("S34 a till away for longer than tombstones are kept is told to begin anew", async () => {
    await putProducts([TEA, CUP]);
    const { checkpoint } = await pullAll();
    await remove("product-tea");
    const { checkpoint: later } = await pullAll();
    server.clock.advance(90 * DAY_MS + 1);
    await purge();
    expect(await pull({ after: checkpoint })).toEqual({ ok: false, reason: "checkpointExpired" });
    expect((await pull({ after: later })).ok).toBe(true);
    expect([...(await pullAll()).documents.keys()]).toEqual(["product-cup"]);
  });

  test("S34 a till whose store asks a list no more begins anew with its prices: it would not hear that one of them is taken away", async () => {
    const asking = (...priceLists: StoreSettings["priceLists"]) => ({
      collection: "prices" as const,
      store: { ...BERLIN, priceLists },
    });
    await server.deps.publisher.publish(async (publication) => {
      await publication.putPrice(price(TEA));
      await publication.putPrice(price(TEA, { list: HARBOUR, amount: money(300, EUR) }));
    });
    const { documents, checkpoint: after } = await pullAll(asking(HARBOUR, RETAIL));
    expect(documents.size).toBe(2);
    expect((await pull({ ...asking(RETAIL, HARBOUR), after })).ok).toBe(true);
    expect(await pull({ ...asking(RETAIL), after })).toEqual({ ok: false, reason: "checkpointExpired" });
    expect((await pullAll(asking(RETAIL))).documents.size).toBe(1);
  });

  test("S34 tombstones are kept for 90 days", async () => {
    await putProducts([TEA]);
    const { checkpoint, documents } = await pullAll();
    await remove("product-tea");
    server.clock.advance(90 * DAY_MS - 1);
    await purge();
    await pullAll({ after: checkpoint }, documents);
    expect(documents.size).toBe(0);
  });

  test("S34 a checkpoint beyond the feed's head is of another database", async () => {
    await putProducts([TEA]);
    expect(await pull({ after: "catalog=99" })).toEqual({ ok: false, reason: "checkpointExpired" });
  });

  test("S38 a checkpoint this server did not write is refused", async () => {
    for (const after of ["nonsense", "catalog=-1", "catalog=1&&", "%ZZ=1"])
      expect(await pull({ after })).toEqual({ ok: false, reason: "badCheckpoint" });
  });

  test("S37 two tills that ask the same get the very same documents, and a newer head another answer", async () => {
    const other = await server.pair(BERLIN);
    await putProducts([TEA]);
    const first = await pull();
    const second = await pull({ by: other });
    if (!first.ok || !second.ok) throw new Error("refused");
    expect(second.value.documentsJson).toBe(first.value.documentsJson);
    await putProducts([TEA], "renamed");
    const third = await pull({ by: other });
    expect(third.ok && third.value.documents[0]).toMatchObject({ data: { title: "renamed" } });
  });
});

test("S35 S35a applied is the asking till's own last booked entry, and the stock beside it contains it", async () => {
  await server.stockUp([TEA], 10);
  const run = [berlin.till.begin(), berlin.till.sell([{ variant: TEA, quantity: 2 }])];
  const before = await pull({ collection: "stock" });
  await server.deps.ingestion.ingest(await berlin.record(), run);
  const after = await pull({ collection: "stock" });
  const elsewhere = await pull({ by: hamburg, collection: "stock" });
  if (!before.ok || !after.ok || !elsewhere.ok) throw new Error("refused");
  expect(before.value.applied).toEqual({ epoch: 1, seq: 0 });
  expect(after.value.applied).toEqual({ epoch: 1, seq: 2, hash: run.at(-1)?.hash });
  expect(after.value.documents[0]).toMatchObject({ data: { onHand: 8 } });
  expect(elsewhere.value.applied).toEqual({ epoch: 1, seq: 0 });
});

describe("a snapshot", () => {
  const forAll = { ...SNAPSHOT_LIMITS, page: 100 };
  const ofOwn = { ...forAll, sharedDocuments: 0 };

  async function snapshot(
    onPiece: (pieces: number) => Promise<void> = async () => undefined,
    limits: SnapshotLimits = forAll,
  ) {
    const pieces: Uint8Array[] = [];
    await createSnapshots({ storage: server.storage, now: server.clock.now, limits }).send({
      device: await berlin.record(),
      store: BERLIN,
      collection: "products",
      version: PROTOCOL_VERSION,
      emit: async (piece) => {
        pieces.push(piece);
        await onPiece(pieces.length);
        return true;
      },
    });
    return { ...linesOf(pieces), pieces };
  }

  test("S40 has a head, each living document once, and a foot with the same count", async () => {
    await putProducts([TEA, CUP]);
    await remove("product-cup");
    const { head, rows, foot } = await snapshot();
    expect(head).toMatchObject({ kind: "head", count: 1, applied: { epoch: 1, seq: 0 } });
    expect(rows).toHaveLength(1);
    expect(foot).toEqual({ kind: "foot", count: 1 });
  });

  test.each([
    ["for all", forAll],
    ["for one till", ofOwn],
  ])(
    "S40 S41 %s is one moment however long it is read, and pulling goes on from there without a gap",
    async (_, limits) => {
      await putProducts(variantsNamed(250));
      const { head, rows } = await snapshot(async (pieces) => {
        if (pieces === 2) await putProducts(variantsNamed(3, 249), "written meanwhile");
      }, limits);
      expect(head.count).toBe(250);
      expect(rows).toHaveLength(250);
      expect(JSON.stringify(rows)).not.toContain("written meanwhile");
      const { documents } = await pullAll({ after: head.checkpoint });
      expect([...documents.keys()].sort()).toEqual(["product-v249", "product-v250", "product-v251"]);
    },
  );

  test("S43 is read in portions, and not at all once its reader has gone", async () => {
    await putProducts(variantsNamed(250));
    const { pieces } = await snapshot();
    expect(pieces.length).toBeGreaterThan(4);
    for (const limits of [forAll, ofOwn]) {
      let asked = 0;
      await createSnapshots({ storage: server.storage, now: server.clock.now, limits }).send({
        device: await berlin.record(),
        store: BERLIN,
        collection: "products",
        version: PROTOCOL_VERSION,
        emit: async () => {
          asked += 1;
          return asked < 2;
        },
      });
      expect(asked).toBe(2);
    }
  });
});

/** What a till unpacks of the pieces; empty lines mean nothing. */
function linesOf(pieces: readonly Uint8Array[]) {
  const lines = gunzipSync(Buffer.concat(pieces)).toString().split("\n");
  const parsed = lines.filter((line) => line !== "").map((line) => JSON.parse(line));
  return { head: parsed[0], rows: parsed.slice(1, -1), foot: parsed.at(-1) };
}

describe("many first syncs at a time", () => {
  const limits: SnapshotLimits = { ...SNAPSHOT_LIMITS, page: 100, readers: 4, builds: 2, aliveMs: 5 };

  /** A server's snapshots, and how often documents were read for them. */
  function counted(some: Partial<SnapshotLimits> = {}, may = async () => {}) {
    let reads = 0;
    const awaited = new Map<number, () => void>();
    const storage: Pick<typeof server.storage, "read"> = {
      read: (work) =>
        server.storage.read((tx) => {
          const liveDocuments: typeof tx.liveDocuments = async (ask) => {
            reads += 1;
            awaited.get(reads)?.();
            await may();
            return tx.liveDocuments(ask);
          };
          return work(Object.assign(Object.create(tx), { liveDocuments }));
        }),
    };
    const snapshots = createSnapshots({ storage, now: server.clock.now, limits: { ...limits, ...some } });
    /** Resolves as the so-manieth begins, which is not there yet. */
    const readOf = (count: number) => new Promise<void>((begun) => awaited.set(count, begun));
    return { snapshots, reads: () => reads, readOf };
  }

  /** What a till is sent that is ready for more, and stays, as `takes` says. */
  async function take(
    snapshots: ReturnType<typeof createSnapshots>,
    takes: () => Promise<boolean> = async () => true,
  ) {
    const pieces: Uint8Array[] = [];
    await snapshots.send({
      device: await berlin.record(),
      store: BERLIN,
      collection: "products",
      version: PROTOCOL_VERSION,
      emit: async (piece) => {
        pieces.push(piece);
        return takes();
      },
    });
    return linesOf(pieces);
  }

  test("S37 are read once, each is whole, and those that wait are told that the line is alive", async () => {
    await putProducts(variantsNamed(450));
    const { snapshots, reads } = counted();
    // As many as are sent at a time take no more until each of the others has been told.
    const slow = Array.from({ length: limits.readers }, () => stalled(snapshots));
    await Promise.all(slow.map(({ arrived }) => arrived));
    const others = Array.from({ length: 20 - slow.length }, () => {
      let tell: () => void = () => undefined;
      const told = new Promise<void>((done) => {
        tell = done;
      });
      const done = take(snapshots, async () => {
        tell();
        return true;
      });
      return { told, done };
    });
    await Promise.all(others.map(({ told }) => told));
    for (const { letGo } of slow) letGo();
    const all = await Promise.all([...slow, ...others].map(({ done }) => done));
    for (const { head, rows, foot } of all) {
      expect(head.count).toBe(450);
      expect(rows).toHaveLength(450);
      expect(foot.count).toBe(450);
    }
    // Five pages, and one that says that there are no more.
    expect(reads()).toBe(6);
  });

  test("S37 what changes meanwhile is read anew, and never mixed with what was", async () => {
    await putProducts(variantsNamed(450));
    const { snapshots, reads } = counted();
    const first = stalled(snapshots);
    await first.arrived;
    await putProducts(variantsNamed(1), "new");
    const second = await take(snapshots);
    expect(JSON.stringify(second.rows)).toContain('"new"');
    first.letGo();
    expect(JSON.stringify((await first.done).rows)).not.toContain('"new"');
    expect(reads()).toBe(12);
  });

  /** A till that takes one piece and no more until it is let. `arrived` resolves with that piece; `took` counts all of them. */
  function stalled(snapshots: ReturnType<typeof createSnapshots>, pieces = 1) {
    let letGo: () => void = () => undefined;
    const free = new Promise<void>((done) => {
      letGo = done;
    });
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((done) => {
      arrive = done;
    });
    let took = 0;
    const done = take(snapshots, async () => {
      took += 1;
      if (took === pieces) arrive();
      if (took >= pieces) await free;
      return true;
    });
    return { arrived, letGo, done };
  }

  test("S37 who waits for another to be read is told that the line is alive, and leaves it when gone", async () => {
    await putProducts(variantsNamed(450));
    // Nothing is read until it may be.
    let go: () => void = () => undefined;
    const may = new Promise<void>((done) => {
      go = done;
    });
    const { snapshots, readOf } = counted({ builds: 1 }, () => may);
    const begun = readOf(1);
    const first = take(snapshots);
    await begun;
    await putProducts(variantsNamed(1), "new");
    let told = 0;
    const gone = take(snapshots, async () => {
      told += 1;
      return told < 3;
    });
    expect(await gone).toMatchObject({ head: undefined });
    expect(told).toBe(3);
    go();
    expect((await first).rows).toHaveLength(450);
    expect((await take(snapshots)).rows).toHaveLength(450);
  });

  test("S37 slow tills that are read theirs alone hold up nobody who shares", async () => {
    await putProducts(variantsNamed(450));
    const { snapshots } = counted({ alone: 1, sharedBytes: 2_000 });
    await expect(take(snapshots)).rejects.toThrow("too large");
    const slow = Array.from({ length: 2 }, () => stalled(snapshots));
    await slow[0]!.arrived;
    const others: Uint8Array[] = [];
    await snapshots.send({
      device: await berlin.record(),
      store: BERLIN,
      collection: "prices",
      version: PROTOCOL_VERSION,
      emit: async (piece) => {
        others.push(piece);
        return true;
      },
    });
    expect(linesOf(others).foot).toMatchObject({ kind: "foot" });
    for (const { letGo } of slow) letGo();
    for (const { done } of slow) expect((await done).rows).toHaveLength(450);
  });

  test("S43 where slow tills hold too much, whoever comes is read theirs alone, and nothing more is held", async () => {
    await putProducts(variantsNamed(450));
    const { snapshots, reads, readOf } = counted({ keptBytes: 0, heldBytes: 1_000 });
    const readToItsEnd = readOf(6);
    const slow = stalled(snapshots, 2);
    await slow.arrived;
    await readToItsEnd;
    // Who is read theirs alone is read no further than they take it; what is shared is read to its end.
    const next = stalled(snapshots);
    await next.arrived;
    // Whoever read ahead would have in the time in which another till reads all of it.
    await pullAll({ limit: limits.page });
    expect(reads()).toBe(6);
    for (const { letGo, done } of [slow, next]) {
      letGo();
      expect((await done).rows).toHaveLength(450);
    }
    expect(reads()).toBe(12);
    const readAgain = readOf(18);
    const last = stalled(snapshots);
    await last.arrived;
    await readAgain;
    last.letGo();
    expect((await last.done).rows).toHaveLength(450);
  });

  test("S43 no more is kept than fits, and one that is too large to be shared is cut off once and read for each till from then on", async () => {
    await putProducts(variantsNamed(450));
    const { snapshots } = counted({ sharedBytes: 2_000, keptBytes: 1_000 });
    await expect(take(snapshots)).rejects.toThrow("too large");
    const again = await Promise.all([take(snapshots), take(snapshots), take(snapshots)]);
    for (const { rows } of again) expect(rows).toHaveLength(450);
  });
});

function remove(id: string): Promise<number> {
  return server.storage.write((tx) =>
    putInFeed(tx, { feed: "catalog", collection: "products", id, data: null, at: server.clock.now() }),
  );
}

function purge(): Promise<void> {
  return server.storage.write((tx) => tx.purgeTombstones(instant(server.clock.now() - 90 * DAY_MS)));
}
