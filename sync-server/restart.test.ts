import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 as uuidV7 } from "uuid";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { createDeps } from "./http/deps.ts";
import { SqliteStorage } from "./storage/sqlite/storage.ts";
import { hashSecret } from "./sync/enrol.ts";
import { CATALOG_FEED } from "./sync/feeds.ts";
import { OrderBench } from "./testing/orders.ts";
import { putInFeed } from "./testing/put-in-feed.ts";
import { endProgram, endPrograms, type RunningProgram, startProgram } from "./testing/running-program.ts";
import { BERLIN, HAMBURG, TEA } from "./testing/shop.ts";
import { TestTill } from "./testing/till.ts";
import { WakeStream } from "./testing/wake-stream.ts";

const HQ_KEY = "hq_a-key-that-only-the-tests-know";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-restart-"));
  file = join(folder, "server.sqlite");
  const storage = new SqliteStorage(file);
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
  await endPrograms();
  rmSync(folder, { recursive: true, force: true });
});

const start = (): Promise<RunningProgram> => startProgram(["--data", folder, "--drain", "0"]);

/** Something that nobody tells the server of: it wakes for it as soon as it compares what there is with what it heard of. */
async function putBeside(id: string): Promise<void> {
  const beside = new SqliteStorage(file);
  const place = { feed: CATALOG_FEED, collection: "products", id, data: "{}" } as const;
  await beside.write((tx) => putInFeed(tx, { ...place, at: instant(Date.now()) }));
  await beside.close();
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
  timeout: 120_000,
}, async () => {
  const first = await start();
  const token = await pairedIn(first.address);
  await endProgram(first, "SIGTERM");
  const { address } = await start();
  const stream = await WakeStream.open(await call(`${address}/sync/v1/changes`, token));
  // Each is the next comparison.
  for (const id of ["one", "another"]) {
    await putBeside(id);
    expect(await stream.nextWake()).toEqual(["products"]);
  }
  const name = "Berlin by another name";
  const { contact = { phone: "", email: "" }, hours = null, address: street } = BERLIN;
  const { vatId, timeZone, locale, currency } = BERLIN;
  const profile = { name, address: street, contact, vatId, timeZone, locale, currency, hours };
  const saved = await call(`${address}/hq/v1/stores/${BERLIN.code}`, HQ_KEY, "PUT", profile);
  expect(saved.status).toBe(200);
  expect(await stream.nextWake()).toEqual(["settings"]);
});
