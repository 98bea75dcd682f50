import { createServer } from "node:net";
import { createRxDatabase } from "rxdb/plugins/core";
import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import { RxServerAdapterExpress } from "rxdb-server/plugins/adapter-express";
import { createRxServer } from "rxdb-server/plugins/server";
import { SHOP_COLLECTIONS } from "../shop/document.ts";
import { RX_SHOP } from "../shop/document-schemas.ts";
import { documentsOf } from "../shop/documents.ts";
import { servePages, serverSettings } from "./peer-server.ts";

// RxDB's own server package over the one storage that open RxDB has for Node without another database beside it: memory.

const SEEDED_AT_ONCE = 5_000;

const { pagesDir, skus } = serverSettings();
const database = await createRxDatabase({
  name: "shop",
  storage: getRxStorageMemory(),
  multiInstance: false,
});
const collections = await database.addCollections(RX_SHOP);
for (const collection of SHOP_COLLECTIONS)
  for (let start = 0; start < skus; start += SEEDED_AT_ONCE)
    await collections[collection].bulkInsert(
      Array.from(
        { length: Math.min(SEEDED_AT_ONCE, skus - start) },
        (_, index) => documentsOf(start + index)[collection],
      ),
    );
const port = await freePort();
const server = await createRxServer({
  database,
  adapter: RxServerAdapterExpress,
  hostname: "127.0.0.1",
  port,
});
for (const collection of [...SHOP_COLLECTIONS, "tickets"] as const)
  await server.addReplicationEndpoint({ name: collection, collection: collections[collection] });
servePages(server.serverApp, {
  pagesDir,
  change: async (price) => void (await collections.prices.upsert(price)),
  tickets: () => collections.tickets.count().exec(),
});
await server.start();
process.send?.({ port });

/** The server package takes a port and does not tell which one it got. */
function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === "object" ? found(address.port) : failed(new Error("no port")),
      );
    });
  });
}
