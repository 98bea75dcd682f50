import { createRxDatabase } from "rxdb/plugins/core";
import { getRxStorageDexie } from "rxdb/plugins/storage-dexie";
import { replicateServer } from "rxdb-server/plugins/replication-server";
import type { Observable } from "rxjs";
import { SHOP_COLLECTIONS } from "../shop/document.ts";
import { RX_SHOP } from "../shop/document-schemas.ts";
import { centsOf, type PeerPage, SeenChanges } from "./peer-page.ts";

// A till in a browser with the replication client of RxDB's own server package, and the RxDB that it was published with.

/** Documents a round: each is a way there and back. */
const PULLED_AT_ONCE = 1_000;
/** What goes into the 100 kB that its server takes by default. */
const PUSHED_AT_ONCE = 25;

const shop = openShop();
const changes = new SeenChanges();

const page: PeerPage = {
  async firstSync() {
    const start = performance.now();
    await pulled({ live: false });
    return performance.now() - start;
  },
  async listen(price) {
    await pulled({ live: true });
    let first = true;
    (await shop).prices.findOne(price).$.subscribe((document) => {
      if (!first) changes.note(centsOf(document?.toJSON()));
      first = false;
    });
  },
  seen: () => changes.take(),
  async push(sold) {
    const { tickets } = await shop;
    await tickets.bulkInsert([...sold]);
    const start = performance.now();
    const replication = replicateServer({
      collection: tickets,
      replicationIdentifier: "tickets",
      url: `${location.origin}/tickets/0`,
      push: { batchSize: PUSHED_AT_ONCE },
      live: false,
      eventSource: EventSource,
    });
    await Promise.race([replication.awaitInitialReplication(), firstErrorOf(replication.error$)]);
    return performance.now() - start;
  },
};
window.peer = page;

async function pulled({ live }: { readonly live: boolean }): Promise<void> {
  const collections = await shop;
  await Promise.all(
    SHOP_COLLECTIONS.map((name) =>
      replicateServer({
        collection: collections[name],
        replicationIdentifier: name,
        url: `${location.origin}/${name}/0`,
        pull: { batchSize: PULLED_AT_ONCE },
        live,
        eventSource: EventSource,
      }).awaitInitialReplication(),
    ),
  );
}

/** It would try again for ever, and the benchmark with it. */
function firstErrorOf(errors: Observable<unknown>): Promise<never> {
  return new Promise((_, failed) => {
    errors.subscribe((error) => failed(error instanceof Error ? error : new Error(JSON.stringify(error))));
  });
}

async function openShop() {
  const database = await createRxDatabase({
    name: "till",
    storage: getRxStorageDexie(),
    multiInstance: false,
  });
  return database.addCollections(RX_SHOP);
}
