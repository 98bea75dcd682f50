import { join } from "node:path";
import express from "express";
import pouchDbApp from "express-pouchdb";
import PouchDB from "pouchdb";
import { SHOP_COLLECTIONS, type ShopDocument } from "../shop/document.ts";
import { documentsOf, wholeDocumentOf } from "../shop/documents.ts";
import { servePages, serverSettings, tellParent } from "./peer-server.ts";

// PouchDB's own server as its documentation sets it up: express-pouchdb on LevelDB, with CouchDB's replication protocol.

const SEEDED_AT_ONCE = 5_000;

const { dataDir, pagesDir, skus, isTogether } = serverSettings();
const Here = PouchDB.defaults({ prefix: `${dataDir}/` });
const catalogue = new Here("catalogue");
const tickets = new Here("tickets");
// A database is made by the first question to it.
await tickets.info();
const kinds: readonly ((number: number) => ShopDocument)[] = isTogether
  ? [wholeDocumentOf]
  : SHOP_COLLECTIONS.map((collection) => (number) => documentsOf(number)[collection]);
for (const documentOf of kinds)
  for (let start = 0; start < skus; start += SEEDED_AT_ONCE)
    await catalogue.bulkDocs(
      Array.from({ length: Math.min(SEEDED_AT_ONCE, skus - start) }, (_, index) => {
        const { id, ...rest } = documentOf(start + index);
        return { _id: id, ...rest };
      }),
    );
const app = express();
servePages(app, {
  pagesDir,
  change: async (price) => {
    const { id, ...rest } = price;
    const { _rev } = await catalogue.get(id);
    await catalogue.put({ _id: id, _rev, ...rest });
  },
  tickets: async () => (await tickets.info()).doc_count,
});
app.use(
  "/db",
  pouchDbApp(Here, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: join(dataDir, "log.txt") }),
);
const server = app.listen(0, "127.0.0.1", () => tellParent(server.address()));
