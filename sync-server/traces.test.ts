import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { createDeps } from "./http/deps.ts";
import { SqliteStorage } from "./storage/sqlite/storage.ts";
import { TraceCollector } from "./testing/collector.ts";
import { BERLIN, price, product, TEA } from "./testing/shop.ts";
import { TestTill } from "./testing/till.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
/** Tells of every package of OpenTelemetry that a program loads. Its bare API is none of ours: prom-client brings and loads it. */
const SAYS_WHAT_IT_LOADS = `data:text/javascript,${encodeURIComponent(
  `import { registerHooks } from "node:module";
registerHooks({ resolve(name, context, next) {
  if (/^@opentelemetry\\/(?!api$)/.test(name)) console.log("loads " + name);
  return next(name, context);
} });`,
)}`;

let folder: string;
let child: ChildProcess | null = null;
let said = "";
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-traces-"));
  const storage = new SqliteStorage(join(folder, "server.sqlite"));
  const deps = createDeps({ storage, now: () => instant(Date.now()), newId: randomUUID });
  await deps.publisher.publish(async (publication) => {
    await publication.putStore(BERLIN);
    await publication.putProduct(product(TEA));
    await publication.putPrice(price(TEA));
  });
  await deps.pdfs.close();
  await storage.close();
});
afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the real server, and answers its address. */
function start(...args: readonly string[]): Promise<string> {
  said = "";
  const main = join(import.meta.dirname, "main.ts");
  const started = spawn(
    process.execPath,
    ["--import", SAYS_WHAT_IT_LOADS, main, "--data", folder, "--port", "0", ...args],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  child = started;
  return new Promise((found, fail) => {
    const take = (text: string) => {
      said += text;
      const listening = /listening on (http:\S+)/.exec(said)?.[1];
      if (listening !== undefined) found(listening);
    };
    started.stdout.setEncoding("utf8").on("data", take);
    started.stderr.setEncoding("utf8").on("data", take);
    started.once("close", () => fail(new Error(said)));
  });
}

async function stop(): Promise<void> {
  const stopped = new Promise((ended) => child?.once("close", ended));
  child?.kill("SIGTERM");
  await stopped;
}

test("without the flag nothing of OpenTelemetry is loaded", async () => {
  const address = await start();
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  await stop();
  expect(said).not.toContain("loads ");
});

test("a till's push is followed from its own trace to where it is taken in, its webhook to the receiver, its pull to the page", async () => {
  const collector = await TraceCollector.open();
  const received: unknown[] = [];
  const receiver = createServer((request, answer) => {
    received.push(request.headers.traceparent);
    answer.end();
  });
  await new Promise<void>((ready) => receiver.listen(0, "127.0.0.1", ready));
  const address = await start("--traces", collector.url);
  const key = readFileSync(join(folder, "hq.key"), "utf8").trim();
  const ask = (path: string, body: unknown, headers: Readonly<Record<string, string>>) =>
    fetch(`${address}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const hq = { authorization: `Bearer ${key}` };
  const { port } = receiver.address() as AddressInfo;
  expect((await ask("/hq/v1/webhooks", { url: `http://127.0.0.1:${port}/in` }, hq)).status).toBeLessThan(300);
  const { code } = pairAnswerSchema.parse(
    await (await ask("/hq/v1/pairing-codes", { store: "BER1" }, hq)).json(),
  );
  const till = new TestTill({ store: BERLIN.store });
  const enrol = { kind: "pair", code, publicKey: till.publicKey, name: "Till" };
  const { device, token } = enrolAnswerSchema.parse(await (await ask("/sync/v1/enrol", enrol, {})).json());
  till.device = device;
  const asTill = { authorization: `Bearer ${token}`, traceparent: `00-${TRACE}-b7ad6b7169203331-01` };
  const entries = [till.begin(), till.sell([{ variant: TEA, quantity: 1 }])];
  expect((await ask("/sync/v1/journal", { entries }, asTill)).status).toBe(200);
  expect((await ask("/sync/v1/replica/products?after=&limit=10", undefined, asTill)).status).toBe(200);
  await expect.poll(() => received.length).toBeGreaterThan(0);
  await stop();
  receiver.close();
  await collector.close();

  const { spans } = collector;
  const named = (name: string) => spans.filter((span) => span.name === name);
  const [push] = named("POST /sync/v1/journal");
  expect(push).toMatchObject({ traceId: TRACE, parentSpanId: "b7ad6b7169203331" });
  const [ingest] = named("journal.ingest");
  expect(ingest).toMatchObject({
    traceId: TRACE,
    parentSpanId: push?.spanId,
    attributes: { "onetill.till": device, "onetill.entries": 2, "onetill.outcome": "taken" },
  });
  expect(ingest?.attributes["onetill.waited_ms"]).toEqual(expect.any(Number));
  // The transaction takes in what all tills sent meanwhile: it is in the trace of none of them.
  expect(named("storage.write").some(({ traceId }) => traceId === TRACE)).toBe(false);
  const [pull] = named("GET /sync/v1/replica/:collection");
  const [page] = named("feed.page");
  expect(page).toMatchObject({ traceId: TRACE, attributes: { "onetill.collection": "products" } });
  expect(page).toMatchObject({ parentSpanId: pull?.spanId, attributes: { "onetill.till": device } });
  const [webhook] = named("webhook.send");
  expect(received[0]).toBe(`00-${webhook?.traceId}-${webhook?.spanId}-01`);
  // The chores ask the database every second.
  expect(named("storage.read").every(({ parentSpanId }) => parentSpanId !== undefined)).toBe(true);
  expect(said).toContain("loads @opentelemetry/sdk-trace");
});
