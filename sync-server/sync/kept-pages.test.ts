import { afterEach, beforeEach, expect, test } from "vitest";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { BERLIN, CUP, TEA } from "../testing/shop.ts";
import { hashSecret } from "./enrol.ts";
import { CHAIN_FEEDS } from "./feeds.ts";

const LIMIT = 100;

let server: ServerForTests;
let till: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  till = await server.pair();
  await server.stockUp([TEA, CUP], 5);
});
afterEach(() => server.close());

function standing(of: PairedTill = till) {
  const tokenHash = hashSecret(of.enrolment.token ?? "");
  return server.storage.ask((tx) => tx.standing({ tokenHash, chainFeeds: CHAIN_FEEDS }));
}

async function pulled(collection: (typeof REPLICA_COLLECTIONS)[number], after: string) {
  const ask = { store: BERLIN, collection, after, limit: LIMIT };
  const page = await server.deps.pulls.pull({ device: await till.record(), ...ask });
  if (!page.ok) throw new Error(page.reason);
  return page.value;
}

async function kept(collection: (typeof REPLICA_COLLECTIONS)[number], after: string) {
  const known = await standing();
  return known && server.deps.pulls.keptFor({ ...known, store: BERLIN }, { collection, after, limit: LIMIT });
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
  expect(
    await server.storage.ask((tx) => tx.standing({ tokenHash: "nobody", chainFeeds: CHAIN_FEEDS })),
  ).toBeNull();
});
