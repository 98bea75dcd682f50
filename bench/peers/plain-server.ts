import { EventEmitter } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import express, { type Asked } from "express";
import { SHOP_COLLECTIONS, type ShopDocument } from "../shop/document.ts";
import { documentsOf } from "../shop/documents.ts";
import { servePages, serverSettings, tellParent } from "./peer-server.ts";

// The least server that RxDB's documentation asks for behind its HTTP replication: pull by checkpoint, push, a stream of events. Rows lie in bare SQLite, each
// write is on the disk before it is answered, and nothing is checked.

const { dataDir, pagesDir, skus } = serverSettings();
const database = new DatabaseSync(join(dataDir, "plain.sqlite"));
database.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
database.exec(`CREATE TABLE rows (seq INTEGER PRIMARY KEY AUTOINCREMENT, collection TEXT, id TEXT, text TEXT, UNIQUE (collection, id)) STRICT;
CREATE INDEX rows_in_order ON rows (collection, seq)`);
const put = database.prepare("INSERT OR REPLACE INTO rows (collection, id, text) VALUES (?, ?, ?)");
const after = database.prepare(
  "SELECT seq, text FROM rows WHERE collection = ? AND seq > ? ORDER BY seq LIMIT ?",
);
const count = database.prepare("SELECT count(*) AS count FROM rows WHERE collection = 'tickets'");
const changed = new EventEmitter();
changed.setMaxListeners(0);

database.exec("BEGIN");
for (const collection of SHOP_COLLECTIONS)
  for (let number = 0; number < skus; number += 1) {
    const document = documentsOf(number)[collection];
    put.run(collection, document.id, JSON.stringify(document));
  }
database.exec("COMMIT");

const app = express();
servePages(app, {
  pagesDir,
  change: async (price) => {
    const { lastInsertRowid } = put.run("prices", price.id, JSON.stringify(price));
    changed.emit("price", { documents: [price], checkpoint: { seq: Number(lastInsertRowid) } });
  },
  tickets: async () => Number(count.get()?.count),
});
app.get("/replicate/:collection/pull", ({ params, query }, answer) => {
  const rows = after.all(params.collection ?? "", Number(query.after), Number(query.limit));
  const seq = Number(rows.at(-1)?.seq ?? query.after);
  answer
    .type("json")
    .send(`{"documents":[${rows.map(({ text }) => text).join(",")}],"checkpoint":{"seq":${seq}}}`);
});
app.post("/replicate/tickets/push", express.json({ limit: "100mb" }), ({ body }, answer) => {
  database.exec("BEGIN");
  for (const ticket of body as readonly ShopDocument[]) put.run("tickets", ticket.id, JSON.stringify(ticket));
  database.exec("COMMIT");
  answer.json([]);
});
app.get("/replicate/prices/events", (asked: Asked, answer) => {
  answer.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  answer.flushHeaders();
  const tell = (event: unknown) => void answer.write(`data: ${JSON.stringify(event)}\n\n`);
  changed.on("price", tell);
  asked.on("close", () => changed.off("price", tell));
});
const server = app.listen(0, "127.0.0.1", () => tellParent(server.address()));
