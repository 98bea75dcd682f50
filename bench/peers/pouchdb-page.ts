import PouchDB from "pouchdb-browser";
import { centsOf, type PeerPage, SeenChanges } from "./peer-page.ts";

// A till on PouchDB in a browser: its own IndexedDB adapter, its own replication with CouchDB's protocol.

/** Documents a round: ten times what PouchDB asks for by itself, which makes it quicker. */
const BATCH = 1_000;

const catalogue = new PouchDB("catalogue");
const tickets = new PouchDB("tickets");
const far = (name: string) => new PouchDB(`${location.origin}/db/${name}`);
const changes = new SeenChanges();

const page: PeerPage = {
  async firstSync() {
    const start = performance.now();
    await catalogue.replicate.from(far("catalogue"), { batch_size: BATCH });
    return performance.now() - start;
  },
  async listen(price) {
    await catalogue.replicate.from(far("catalogue"), { batch_size: BATCH });
    catalogue
      .changes({ live: true, since: "now", include_docs: true, doc_ids: [price] })
      .on("change", ({ doc }) => changes.note(centsOf(doc)));
    await new Promise<void>((resolve) => {
      void catalogue.replicate
        .from(far("catalogue"), { live: true, retry: true })
        .on("paused", () => resolve());
    });
  },
  seen: () => changes.take(),
  async push(sold) {
    await tickets.bulkDocs(sold.map(({ id, ...ticket }) => ({ _id: id, ...ticket })));
    const start = performance.now();
    await tickets.replicate.to(far("tickets"), { batch_size: BATCH });
    return performance.now() - start;
  },
};
window.peer = page;
