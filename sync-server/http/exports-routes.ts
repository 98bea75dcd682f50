import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FastifyInstance, FastifyReply } from "fastify";
import { booksQuerySchema, type ExportQuery, exportQuerySchema } from "#protocol/hq/journal-export.ts";
import { zipped } from "../archive/zip.ts";
import { type ExportWish, exportFiles } from "../audit/export-files.ts";
import type { ServerDeps } from "./deps.ts";
import { hqCall, LOOKS, serve } from "./hq-call.ts";
import { storeCalled } from "./store-called.ts";

const EXPORTS = {
  ...LOOKS,
  right: "books.export",
  reach: { code: "query" },
  answer: { files: ["application/zip"] },
  refusals: ["notFound"],
} as const;

export const EXPORT_CALLS = {
  exportJournal: hqCall({
    ...EXPORTS,
    path: "/hq/v1/journal-export",
    summary: "The signed journal of a store or one of its tills, as a ZIP archive that anybody can check",
    query: exportQuerySchema,
  }),
  exportBooks: hqCall({
    ...EXPORTS,
    path: "/hq/v1/exports",
    summary: "Books made from the journal of a store, as a ZIP archive",
    query: booksQuerySchema,
  }),
};

/** What auditors take away (protocol/hq/journal-export.ts, docs/audit.md): the signed journal, and books made from it. */
export function registerExportsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  serve(app, deps, EXPORT_CALLS.exportJournal, ({ query, reply }) =>
    sendExport(reply, deps, { query, format: "journal" }),
  );
  serve(app, deps, EXPORT_CALLS.exportBooks, ({ query: { format, ...query }, reply }) =>
    sendExport(reply, deps, { query, format }),
  );
}

async function sendExport(
  reply: FastifyReply,
  { storage, now }: ServerDeps,
  { query, format }: { readonly query: ExportQuery; readonly format: ExportWish["format"] },
): Promise<FastifyReply> {
  const store = await storage.read((tx) => storeCalled(tx, query.store));
  const madeAt = now();
  const days = { from: query.from ?? null, until: query.until ?? null };
  const wish: ExportWish = { format, store, register: query.register ?? null, days, madeAt };
  return reply
    .header("cache-control", "no-store")
    .header("content-disposition", `attachment; filename="${format}-${store.code}.zip"`)
    .type("application/zip")
    .send(archiveOf(storage, wish));
}

/** The archive as it is made, all from one unmoving state of the database, which is held for as long as somebody reads. */
function archiveOf(storage: ServerDeps["storage"], wish: ExportWish): Readable {
  const archive = new PassThrough();
  storage
    .read((tx) => pipeline(zipped(exportFiles(tx, wish), new Date(wish.madeAt)), archive))
    .catch((error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))));
  return archive;
}
