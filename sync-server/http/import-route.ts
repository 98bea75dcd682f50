import type { FastifyInstance } from "fastify";
import { importCatalog } from "../catalog/import/import-catalog.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { serve } from "./hq-call.ts";
import { CSV_TYPES, GOODS_CALLS } from "./hq-calls.ts";

/** `POST /hq/v1/catalog/import` (protocol/hq/import.ts): the body is handed on as it arrives and never held whole. */
export function registerImportRoute(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (hq) => {
    hq.removeAllContentTypeParsers();
    hq.addContentTypeParser(CSV_TYPES, (_request, payload, done) => done(null, payload));
    serve(hq, deps, GOODS_CALLS.importCatalogue, async ({ query, request: { body }, asker: by, reply }) => {
      const { dryRun, store = null, list = null } = query;
      if (!isByteStream(body)) throw new Refusal("badRequest", "Send the CSV file as the body, as text/csv.");
      const report = await importCatalog(
        { bytes: body, dryRun, store, list, act: { by, cause: `import:${deps.newId()}` } },
        deps,
      );
      void reply.code(report.ok ? 200 : 422);
      return report;
    });
  });
}

function isByteStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}
