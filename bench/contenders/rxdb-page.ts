import { createRxDatabase } from "rxdb/plugins/core";
import { replicateRxCollection } from "rxdb/plugins/replication";
import { getRxStorageDexie } from "rxdb/plugins/storage-dexie";
import { type Observable, Subject } from "rxjs";
import { centsOf, type PeerPage, SeenChanges } from "../peers/peer-page.ts";
import { SHOP_COLLECTIONS, type ShopCollection, type ShopDocument } from "../shop/document.ts";
import { RX_SHOP } from "../shop/document-schemas.ts";

// A till on the RxDB that Onetill has too, in a browser and as its documentation has it: Dexie's storage, HTTP replication with a stream of server-sent events.

interface Checkpoint {
  readonly seq: number;
}
interface Pulled {
  readonly documents: (ShopDocument & { readonly _deleted: boolean })[];
  readonly checkpoint: Checkpoint;
}

/** Documents a round: RxDB's example asks for ten, and each round is a way there and back. */
const PULLED_AT_ONCE = 1_000;
const PUSHED_AT_ONCE = 1_000;

const shop = openShop();
const changes = new SeenChanges();

const page: PeerPage = {
  async firstSync() {
    const start = performance.now();
    await Promise.all(SHOP_COLLECTIONS.map((collection) => pulled(collection, null)));
    return performance.now() - start;
  },
  async listen(price) {
    const { prices } = await shop;
    const stream = new Subject<Pulled | "RESYNC">();
    await new Promise<void>((opened, failed) => {
      const events = new EventSource("/replicate/prices/events");
      events.onmessage = ({ data }: MessageEvent<string>) => stream.next(JSON.parse(data) as Pulled);
      events.onopen = () => opened();
      events.onerror = () => failed(new Error("no events"));
    });
    await Promise.all(
      SHOP_COLLECTIONS.map((collection) => pulled(collection, collection === "prices" ? stream : null)),
    );
    let first = true;
    prices.findOne(price).$.subscribe((document) => {
      if (!first) changes.note(centsOf(document?.toJSON()));
      first = false;
    });
  },
  seen: () => changes.take(),
  async push(sold) {
    const { tickets } = await shop;
    await tickets.bulkInsert([...sold]);
    const start = performance.now();
    const replication = replicateRxCollection<ShopDocument, Checkpoint>({
      collection: tickets,
      replicationIdentifier: "tickets",
      live: false,
      push: {
        batchSize: PUSHED_AT_ONCE,
        handler: async (rows) => {
          const answer = await fetch("/replicate/tickets/push", {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(rows.map(({ newDocumentState }) => newDocumentState)),
          });
          return (await answer.json()) as [];
        },
      },
    });
    await replication.awaitInitialReplication();
    return performance.now() - start;
  },
};
window.peer = page;

/** Resolves once everything that the server has of a collection is here; goes on with the stream where there is one. */
async function pulled(name: ShopCollection, stream$: Observable<Pulled | "RESYNC"> | null): Promise<void> {
  const { [name]: collection } = await shop;
  const replication = replicateRxCollection<ShopDocument, Checkpoint>({
    collection,
    replicationIdentifier: name,
    live: stream$ !== null,
    pull: {
      batchSize: PULLED_AT_ONCE,
      handler: async (checkpoint, limit) => {
        const answer = await fetch(`/replicate/${name}/pull?after=${checkpoint?.seq ?? 0}&limit=${limit}`);
        return (await answer.json()) as Pulled;
      },
      ...(stream$ === null ? {} : { stream$ }),
    },
  });
  await replication.awaitInitialReplication();
}

async function openShop() {
  const database = await createRxDatabase({
    name: "till",
    storage: getRxStorageDexie(),
    multiInstance: false,
  });
  return database.addCollections(RX_SHOP);
}
