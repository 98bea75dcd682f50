import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { v7 as uuidV7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { pairAnswerSchema, ticketsAnswerSchema } from "#protocol/hq/console.ts";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { type PushAnswer, pushAnswerSchema } from "#protocol/sync/journal.ts";
import { leaseAnswerSchema } from "#protocol/sync/leases.ts";
import { createDeps, type ServerDeps } from "./http/deps.ts";
import { LOCKS } from "./storage/postgres/locks.ts";
import { PostgresStorage } from "./storage/postgres/storage.ts";
import { CHANNEL } from "./storage/postgres/told.ts";
import { hashSecret } from "./sync/enrol.ts";
import { OrderBench } from "./testing/orders.ts";
import { PostgresForTests, SECRETS_FOR_TESTS, SECRETS_KEY_FOR_TESTS } from "./testing/postgres.ts";
import { endProgram, endPrograms, type RunningProgram, startProgram } from "./testing/running-program.ts";
import { BERLIN, CUP, HAMBURG, TEA } from "./testing/shop.ts";
import { TestTill } from "./testing/till.ts";
import { WakeStream } from "./testing/wake-stream.ts";

const MAIN = join(import.meta.dirname, "main.ts");
const HQ_KEY = "hq_a-key-that-only-the-tests-know";
const METRICS_TOKEN = "a-token-for-the-metrics";
const STOCK = 1_000;
/** So long a server that is told to go serves on: enough to ask it a few things however busy the machine is. */
const DRAIN_S = 4;
/** What cannot be listened to is looked at so often, milliseconds. */
const LOOK_EVERY_MS = 20;

/** One server process with a folder of its own: of the others it shares nothing but the database. */
interface RunningServer extends RunningProgram {
  readonly port: number;
}

interface PairedTill {
  readonly till: TestTill;
  readonly token: string;
}

let folder: string;
let url: string;
let postgres: PostgresForTests;
let storage: PostgresStorage;
let deps: ServerDeps;
let a: RunningServer;
let b: RunningServer;
let receiver: Server;
/** Ids of the events that were posted to the receiver, as they came. */
const posted: string[] = [];
let isPosted = (): void => undefined;
/** Beside the servers, in the database. */
let beside: Client;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-many-"));
  postgres = await PostgresForTests.shared();
  url = await postgres.database();
  storage = await PostgresStorage.open(url, { looksOnly: true, secrets: SECRETS_FOR_TESTS });
  deps = createDeps({ storage, now: () => instant(Date.now()), newId: uuidV7 });
  await deps.publisher.publish(async (publication) => {
    await publication.putStore(BERLIN);
    await publication.putStore(HAMBURG);
    await publication.tx.addHqKey(hashSecret(HQ_KEY), publication.at);
  });
  const bench = new OrderBench(deps);
  await bench.stock(BERLIN, TEA, STOCK);
  await bench.stock(BERLIN, CUP, STOCK);
  receiver = createServer((request, reply) => {
    posted.push(String(request.headers["webhook-id"]));
    isPosted();
    request.resume().once("end", () => setTimeout(() => reply.writeHead(204).end(), 20));
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  beside = new Client({ connectionString: url });
  await beside.connect();
  [a, b] = await Promise.all([start("a"), start("b")]);
}, 120_000);

afterAll(async () => {
  await endPrograms();
  receiver.closeAllConnections();
  receiver.close();
  await beside.end();
  await storage.close();
  await postgres.giveBack(url);
  rmSync(folder, { recursive: true, force: true });
});

async function start(name: string, port = 0): Promise<RunningServer> {
  const args = ["--data", join(folder, name), "--port", String(port), "--drain", String(DRAIN_S)];
  const env = {
    ONETILL_DATABASE_URL: url,
    ONETILL_METRICS_TOKEN: METRICS_TOKEN,
    ONETILL_SECRETS_KEY: SECRETS_KEY_FOR_TESTS,
  };
  const program = await startProgram(args, { env });
  return { ...program, port: Number(new URL(program.address).port) };
}

function ask(at: RunningServer, path: string, token: string | null, body?: unknown, method = "POST") {
  return fetch(`${at.address}${path}`, {
    method: body === undefined ? "GET" : method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Pairs with a code that the other server made. */
async function paired(at: RunningServer, codeFrom: RunningServer): Promise<PairedTill> {
  const made = await ask(codeFrom, "/hq/v1/pairing-codes", HQ_KEY, { store: "BER1" });
  const { code } = pairAnswerSchema.parse(await made.json());
  const till = new TestTill({ store: BERLIN.store });
  const answer = await ask(at, "/sync/v1/enrol", null, {
    kind: "pair",
    code,
    publicKey: till.publicKey,
    name: "Till",
  });
  const { device, token } = enrolAnswerSchema.parse(await answer.json());
  till.device = device;
  till.begin();
  return { till, token: token ?? "" };
}

async function push(at: RunningServer, { till, token }: PairedTill, from = 0): Promise<PushAnswer> {
  const answer = await ask(at, "/sync/v1/journal", token, { entries: till.entries.slice(from) });
  return pushAnswerSchema.parse(await answer.json());
}

async function ticketsAt(at: RunningServer): Promise<number> {
  const answer = await ask(at, "/hq/v1/tickets?limit=1", HQ_KEY);
  return ticketsAnswerSchema.parse(await answer.json()).total;
}

const onHand = (variant: typeof TEA) => storage.read((tx) => tx.onHand({ store: BERLIN.store, variant }));

async function isOnDuty(server: RunningServer): Promise<boolean> {
  const answer = await ask(server, "/metrics", METRICS_TOKEN);
  return /^onetill_on_duty 1$/m.test(await answer.text());
}

/** Where nothing tells when it is so. Who waits in vain is ended by the test's own time. */
async function until(so: () => Promise<boolean>): Promise<void> {
  while (!(await so())) await pause(LOOK_EVERY_MS);
}

async function arePosted(ids: readonly string[]): Promise<void> {
  while (!ids.every((id) => posted.includes(id)))
    await new Promise<void>((next) => {
      isPosted = next;
    });
}

/** Moments of a push at which its server may end; each resolves when it has come, and lets go of what it held once the server is gone. */
const MOMENTS: readonly {
  readonly when: string;
  readonly come: () => Promise<{ readonly has: Promise<unknown>; readonly letGo: () => Promise<unknown> }>;
}[] = [
  {
    when: "as it is sent",
    come: async () => ({ has: Promise.resolve(), letGo: async () => undefined }),
  },
  {
    when: "as its write waits in line",
    come: async () => {
      await beside.query(`SELECT pg_advisory_lock(${LOCKS.writer})`);
      const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = ${LOCKS.writer} AND NOT granted`;
      return {
        has: until(async () => (await beside.query(waiting)).rowCount !== 0),
        letGo: () => beside.query(`SELECT pg_advisory_unlock(${LOCKS.writer})`),
      };
    },
  },
  {
    when: "as it is durable",
    come: async () => {
      await beside.query(`LISTEN ${CHANNEL}`);
      return { has: once(beside, "notification"), letGo: () => beside.query(`UNLISTEN ${CHANNEL}`) };
    },
  },
];

async function happened(count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, () => uuidV7());
  await storage.write(async (tx) => {
    for (const id of ids)
      await tx.addEvent({
        id,
        type: "order.ready",
        order: idOf<"Order">(id),
        at: deps.now(),
        data: `{"order":"${id}"}`,
      });
  });
  return ids;
}

/** A start that is meant to fail: what it says, and how it ends. */
async function failedStart(databaseUrl: string): Promise<{ readonly status: number; readonly err: string }> {
  const child = spawn(process.execPath, [MAIN, "--data", join(folder, "failing"), "--port", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ONETILL_DATABASE_URL: databaseUrl, PGPASSWORD: "hunter2" },
  });
  let err = "";
  child.stderr.on("data", (piece: Buffer) => {
    err += piece.toString();
  });
  const [status] = await once(child, "close");
  return { status: Number(status), err };
}

describe("a database that cannot be used is told in plain words, and no password with it", () => {
  test("nobody answers there, there is none of this name, it is another program's, or a newer server's", async () => {
    const free = createServer().listen(0, "127.0.0.1");
    await once(free, "listening");
    const { port } = free.address() as AddressInfo;
    free.close();
    const other = new Client({ connectionString: url.replace(/[^/]+$/, "postgres") });
    await other.connect();
    const named = (name: string) => url.replace(/[^/]+$/, name);
    for (const name of ["others_own", "newer_own"]) {
      await other.query(`DROP DATABASE IF EXISTS ${name}`);
      await other.query(`CREATE DATABASE ${name}`);
      const inside = new Client({ connectionString: named(name) });
      await inside.connect();
      await inside.query(
        name === "others_own"
          ? "CREATE TABLE orders (id INTEGER)"
          : "CREATE TABLE schema_version (version BIGINT, taught TEXT); CREATE TABLE feed_rows (a INTEGER); INSERT INTO schema_version VALUES (9999, '')",
      );
      await inside.end();
    }
    const told = await Promise.all(
      [
        `postgres://onetill:hunter2@127.0.0.1:${port}/onetill`,
        named("there_is_none"),
        named("others_own"),
        named("newer_own"),
      ].map(failedStart),
    );
    for (const name of ["others_own", "newer_own"]) await other.query(`DROP DATABASE ${name}`);
    await other.end();
    const words = [
      "does not answer",
      "no database of this name",
      "another program",
      "a newer Onetill (schema 9999)",
    ];
    for (const [at, { status, err }] of told.entries()) {
      expect(status).toBe(1);
      expect(err).toContain(words[at]);
      expect(err).not.toContain("hunter2");
      expect(err.trim().split("\n")).toHaveLength(1);
    }
  });
});

describe("two servers on one database", () => {
  test("a till that listens at one learns of a price that HQ changes at the other", async () => {
    const one = await paired(a, b);
    const stream = await WakeStream.open(await ask(a, "/sync/v1/changes", one.token));
    const price = { sku: `SKU-${TEA}`, list: "retail", amount: { minor: 777, currency: "EUR" } };
    expect((await ask(b, "/hq/v1/prices", HQ_KEY, price, "PUT")).status).toBe(200);
    while (!(await stream.nextWake()).includes("prices"));
    const pulled = await (await ask(a, "/sync/v1/replica/prices?after=&limit=500", one.token)).text();
    expect(pulled).toContain('"minor":777');
  });

  test("a till that HQ revokes at one is hung up on at the other", async () => {
    const one = await paired(a, a);
    const stream = await WakeStream.open(await ask(a, "/sync/v1/changes", one.token));
    const gone = stream.ended();
    expect((await ask(b, `/hq/v1/devices/${one.till.device}/revoke`, HQ_KEY, {})).status).toBe(200);
    await gone;
  });

  test("a ticket that was pushed to one twice and to the other is booked once; so is what comes to both at the same moment", async () => {
    const one = await paired(a, b);
    const before = { tickets: await ticketsAt(a), onHand: await onHand(TEA) };
    one.till.sell([{ variant: TEA, quantity: 2 }]);
    for (const server of [a, a, b]) expect(await push(server, one)).toMatchObject({ ok: true });
    for (let sale = 0; sale < 20; sale += 1) one.till.sell([{ variant: TEA, quantity: 1 }]);
    const answers = await Promise.all([a, b, a, b].map((server) => push(server, one)));
    for (const answer of answers)
      expect(answer).toMatchObject({ ok: true, acknowledged: one.till.entries.length });
    expect(await ticketsAt(b)).toBe(before.tickets + 21);
    expect(await onHand(TEA)).toBe(before.onHand - 22);
  });

  test("an order that a till at one holds is refused to a till at the other, and given to it once it is given back", async () => {
    const [one, other] = [await paired(a, b), await paired(b, a)];
    const { order } = await new OrderBench(deps).place();
    const subject = { kind: "order", id: order.id };
    const lease = async (at: RunningServer, { token }: PairedTill, act: string) =>
      leaseAnswerSchema.parse(await (await ask(at, "/sync/v1/leases", token, { act, subject })).json());
    expect(await lease(a, one, "ask")).toMatchObject({ granted: true, holder: one.till.device });
    expect(await lease(b, other, "ask")).toMatchObject({ granted: false, holder: one.till.device });
    await lease(a, one, "release");
    const both = await Promise.all([lease(a, one, "ask"), lease(b, other, "ask")]);
    expect(both.filter(({ granted }) => granted)).toHaveLength(1);
  });

  test("chores are one server's, and another's when it is killed; no event is sent twice", async () => {
    await deps.storage.write((tx) =>
      tx.addWebhookEndpoint({
        id: uuidV7(),
        url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`,
        types: ["order.ready"],
        secret: `whsec_${Buffer.alloc(24, 1).toString("base64")}`,
        createdAt: deps.now(),
        pausedAt: null,
      }),
    );
    const first = await happened(40);
    await arePosted(first);
    const duties = [await isOnDuty(a), await isOnDuty(b)];
    expect(duties.filter(Boolean)).toHaveLength(1);
    // What was posted is noted.
    await until(async () => (await storage.read((tx) => tx.workWaiting())).webhooks === 0);
    const [onDuty, name, other] = duties[0] === true ? [a, "a", b] : [b, "b", a];
    await endProgram(onDuty, "SIGKILL");
    const second = await happened(20);
    await arePosted(second);
    expect(await isOnDuty(other)).toBe(true);
    expect(posted.toSorted()).toEqual([...first, ...second].toSorted());
    const back = await start(name, onDuty.port);
    if (name === "a") a = back;
    else b = back;
  }, 60_000);

  test.each(MOMENTS)(
    "a till whose server is killed while it pushes ($when) goes to another, and to the first again: nothing is lost, nothing booked twice",
    async ({ come }) => {
      const one = await paired(a, b);
      const before = { tickets: await ticketsAt(b), onHand: await onHand(CUP) };
      let acknowledged = 0;
      const note = (answer: PushAnswer | null) => {
        if (answer === null) return;
        expect(answer).toMatchObject({ ok: true });
        acknowledged = answer.acknowledged;
      };
      for (let sale = 0; sale < 25; sale += 1) one.till.sell([{ variant: CUP, quantity: 1 }]);
      const { has, letGo } = await come();
      const answer = push(a, one, acknowledged).catch(() => null);
      await has;
      await endProgram(a, "SIGKILL");
      await letGo();
      note(await answer);
      one.till.sell([{ variant: CUP, quantity: 1 }]);
      note(await push(b, one, acknowledged));
      a = await start("a", a.port);
      note(await push(a, one, 0));
      expect(acknowledged).toBe(one.till.entries.length);
      expect(await ticketsAt(a)).toBe(before.tickets + 26);
      expect(await onHand(CUP)).toBe(before.onHand - 26);
    },
    60_000,
  );

  test("a server that is told to go says so first and serves on, ends its tills' streams, and the other has them", async () => {
    const one = await paired(b, a);
    const stream = await WakeStream.open(await ask(b, "/sync/v1/changes", one.token));
    const exited = once(b.child, "exit");
    b.child.kill("SIGTERM");
    await until(async () => (await ask(b, "/readyz", null)).status === 503);
    expect((await ask(b, "/livez", null)).status).toBe(200);
    expect((await ask(b, "/sync/v1/replica/prices?after=&limit=1", one.token)).status).toBe(200);
    await stream.ended();
    expect(await exited).toEqual([0, null]);
    await WakeStream.open(await ask(a, "/sync/v1/changes", one.token));
  });
});
