import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { newerAnswerSchema } from "#protocol/sync/newer.ts";
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from "#protocol/version.ts";
import { HttpForTests } from "../http-for-tests.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { putInFeed } from "../testing/put-in-feed.ts";
import { BERLIN, CUP, cashier, customer, EUR, HARBOUR, price, product, TEA } from "../testing/shop.ts";
import { hashSecret } from "./enrol.ts";
import { beginEra } from "./eras.ts";
import { CHAIN_FEEDS } from "./feeds.ts";
import { newerIn } from "./newer.ts";

const DAY_MS = 86_400_000;

let server: ServerForTests;
let till: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  till = await server.pair(BERLIN);
});
afterEach(() => server.close());

async function pull(collection: ReplicaCollection, after: string, store: StoreSettings = BERLIN) {
  const device = await till.record();
  return server.pull({ device, store, collection, after, limit: 500 });
}

async function newer(checkpoints: Readonly<Record<string, string>>, store: StoreSettings = BERLIN) {
  const tokenHash = hashSecret(till.enrolment.token ?? "");
  return server.storage.read(async (tx) => {
    const ask = { tokenHashes: [tokenHash], chainFeeds: CHAIN_FEEDS };
    const standing = (await tx.standings(ask)).get(tokenHash);
    if (standing === undefined) throw new Error("the till is not known");
    const feeds = server.pulls.readingIn(tx).feedsOf(standing);
    return newerIn(feeds, { ...standing, store }, { checkpoints, now: server.clock.now() });
  });
}

/** What the answer has to say, by pulling each for real. */
async function pulledOneByOne(checkpoints: Readonly<Record<string, string>>, store: StoreSettings = BERLIN) {
  const upToDate: Record<string, string> = {};
  for (const collection of REPLICA_COLLECTIONS) {
    const pulled = await pull(collection, checkpoints[collection] ?? "", store);
    if (pulled.ok && pulled.value.caughtUp && pulled.value.documentsJson === "")
      upToDate[collection] = pulled.value.checkpoint;
  }
  return upToDate;
}

const ACTS = {
  product: (publication) => publication.putProduct(product(TEA)),
  price: (publication) => publication.putPrice(price(TEA)),
  otherList: (publication) => publication.putPrice(price(TEA, { list: HARBOUR, amount: money(300, EUR) })),
  staff: (publication) => publication.putStaff(BERLIN.store, cashier("mira")),
  customer: (publication) => publication.putCustomer(customer("anna")),
  stock: (publication) => publication.putStockLevel({ store: BERLIN.store, variant: TEA, onHand: 4 }),
  settings: (publication) => publication.putStore(BERLIN),
} satisfies Record<
  string,
  (
    publication: Parameters<Parameters<ServerForTests["deps"]["publisher"]["publish"]>[0]>[0],
  ) => Promise<unknown>
>;
type Act = keyof typeof ACTS;

test("S39 a collection is up to date exactly where a pull would bring nothing, with the checkpoint that it would answer", async () => {
  const act = fc.oneof(
    fc.constantFrom(...(Object.keys(ACTS) as Act[])),
    fc.constant("newEra" as const),
    // Some of what the till has, as of now.
    fc.record({ read: fc.subarray([...REPLICA_COLLECTIONS]) }),
  );
  const lists = fc.constantFrom<StoreSettings["priceLists"]>(BERLIN.priceLists, [
    ...BERLIN.priceLists,
    HARBOUR,
  ]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 1, maxLength: 12 }),
      lists,
      lists,
      async (acts, before, after) => {
        const checkpoints: Record<string, string> = Object.fromEntries(
          REPLICA_COLLECTIONS.map((each) => [each, ""]),
        );
        for (const each of acts) {
          if (typeof each === "object") {
            for (const collection of each.read) {
              const pulled = await pull(collection, "", { ...BERLIN, priceLists: before });
              checkpoints[collection] = pulled.ok ? pulled.value.checkpoint : "";
            }
          } else if (each === "newEra") await beginEra({ storage: server.storage, now: server.clock.now });
          else
            await server.deps.publisher.publish(async (publication) => void (await ACTS[each](publication)));
        }
        const store = { ...BERLIN, priceLists: after };
        const { upToDate } = await newer(checkpoints, store);
        expect(upToDate).toEqual(await pulledOneByOne(checkpoints, store));
      },
    ),
    { numRuns: 40 },
  );
});

test("S39 what came of others into the same feed makes nothing newer, and the checkpoint goes along", async () => {
  const first = await pull("settings", "");
  if (!first.ok) throw new Error(first.reason);
  await server.stockUp([TEA], 3);
  const { upToDate } = await newer({ settings: first.value.checkpoint, stock: first.value.checkpoint });
  expect(Object.keys(upToDate)).toEqual(["settings"]);
  expect(upToDate.settings).not.toBe(first.value.checkpoint);
});

test("S39 S34 one that a pull would refuse is not up to date: nobody wrote it, it is of a time that nobody knows, or tombstones are gone", async () => {
  await server.stockUp([TEA, CUP], 1);
  const old = await pull("products", "");
  if (!old.ok) throw new Error(old.reason);
  await server.storage.write((tx) =>
    putInFeed(tx, {
      feed: "catalog",
      collection: "products",
      id: "product-tea",
      data: null,
      at: server.clock.now(),
    }),
  );
  server.clock.advance(90 * DAY_MS + 1);
  await server.storage.write((tx) => tx.purgeTombstones(instant(server.clock.now() - 90 * DAY_MS)));
  expect(await pull("products", old.value.checkpoint)).toEqual({ ok: false, reason: "checkpointExpired" });
  expect((await newer({ products: old.value.checkpoint })).upToDate).toEqual({});
  for (const products of ["nonsense", "catalog=999", `${old.value.checkpoint}&.era=42`])
    expect((await newer({ products })).upToDate).toEqual({});
});

test("S35 S35a S39 the answer says how far the till's own entries are in it", async () => {
  await server.stockUp([TEA], 10);
  const run = [till.till.begin(), till.till.sell([{ variant: TEA, quantity: 2 }])];
  expect((await newer({})).applied).toEqual({ epoch: 1, seq: 0 });
  await server.deps.ingestion.ingest(await till.record(), run);
  expect((await newer({})).applied).toEqual({ epoch: 1, seq: 2, hash: run.at(-1)?.hash });
});

test("S39 a collection that the server does not have is no mistake, and is not up to date", async () => {
  expect((await newer({ horoscopes: "" })).upToDate).toEqual({});
});

test("S39 S151 over the wire, also for a till that says more than this server knows", async () => {
  const http = await HttpForTests.open();
  try {
    const { token } = await http.pair("BER1");
    const body = { checkpoints: { staff: "", settings: "" } };
    const ask = (asked: object, headers: Record<string, string> = {}) =>
      http.ask("/sync/v1/newer", { method: "POST", token, body: asked, headers });
    const answer = newerAnswerSchema.parse(await (await ask(body)).json());
    expect(Object.keys(answer.upToDate)).toEqual(["staff"]);
    expect((await ask({ ...body, more: true })).status).toBe(400);
    const later = { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION + 1) };
    expect((await ask({ ...body, more: true }, later)).status).toBe(200);
    expect((await ask({ checkpoints: [] })).status).toBe(400);
  } finally {
    await http.close();
  }
});
