import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import {
  catalogExportQuerySchema,
  type ImportJobAnswer,
  importJobQuerySchema,
  importJobSchema,
  importJobsSchema,
} from "#protocol/hq/import-jobs.ts";
import { idSchema } from "#protocol/scalars.ts";
import { catalogCsv, catalogRows } from "../catalog/export-catalog.ts";
import type { Column } from "../catalog/import/columns.ts";
import { findingsCsv } from "../catalog/import/findings-csv.ts";
import { findTarget } from "../catalog/import/import-catalog.ts";
import type { ImportJob } from "../catalog/import/import-jobs.ts";
import { MAX_SPREADSHEET_ROWS } from "../catalog/spreadsheet/spreadsheets.ts";
import { hasRight } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, serve } from "./hq-call.ts";
import { undoAnswer } from "./undo-answer.ts";
import { workbookOf } from "./workbook.ts";

const CSV = "text/csv";
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** What browsers and command lines call such files; what one is is read from its content. */
const FILE_TYPES = [CSV, "text/plain", "application/vnd.ms-excel", "application/octet-stream", XLSX];

const jobParams = z.object({ id: idSchema<"Import">() });
const jobTrail = {
  subject: "import",
  id: ({ params }: { readonly params: z.output<typeof jobParams> }) => params.id,
};

