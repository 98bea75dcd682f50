import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { healthSchema } from "#protocol/sync/health.ts";
import { type Engine, startEngine } from "../engine.ts";
import { engineSettings } from "../testing/engine-settings.ts";
import { FakeServer, PAIRING_CODE, SERVER } from "../testing/fake-server.ts";
import { FakeTimers } from "../testing/fake-timers.ts";
import { MUG, price } from "../testing/shop-fixture.ts";
import { stockedServer } from "../testing/synced-till.ts";
import { untilView } from "../testing/until-view.ts";
import { REPORT_EVERY_MS } from "./health-report.ts";

const GAP_MS = 3_000;

let folder: string;
let server: FakeServer;
let timers: FakeTimers;
let engine: Engine;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-health-"));
  server = stockedServer(new FakeServer());
  timers = new FakeTimers();
  engine = await startEngine({
    ...engineSettings({ dataDir: folder, server, timers }),
    random: () => 0,
  });
  await engine.verbs.pair({ server: SERVER, code: PAIRING_CODE });
  await untilView(engine, "sync", ({ firstSync, link }) => firstSync === null && link.state === "online");
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const said = () => server.asksOf("health").map(({ body }) => healthSchema.parse(body));
/** The report waits a moment for more to come: such moments pass until it has told so often. */
async function told(count: number): Promise<void> {
  let isTold = false;
  const end = server.asked("health", count).then(() => {
    isTold = true;
    timers.clear(timers.set(() => undefined, 0));
  });
  while (!isTold) {
    await timers.until((rests) => isTold || rests.some((rest) => rest <= GAP_MS));
    timers.hurry(GAP_MS);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await end;
}
/** Nothing is to be told just now. */
async function resting(): Promise<void> {
  const isResting = (rests: readonly number[]) => rests.includes(REPORT_EVERY_MS);
  while (!isResting(timers.rests)) {
    await timers.until((rests) => isResting(rests) || rests.some((rest) => rest <= GAP_MS));
    timers.hurry(GAP_MS);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("as it is connected a till tells how it is and how far it has read what HQ decides", async () => {
  await told(1);
  const [first] = said();
  expect(first).toMatchObject({ unsent: expect.any(Number), trouble: null, devices: [] });
  expect(first?.storage.databaseBytes).toBeGreaterThan(0);
  expect(first?.log).toBeUndefined();
});

test("S156 a changed price that it has read a till tells within a moment, and HQ sees how far it came", async () => {
  await told(1);
  await resting();
  const before = said().length;
  server.books.put("prices", price(MUG, 900));
  server.streams.wake("prices");
  await told(before + 1);
  const prices = said()
    .at(-1)
    ?.replicas.find(({ collection }) => collection === "prices");
  expect(prices).toMatchObject({ complete: true });
  expect(prices?.checkpoint).not.toBe(
    said()[before - 1]?.replicas.find(({ collection }) => collection === "prices")?.checkpoint,
  );
});

test("S158 when HQ waits for its log a till sends it at once", async () => {
  server.answerNext("health", () => Response.json({ wantsLog: true }));
  await told(2);
  expect(said()[1]?.log?.map(({ words }) => words)).toContain("started, version 0.3.0");
});

test("S156 a server that knows no such call is not asked again and again, and nothing else suffers", async () => {
  server.answerNext("health", () => Response.json({ reason: "notFound", message: "No." }, { status: 404 }));
  await told(1);
  await resting();
  expect(engine.views.sync.current().link.state).toBe("online");
});
