import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { v7 as uuidV7 } from "uuid";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { HEARTBEAT_MS } from "#protocol/sync/changes.ts";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { createDeps } from "./http/deps.ts";
import { SqliteStorage } from "./storage/sqlite/storage.ts";
import { hashSecret } from "./sync/enrol.ts";
import { OrderBench } from "./testing/orders.ts";
import { BERLIN, HAMBURG, TEA } from "./testing/shop.ts";
import { TestTill } from "./testing/till.ts";
import { WakeStream } from "./testing/wake-stream.ts";

const MAIN = join(import.meta.dirname, "main.ts");
const HQ_KEY = "hq_a-key-that-only-the-tests-know";

let folder: string;
let child: ChildProcess | null = null;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-restart-"));
  const storage = new SqliteStorage(join(folder, "server.sqlite"));
  const deps = createDeps({ storage, now: () => instant(Date.now()), newId: uuidV7 });
  await deps.publisher.publish(async (publication) => {
    await publication.putStore(BERLIN);
    await publication.putStore(HAMBURG);
    await publication.tx.addHqKey(hashSecret(HQ_KEY), publication.at);
  });
  await new OrderBench(deps).stock(BERLIN, TEA, 9);
  deps.hearing.stop();
  await deps.pdfs.close();
  await storage.close();
});
afterEach(async () => {
  await ended("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function started(): Promise<string> {
  const server = spawn(process.execPath, [MAIN, "--data", folder, "--port", "0", "--drain", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  child = server;
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /^listening on (http:\S+)$/.exec(line)?.[1];
    if (address === undefined) continue;
    server.stdout.resume();
    return address;
  }
  throw new Error("the server ended before it listened");
}

async function ended(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  const dying = child;
  child = null;
  if (dying === null) return;
  const gone = once(dying, "exit");
  dying.kill(signal);
  await gone;
}

async function call(url: string, token: string | null, method = "GET", body?: object): Promise<Response> {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return fetch(url, { method, headers: { ...authorization, "content-type": "application/json" }, ...sent });
}

async function pairedIn(address: string): Promise<string> {
  const made = await call(`${address}/hq/v1/pairing-codes`, HQ_KEY, "POST", { store: BERLIN.code });
  const { code } = pairAnswerSchema.parse(await made.json());
  const { publicKey } = new TestTill({ store: BERLIN.store });
  const asked = { kind: "pair", code, publicKey, name: "Till by the door" };
  const { token } = enrolAnswerSchema.parse(
    await (await call(`${address}/sync/v1/enrol`, null, "POST", asked)).json(),
  );
  if (token === null) throw new Error("a till that is paired gets a token");
  return token;
}

test("S50 a server that is started again wakes nobody for what was there before, however often it compares, and everybody for what is new", {
  timeout: 4 * HEARTBEAT_MS + 60_000,
}, async () => {
  const token = await pairedIn(await started());
  await ended("SIGTERM");
  const address = await started();
  const stream = await WakeStream.open(await call(`${address}/sync/v1/changes`, token));
  // Meanwhile it has compared the heads of all feeds several times.
  expect(await stream.nextPart()).toMatch(/^:/);
  const name = "Berlin by another name";
  const { contact = { phone: "", email: "" }, hours = null, address: street } = BERLIN;
  const { vatId, timeZone, locale, currency } = BERLIN;
  const profile = { name, address: street, contact, vatId, timeZone, locale, currency, hours };
  const saved = await call(`${address}/hq/v1/stores/${BERLIN.code}`, HQ_KEY, "PUT", profile);
  expect(saved.status).toBe(200);
  expect(await stream.nextWake()).toEqual(["settings"]);
});