export const IMPORT_JOB_CALLS = {
  startImport: hqCall({
    method: "PUT",
    path: "/hq/v1/imports/:id",
    summary: "Import products from CSV or an Excel file, or see what it would change",
    words:
      "Answers once the file was read; then it goes on by itself, in slices of 100 products. The same `id` asked again is the same import. " +
      "An Excel file has at most 50 MB.",
    right: "catalogue.edit",
    reach: { code: "query" },
    params: jobParams,
    query: importJobQuerySchema,
    body: null,
    takes: FILE_TYPES,
    answer: importJobSchema,
    refusals: ["badRequest", "notFound"],
    trail: jobTrail,
  }),
  imports: hqCall({
    method: "GET",
    path: "/hq/v1/imports",
    summary: "The newest imports",
    right: "catalogue.edit",
    reach: "shared",
    params: null,
    query: null,
    body: null,
    answer: importJobsSchema,
    refusals: [],
    trail: "none",
  }),
  importJob: hqCall({
    method: "GET",
    path: "/hq/v1/imports/:id",
    summary: "An import: how far it is, what it found and changed",
    right: "catalogue.edit",
    reach: "shared",
    params: jobParams,
    query: null,
    body: null,
    answer: importJobSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  importFindings: hqCall({
    method: "GET",
    path: "/hq/v1/imports/:id/findings",
    summary: "Every change and every row that could not be used of an import, as CSV",
    right: "catalogue.edit",
    reach: "shared",
    params: jobParams,
    query: null,
    body: null,
    answer: { files: [CSV] },
    refusals: ["notFound"],
    trail: "none",
  }),
  undoImport: hqCall({
    method: "POST",
    path: "/hq/v1/imports/:id/undo",
    summary: "Take back what an import did, where nobody has changed the same since",
    words:
      "It goes on by itself: products, prices and costs become what they were, and stock is moved back where nothing moved since. What stays is told.",
    right: "catalogue.edit",
    reach: "shared",
    params: jobParams,
    query: null,
    body: null,
    answer: importJobSchema,
    refusals: ["notFound", "conflict"],
    trail: jobTrail,
  }),
  exportCatalog: hqCall({
    method: "GET",
    path: "/hq/v1/catalog/export",
    summary: "The catalogue, or what is found in it, as a file that an import takes back unchanged",
    words: "Costs are in it for those who may see margins. An Excel file has at most 100,000 rows.",
    right: "catalogue.read",
    reach: { code: "query" },
    params: null,
    query: catalogExportQuerySchema,
    body: null,
    answer: { files: [CSV, XLSX] },
    refusals: ["badRequest", "notFound", "tooManyRequests"],
    trail: "none",
  }),
};

/** Imports that go on by themselves, and the catalogue as a file (protocol/hq/import-jobs.ts). */
export function registerImportJobsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, imports } = deps;
  app.register(async (hq) => {
    hq.removeAllContentTypeParsers();
    hq.addContentTypeParser(FILE_TYPES, (_request, payload, done) => done(null, payload));
    serve(hq, deps, IMPORT_JOB_CALLS.startImport, async ({ params: { id }, query, asker: by, request }) => {
      const { body } = request;
      if (!isByteStream(body)) throw new Refusal("badRequest", "Send a CSV or Excel file as the body.");
      const { fileName, dryRun, store = null, list = null, columns } = query;
      const meant = new Map(
        Object.entries(columns).map(([heading, column]): [string, Column | null] => [
          heading.trim().toLowerCase(),
          column === "none" ? null : column,
        ]),
      );
      return told(
        await imports.start({ id, bytes: body, fileName, dryRun, store, list, columns: meant, by }),
      );
    });
  });
  serve(app, deps, IMPORT_JOB_CALLS.imports, async () => ({
    imports: (await imports.jobs()).map((job) => {
      const { report: _, ...rest } = answerOf(job);
      return rest;
    }),
  }));
  serve(app, deps, IMPORT_JOB_CALLS.importJob, async ({ params: { id } }) => told(await imports.job(id)));
  serve(app, deps, IMPORT_JOB_CALLS.importFindings, async ({ params: { id }, reply }) => {
    told(await imports.job(id));
    return sendFile(reply, { name: `import-${id}.csv`, type: CSV, content: findingsCsv(id, storage) });
  });
  serve(app, deps, IMPORT_JOB_CALLS.undoImport, async ({ params: { id }, asker }) => {
    const undone = await imports.undo(id, asker);
    if (undone.ok) return told(undone.value);
    if (undone.reason === "unknown") return told(null);
    throw new Refusal("conflict", "Only an import that is done can be taken back.");
  });
  serve(app, deps, IMPORT_JOB_CALLS.exportCatalog, async ({ query, asker, reply }) => {
    const { format, search, category, store = null, list = null } = query;
    const target = await storage.read((tx) => findTarget(tx, { store, list }));
    if (!target.ok) throw new Refusal("badRequest", target.refusal.message);
    const which = { text: search, ...(category === undefined ? {} : { category }) };
    const wanted = { which, ...target.target, withCosts: hasRight(asker, "margins.read") };
    const rows = catalogRows(wanted, deps);
    if (format === "csv")
      return sendFile(reply, { name: "catalogue.csv", type: CSV, content: catalogCsv(rows) });
    return sendFile(reply, { name: "catalogue.xlsx", type: XLSX, content: [await workbook(rows, deps)] });
  });
}

async function workbook(
  rows: AsyncIterable<readonly string[]>,
  { spreadsheets }: ServerDeps,
): Promise<Uint8Array> {
  const all: (readonly string[])[] = [];
  for await (const row of rows) {
    all.push(row);
    if (all.length > MAX_SPREADSHEET_ROWS)
      throw new Refusal("badRequest", "An Excel file has at most 100,000 rows here. Export CSV instead.");
  }
  return workbookOf({ sheet: "Products", rows: all }, spreadsheets);
}

function sendFile(
  reply: FastifyReply,
  {
    name,
    type,
    content,
  }: {
    readonly name: string;
    readonly type: string;
    readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  },
): FastifyReply {
  return reply
    .header("cache-control", "no-store")
    .header("content-disposition", `attachment; filename="${name}"`)
    .type(type)
    .send(Readable.from(content));
}

function told(job: ImportJob | null): ImportJobAnswer {
  if (job === null) throw new Refusal("notFound", "There is no such import.");
  return answerOf(job);
}

function answerOf({ id, undo, ...job }: ImportJob): ImportJobAnswer {
  return { ...job, id: idOf<"Import">(id), undo: undo === null ? null : undoAnswer(undo) };
}

function isByteStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}
