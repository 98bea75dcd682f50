import { afterEach, beforeEach, expect, test } from "vitest";
import { ok, refused } from "#domain/result.ts";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { BERLIN, CUP, TEA } from "../testing/shop.ts";
import { hashSecret } from "./enrol.ts";
import type { Pulls } from "./pull.ts";

const LIMIT = 100;

let server: ServerForTests;
let till: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  till = await server.pair();
  await server.stockUp([TEA, CUP], 5);
});
afterEach(() => server.close());

async function standing(of: PairedTill = till) {
  return server.deps.standings.of(hashSecret(of.enrolment.token ?? ""));
}

async function pulled(collection: (typeof REPLICA_COLLECTIONS)[number], after: string) {
  const ask = { store: BERLIN, collection, after, limit: LIMIT };
  const page = await server.deps.pulls.pull({ device: await till.record(), ...ask });
  if (!page.ok) throw new Error(page.reason);
  return page.value;
}

function signal() {
  let give: () => void = () => undefined;
  const given = new Promise<void>((done) => {
    give = done;
  });
  return { given, give: () => give() };
}

/** Null: it would have been read. */
async function kept(collection: (typeof REPLICA_COLLECTIONS)[number], after: string) {
  const page = await together({ collection, after }, async () => refused("checkpointExpired"));
  return page.ok ? page.value : null;
}

async function together(
  ask: { readonly collection: (typeof REPLICA_COLLECTIONS)[number]; readonly after: string },
  read: Parameters<Pulls["together"]>[2],
  of: PairedTill = till,
) {
  const known = await standing(of);
  if (known === null) throw new Error("the till is not known");
  return server.deps.pulls.together({ ...known, store: BERLIN }, { ...ask, limit: LIMIT }, read);
}

test("S37 what was read once is answered again without another look, as a pull answers it, and S35 says how far the asking till's own entries are in it", async () => {
  const { deps } = server;
  await deps.ingestion.ingest(await till.record(), [
    till.till.begin(),
    till.till.sell([{ variant: TEA, quantity: 1 }]),
  ]);
  let answered = 0;
  for (const collection of REPLICA_COLLECTIONS) {
    expect(await kept(collection, "")).toBeNull();
    const read = await pulled(collection, "");
    const again = await kept(collection, "");
    const known = await standing();
    const whole = { collection, after: "", limit: LIMIT };
    const anew = await server.storage.read(
      async (tx) => known && server.deps.pulls.pullIn(tx, { ...known, store: BERLIN }, whole),
    );
    expect(anew).toEqual({ ok: true, value: read });
    // Price lists are the store's own choice: they are looked up.
    if (again === null) expect(collection).toBe("prices");
    else {
      expect(again).toEqual(read);
      expect(again.applied).toEqual({ epoch: 1, seq: 2 });
      answered += 1;
    }
  }
  expect(answered).toBe(REPLICA_COLLECTIONS.length - 1);
});

test("what changed since is not answered from what was read before", async () => {
  const before = await pulled("stock", "");
  expect(await kept("stock", "")).not.toBeNull();
  await server.deps.ingestion.ingest(await till.record(), [
    till.till.begin(),
    till.till.sell([{ variant: TEA, quantity: 1 }]),
  ]);
  expect(await kept("stock", "")).toBeNull();
  expect(await pulled("stock", "")).not.toEqual(before);
});

test("a checkpoint that is nonsense, of another time or ahead of the feed takes another look, which says what is wrong", async () => {
  const { checkpoint } = await pulled("stock", "");
  await pulled("stock", checkpoint);
  expect(await kept("stock", checkpoint)).not.toBeNull();
  expect(await kept("stock", "nonsense")).toBeNull();
  await server.storage.write((tx) => tx.beginEra({ era: "another", at: server.clock.now() }));
  expect(await kept("stock", checkpoint)).toBeNull();
});

test("where a till stands is told by its token alone, with its store and the heads of its feeds", async () => {
  const other = await server.pair();
  await server.deps.ingestion.ingest(await till.record(), [till.till.begin()]);
  const [one, two] = [await standing(), await standing(other)];
  expect(one).toMatchObject({ device: await till.record(), store: BERLIN, journalTo: 1 });
  expect(two).toMatchObject({ device: await other.record(), journalTo: 0 });
  const heads = await server.storage.read((tx) => tx.feedHeads());
  for (const [feed, { head }] of one?.heads ?? []) expect(head).toBe(heads.get(feed));
  expect([...(one?.heads.keys() ?? [])]).toEqual(
    expect.arrayContaining(["catalog", `store:${BERLIN.store}`]),
  );
  expect(await server.deps.standings.of("nobody")).toBeNull();
});

test("S37 what several tills ask at the same heads is read once for all of them, and S35 each hears how far its own entries are in it", async () => {
  const other = await server.pair();
  await server.deps.ingestion.ingest(await till.record(), [
    till.till.begin(),
    till.till.sell([{ variant: TEA, quantity: 1 }]),
  ]);
  const asked = { collection: "stock", after: "" } as const;
  const page = await pulled("stock", "");
  // So that nothing is kept.
  await server.deps.publisher.publish((publication) =>
    publication.putStockLevel({ store: BERLIN.store, variant: CUP, onHand: 9 }),
  );
  let reads = 0;
  const begun = signal();
  const mayGo = signal();
  const read = async () => {
    reads += 1;
    begun.give();
    await mayGo.given;
    return ok(page);
  };
  const all = [till, other, other].map((of) => together(asked, read, of));
  await begun.given;
  // Whoever asks after the others is answered after them.
  await standing();
  mayGo.give();
  expect(
    (await Promise.all(all)).map((got) => got.ok && [got.value.documentsJson, got.value.applied]),
  ).toEqual([
    [page.documentsJson, { epoch: 1, seq: 2 }],
    [page.documentsJson, { epoch: 1, seq: 0 }],
    [page.documentsJson, { epoch: 1, seq: 0 }],
  ]);
  expect(reads).toBe(1);
});

test("where the one who reads for all fails, each of the others reads for itself", async () => {
  const asked = { collection: "stock", after: "" } as const;
  const page = await server.storage.read(async (tx) => {
    const known = await standing();
    return server.deps.pulls.pullIn(tx, { ...known!, store: BERLIN }, { ...asked, limit: LIMIT });
  });
  await server.stockUp([TEA], 6);
  const away = signal();
  const first = together(asked, async () => {
    await away.given;
    throw new Error("the database is away");
  });
  await standing();
  let own = 0;
  const second = together(asked, async () => {
    own += 1;
    return page;
  });
  await standing();
  away.give();
  await expect(first).rejects.toThrow("the database is away");
  expect(await second).toEqual(page);
  expect(own).toBe(1);
});
