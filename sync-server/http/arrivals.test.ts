import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { Arrivals } from "../sync/arrivals.ts";
import { byClock, type LinePace, MACHINE } from "../sync/journal-line.ts";
import { createDeps } from "./deps.ts";
import { buildServer } from "./server.ts";

const HERD = 400;
/** The system keeps so many that stand at the door. */
const MOST_COMING = 4_096;

let server: ServerForTests;
let app: Awaited<ReturnType<typeof buildServer>>;
let opened: Socket[];
/** How many had come in by what was told to whoever last asked between two turns of the loop. */
let known: number;
beforeEach(async () => {
  opened = [];
  server = await ServerForTests.open();
  const { storage, clock } = server;
  known = 0;
  const arrivals = new Arrivals();
  const cameIn = () => {
    known = arrivals.count;
    return known;
  };
  const pace = byClock({ ...MACHINE, cameIn });
  // However soon a booking was over: it rests for a turn.
  const breathe: LinePace["breathe"] = (tookMs, gathers) =>
    pace.breathe(tookMs === 0 ? 0 : Math.max(1, tookMs), gathers);
  const takesIn = { pace: { ...pace, breathe } };
  const deps = createDeps({ storage, now: clock.now, newId: () => "new", takesIn, arrivals });
  deps.hearing.stop();
  app = await buildServer(deps, { logger: null, consoleRoot: null });
  await app.listen({ host: "127.0.0.1", port: 0, backlog: MOST_COMING });
});
afterEach(async () => {
  for (const line of opened) line.destroy();
  await app.close();
  await server.close();
});

/** Asks by a line of its own; resolves with the first of the answer. */
function ask({ enrolment }: PairedTill, path: string, body: unknown): Promise<string> {
  const bound = app.server.address();
  const line = connect(typeof bound === "object" ? (bound?.port ?? 0) : 0, "127.0.0.1");
  opened.push(line);
  const text = JSON.stringify(body);
  const head = [
    `POST ${path} HTTP/1.1`,
    "host: here",
    `authorization: Bearer ${enrolment.token}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  line.write(`${head.join("\r\n")}\r\n\r\n${text}`);
  return new Promise((answered, failed) => {
    line.once("data", (answer) => answered(answer.toString()));
    line.once("error", failed);
  });
}

test("whoever sells and stands at the door behind a whole chain that asks what is newer is answered before most of it", async () => {
  const tills = await Promise.all(Array.from({ length: 20 }, () => server.pair()));
  const [seller, ...others] = tills as [PairedTill, ...PairedTill[]];
  let answered = 0;
  const herd = Array.from({ length: HERD }, async (_, place) => {
    const till = others[place % others.length] ?? seller;
    expect(await ask(till, "/sync/v1/newer", { checkpoints: {} })).toMatch(/^HTTP\/1\.1 200 /);
    answered += 1;
  });
  const sold = await ask(seller, "/sync/v1/journal", { entries: [seller.till.begin()] });
  expect(sold).toMatch(/^HTTP\/1\.1 200 /);
  expect(answered).toBeLessThan(HERD / 2);
  await Promise.all(herd);
});

test("those who take journals in know how many came", async () => {
  const till = await server.pair();
  for (let line = 1; line <= 3; line += 1)
    expect(await ask(till, "/sync/v1/newer", { checkpoints: {} })).toMatch(/^HTTP\/1\.1 200 /);
  await ask(till, "/sync/v1/journal", { entries: [till.till.begin()] });
  await expect.poll(() => known).toBe(4);
});
