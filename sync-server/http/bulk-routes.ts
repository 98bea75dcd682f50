import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { z } from "zod";
import { MAX_BULK_BYTES } from "#protocol/hq/bulk.ts";
import { type BulkWork, bulkAnswers } from "../catalog/bulk/bulk.ts";
import { bulkPrices, bulkStock } from "../catalog/bulk/prices-and-stock.ts";
import { bulkProducts } from "../catalog/bulk/products.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, serve } from "./hq-call.ts";

const NDJSON = "application/x-ndjson";

const LIMITS =
  "NDJSON, one line each: at most 1 MB a line and 2 GB in all. Each line is answered by a line as soon as it is done, so read while you send: " +
  'the answer `{"row":1,"ok":true,"changed":false}`, or `ok` false with `reason` and `details`. Lines are written 100 at a time; a line that is ' +
  "refused keeps no other from being written. The same lines again change nothing.";

const shared = {
  method: "POST",
  params: null,
  query: null,
  body: null,
  takes: [NDJSON],
  answer: { files: [NDJSON] },
  refusals: ["badRequest", "tooLarge"],
  trail: { subject: "bulk", id: () => "bulk" },
} as const;

export const BULK_CALLS = {
  bulkProducts: hqCall({
    ...shared,
    path: "/hq/v1/bulk/products",
    summary: "Make and change many products",
    words: LIMITS,
    right: "catalogue.edit",
    reach: "shared",
  }),
  bulkPrices: hqCall({
    ...shared,
    path: "/hq/v1/bulk/prices",
    summary: "Set many prices",
    words: LIMITS,
    right: "prices.edit",
    reach: "allStores",
  }),
  bulkStock: hqCall({
    ...shared,
    path: "/hq/v1/bulk/stock",
    summary: "Say what there is in stores",
    words: LIMITS,
    right: "stock.edit",
    reach: "filtered",
  }),
};

/** What other systems keep of products, prices and stock, many at once (protocol/hq/bulk.ts). */
export function registerBulkRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { newId } = deps;
  app.register(async (hq) => {
    hq.removeAllContentTypeParsers();
    hq.addContentTypeParser(NDJSON, { bodyLimit: MAX_BULK_BYTES }, (_request, payload, done) =>
      done(null, payload),
    );
    serve(hq, deps, BULK_CALLS.bulkProducts, async ({ request, reply, asker: by }) =>
      answer(reply, request.body, bulkProducts({ act: { by, cause: `bulk:${newId()}` }, newId }), deps),
    );
    serve(hq, deps, BULK_CALLS.bulkPrices, async ({ request, reply }) =>
      answer(reply, request.body, bulkPrices, deps),
    );
    serve(hq, deps, BULK_CALLS.bulkStock, async ({ request, reply, asker }) =>
      answer(reply, request.body, bulkStock({ cause: `bulk:${newId()}`, reach: asker.stores }), deps),
    );
  });
}

function answer<S extends z.ZodType>(
  reply: FastifyReply,
  body: unknown,
  work: BulkWork<S>,
  { publisher }: ServerDeps,
): FastifyReply {
  if (!isByteStream(body)) throw new Refusal("badRequest", `Send ${NDJSON} as the body.`);
  return reply.type(NDJSON).send(Readable.from(bulkAnswers(body, work, publisher)));
}

function isByteStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}
