import type { FastifyInstance, FastifyReply } from "fastify";
import { booksQuerySchema, type ExportQuery, exportQuerySchema } from "#protocol/hq/journal-export.ts";
import { zipped } from "../archive/zip.ts";
import { type ExportWish, exportFiles } from "../audit/export-files.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { ServerDeps } from "./deps.ts";
import { hqCall, LOOKS, serve } from "./hq-call.ts";
import { readAsLongAs } from "./patient-write.ts";
import { storeCalled } from "./store-called.ts";
import { Turns } from "./turns.ts";

/** Of one who asks: each holds a state of the database as long as somebody reads. */
const MAX_EXPORTS_AT_ONCE = 2;

const EXPORTS = {
  ...LOOKS,
  right: "books.export",
  reach: { code: "query" },
  answer: { files: ["application/zip"] },
  refusals: ["notFound", "tooManyRequests"],
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
  const turns = new Turns(MAX_EXPORTS_AT_ONCE);
  serve(app, deps, EXPORT_CALLS.exportJournal, ({ query, reply, asker }) =>
    sendExport(reply, deps, { query, format: "journal", takeTurn: () => turns.take(asker) }),
  );
  serve(app, deps, EXPORT_CALLS.exportBooks, ({ query: { format, ...query }, reply, asker }) =>
    sendExport(reply, deps, { query, format, takeTurn: () => turns.take(asker) }),
  );
}

async function sendExport(
  reply: FastifyReply,
  { storage, now }: ServerDeps,
  {
    query,
    format,
    takeTurn,
  }: {
    readonly query: ExportQuery;
    readonly format: ExportWish["format"];
    /** Answers how it is given back. */
    readonly takeTurn: () => () => void;
  },
): Promise<FastifyReply> {
  const store = await storage.read((tx) => storeCalled(tx, query.store));
  const madeAt = now();
  const days = { from: query.from ?? null, until: query.until ?? null };
  const wish: ExportWish = { format, store, register: query.register ?? null, days, madeAt };
  const giveBack = takeTurn();
  const files = (tx: ReadTransaction) => zipped(exportFiles(tx, wish), new Date(madeAt));
  // Whoever hangs up has it until what is being read for them is over.
  const archive = readAsLongAs(storage, files, giveBack);
  return reply
    .header("cache-control", "no-store")
    .header("content-disposition", `attachment; filename="${format}-${store.code}.zip"`)
    .type("application/zip")
    .send(archive);
}
