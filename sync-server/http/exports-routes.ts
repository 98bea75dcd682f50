import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FastifyInstance, FastifyReply } from "fastify";
import { booksQuerySchema, type ExportQuery, exportQuerySchema } from "#protocol/hq/journal-export.ts";
import { zipped } from "../archive/zip.ts";
import { type ExportWish, exportFiles } from "../audit/export-files.ts";
import { requireHqKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { validated } from "./validate.ts";

/** What auditors take away (protocol/hq/journal-export.ts, docs/audit.md): the signed journal, and books made from it. Every address needs an HQ key. */
export function registerExportsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireHqKey(request, deps.storage));
    hq.get("/hq/v1/journal-export", (request, reply) =>
      sendExport(reply, deps, {
        query: validated(exportQuerySchema, request.query),
        format: "journal",
      }),
    );
    hq.get("/hq/v1/exports", (request, reply) => {
      const { format, ...query } = validated(booksQuerySchema, request.query);
      return sendExport(reply, deps, { query, format });
    });
  });
}

async function sendExport(
  reply: FastifyReply,
  { storage, now }: ServerDeps,
  { query, format }: { readonly query: ExportQuery; readonly format: ExportWish["format"] },
): Promise<FastifyReply> {
  const store = await storage.read((tx) => tx.storeByCode(query.store));
  if (store === null) throw new Refusal("notFound", `There is no store ${query.store}.`);
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
