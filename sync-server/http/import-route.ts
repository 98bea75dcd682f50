import type { FastifyInstance } from "fastify";
import { importQuerySchema } from "#protocol/hq/import.ts";
import { importCatalog } from "../catalog/import/import-catalog.ts";
import { requireHqKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { validated } from "./validate.ts";

/** What browsers and command lines call a CSV file. */
const CSV_TYPES = ["text/csv", "text/plain", "application/vnd.ms-excel", "application/octet-stream"];

/** `POST /hq/v1/catalog/import` (protocol/hq/import.ts): the body is handed on as it arrives and never held whole. */
export function registerImportRoute(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireHqKey(request, deps.storage));
    hq.removeAllContentTypeParsers();
    hq.addContentTypeParser(CSV_TYPES, (_request, payload, done) => done(null, payload));
    hq.post("/hq/v1/catalog/import", async (request, reply) => {
      const { dryRun, store, list } = validated(importQuerySchema, request.query);
      if (!isByteStream(request.body))
        throw new Refusal("badRequest", "Send the CSV file as the body, as text/csv.");
      const report = await importCatalog(
        { bytes: request.body, dryRun, store: store ?? null, list: list ?? null },
        deps,
      );
      return reply.code(report.ok ? 200 : 422).send(report);
    });
  });
}

function isByteStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}
