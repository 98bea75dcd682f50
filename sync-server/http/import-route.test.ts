import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { importReportSchema } from "#protocol/hq/import.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { hashSecret } from "../sync/enrol.ts";
import { buildServer } from "./server.ts";

const KEY = "hq_key-of-the-test-shop-0123456789";
const MEGABYTE = 1024 * 1024;

let server: ServerForTests;
let app: FastifyInstance;
let address: string;
beforeEach(async () => {
  server = await ServerForTests.open();
  await server.storage.write((tx) => tx.addHqKey(hashSecret(KEY), server.deps.now()));
  app = await buildServer(server.deps, { logger: null, consoleRoot: null });
  address = await app.listen({ host: "127.0.0.1", port: 0 });
});
afterEach(async () => {
  await app.close();
  await server.close();
});

async function send(
  body: ReadableStream<Uint8Array> | string,
  { query = "", key = KEY, type = "text/csv" } = {},
) {
  const answer = await fetch(`${address}/hq/v1/catalog/import${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": type },
    body,
    duplex: "half",
  } satisfies RequestInit & { duplex: "half" });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

/** A body of any size that is made as it is sent. */
function streamOf(pieces: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  const source = pieces[Symbol.iterator]();
  return new ReadableStream({
    pull(controller) {
      const next = source.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
}

function* times(count: number, piece: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < count; at += 1) yield piece;
}

const MUG = "Handle,Title,Variant SKU,Variant Price\nmug,Mug,M,9.90\n";

test("HQ sends a file and hears what became of it; a dry run changes nothing", async () => {
  const dry = importReportSchema.parse((await send(MUG, { query: "?dryRun=true" })).body);
  expect(dry).toMatchObject({ ok: true, dryRun: true, products: { created: 1 } });
  const real = importReportSchema.parse((await send(MUG)).body);
  expect(real).toMatchObject({ ok: true, dryRun: false, products: { created: 1 } });
});

test("nobody imports without HQ's key", async () => {
  expect(await send(MUG, { key: "hq_some-other-key-0123456789" })).toMatchObject({
    status: 401,
    body: { reason: "unauthorised" },
  });
});

test("something that is no CSV by its own words is not read", async () => {
  expect(await send("{}", { type: "application/json" })).toMatchObject({
    status: 400,
    body: { reason: "badRequest" },
  });
});

test("a hundred megabytes of rubbish without a line break get an answer", async () => {
  const { status, body } = await send(streamOf(times(100, new Uint8Array(MEGABYTE).fill(0x78))));
  expect({ status, body }).toMatchObject({ status: 422, body: { ok: false, reason: "lineTooLong" } });
});

test("a hundred megabytes of broken rows below a good heading get an answer, and the good rows are in", async () => {
  function* file(): Generator<Uint8Array> {
    yield Buffer.from(MUG);
    yield* times(100, Buffer.from(`${"x,".repeat(MEGABYTE / 2 - 1)}\n`));
    yield Buffer.from("tub,Tub,T,5\n");
  }
  const report = importReportSchema.parse((await send(streamOf(file()))).body);
  expect(report).toMatchObject({ ok: true, rows: 102, products: { created: 2 }, problemCount: 100 });
});

test("the server answers its tills while a large file is being imported", async () => {
  function* file(): Generator<Uint8Array> {
    yield Buffer.from("Handle,Title,Variant SKU,Variant Price\n");
    for (let at = 0; at < 3_000; at += 1) yield Buffer.from(`p${at},Product ${at},S${at},1.00\n`);
  }
  let isDone = false;
  const importing = send(streamOf(file())).finally(() => {
    isDone = true;
  });
  let answeredMeanwhile = 0;
  while (!isDone) {
    const health = await fetch(`${address}/healthz`);
    if (health.ok && !isDone) answeredMeanwhile += 1;
  }
  expect((await importing).status).toBe(200);
  expect(answeredMeanwhile).toBeGreaterThan(3);
});
