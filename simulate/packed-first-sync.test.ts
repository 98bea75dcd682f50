import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { FastifyInstance } from "fastify";
import { v7 as uuidV7 } from "uuid";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import type { SyncView } from "#protocol/till/status.ts";
import { REPLICA_FILE } from "../src-main/engine/database.ts";
import { type Engine, startEngine } from "../src-main/engine/engine.ts";
import { untilView } from "../src-main/engine/testing/until-view.ts";
import { createDeps, type ServerDeps } from "../sync-server/http/deps.ts";
import { buildServer } from "../sync-server/http/server.ts";
import { ensureReceiptKeys } from "../sync-server/receipts/keys.ts";
import { SqliteStorage } from "../sync-server/storage/sqlite/storage.ts";
import { createSnapshots, SNAPSHOT_LIMITS } from "../sync-server/sync/snapshot.ts";
import { tillDeps } from "./real-programs-for-tests.ts";
import { openShop, putArticle, VARIANTS } from "./retailer.ts";
import { Disk } from "./world/disk.ts";

/** Forty pages of the snapshot. */
const ARTICLES = 4_000;
const PAGE = 100;
/** What the till writes in one transaction (`BulkLoad`): once it has more, some are committed. */
const COMMITTED = 1_000;
/** Pages after which the server stands still, so that the till is in the midst of it: between its first commit and its second. */
const STALLS_AFTER = 15;
/** So many more and the till comes to its second commit, and is sent what it reads ahead; there is more still. */
const MORE_PAGES = 12;
/** However busy the machine is. */
const LONG_MS = 120_000;

let folder: string;
let deps: ServerDeps;
let app: FastifyInstance;
let engine: Engine | null;
/** The server sends so many pages of the articles, and then no more until it may. */
let allowed: number;
let waiting: readonly (() => void)[];
/** Answers that began with a snapshot of the articles, and how they were sent. */
let answers: readonly ServerResponse[];
const defects: unknown[] = [];
const unhandled: unknown[] = [];
const noteUnhandled = (error: unknown) => unhandled.push(error);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-packed-"));
  engine = null;
  allowed = STALLS_AFTER;
  waiting = [];
  answers = [];
  defects.length = 0;
  unhandled.length = 0;
  process.on("unhandledRejection", noteUnhandled);
  const storage = new SqliteStorage(join(folder, "server.sqlite"));
  const now = () => instant(Date.now());
  const snapshots = createSnapshots({ storage, now, limits: { ...SNAPSHOT_LIMITS, page: PAGE } });
  deps = {
    ...createDeps({ storage, now, newId: uuidV7 }),
    snapshots: {
      send: ({ emit, ...ask }) => {
        let pieces = 0;
        return snapshots.send({
          ...ask,
          emit: async (piece) => {
            pieces += 1;
            while (ask.collection === "products" && pieces > allowed)
              await new Promise<void>((resolve) => {
                waiting = [...waiting, resolve];
              });
            return emit(piece);
          },
        });
      },
    },
  };
  await openShop(deps);
  await deps.publisher.publish(async (publication) => {
    for (let article = 0; article < ARTICLES; article += 1)
      await putArticle(publication, idOf<"Variant">(`article-${article}`), `Article ${article}`);
  });
  await ensureReceiptKeys(deps.publisher);
  app = await buildServer(deps, { logger: null, consoleRoot: null, tillsAlone: true });
  app.server.on("request", ({ url }, response: ServerResponse) => {
    if (url === "/sync/v1/snapshot/products") answers = [...answers, response];
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
}, LONG_MS);

afterEach(async () => {
  allow(Number.POSITIVE_INFINITY);
  await engine?.close();
  await app.close();
  await deps.pdfs.close();
  deps.hearing.stop();
  process.off("unhandledRejection", noteUnhandled);
  rmSync(folder, { recursive: true, force: true });
});

function allow(pages: number): void {
  allowed = pages;
  const [...those] = waiting;
  waiting = [];
  for (const each of those) each();
}

async function start(disk: Disk): Promise<Engine> {
  engine = await startEngine({
    ...tillDeps(folder),
    onDefect: (_, error) => defects.push(error),
    openFile: (file, options) => disk.open(file, options),
    openAppend: (file) => disk.append(file),
  });
  return engine;
}

async function pair({ verbs }: Engine): Promise<void> {
  const made = await deps.enrolment.makePairingCode("BER1");
  if (made === null) throw new Error("there is no such store");
  const { port } = new URL(app.listeningOrigin);
  const paired = await verbs.pair({ server: `http://127.0.0.1:${port}`, code: made.code });
  expect(paired).toMatchObject({ ok: true });
}

async function close(): Promise<void> {
  await engine?.close();
  engine = null;
}

/** Some of the articles are on the disk, and the others cannot be: the server stands still. */
function isInMidst(disk: Disk): (view: SyncView) => boolean {
  return ({ firstSync }) => {
    if (firstSync?.collection !== "products") return false;
    const [row] = disk.all(REPLICA_FILE, COUNT) ?? [];
    return Number(row?.articles) > COMMITTED;
  };
}

const isComplete = ({ firstSync, link }: SyncView) => firstSync === null && link.state === "online";

const COUNT = `SELECT COUNT(*) AS articles FROM "replica/products/0"`;

/** What a till that is closed has on its disk of a collection. */
function onDisk(): { readonly positions: readonly unknown[]; readonly articles: unknown } {
  const file = new DatabaseSync(join(folder, REPLICA_FILE), { readOnly: true });
  try {
    return {
      positions: file.prepare(`SELECT id FROM "replica/positions/0" WHERE id = 'products'`).all(),
      articles: file.prepare(COUNT).get()?.articles,
    };
  } finally {
    file.close();
  }
}

/** The till's end let go of the line before the server had sent all of it. */
async function expectLineClosed(): Promise<void> {
  const [answer] = answers;
  if (answer === undefined) throw new Error("no snapshot was asked for");
  expect(answer.getHeader("content-type")).toBe("application/gzip");
  if (!answer.destroyed) await once(answer, "close");
  expect(answer.writableFinished).toBe(false);
}

/** What the till has so far is less than the whole, and does not count as it. */
function expectBroken(): void {
  const { positions, articles } = onDisk();
  expect(positions).toEqual([]);
  expect(articles).toBeGreaterThan(0);
  expect(articles).toBeLessThan(ARTICLES);
}

/** The next start brings all of it, and nothing was left behind that fails later. */
async function expectNextStartCompletes(): Promise<void> {
  allow(Number.POSITIVE_INFINITY);
  await untilView(await start(new Disk(() => undefined)), "sync", isComplete);
  await close();
  const { positions, articles } = onDisk();
  expect(positions).toHaveLength(1);
  expect(articles).toBe(ARTICLES + VARIANTS.length);
  expect(unhandled).toEqual([]);
  expect(defects).toEqual([]);
}

test.each([
  {
    title:
      "S42 a till whose disk is full in the midst of a packed snapshot lets the line go and says so, and its next start brings all of it",
    async breakOff(till: Engine, disk: Disk) {
      disk.isFull = true;
      allow(STALLS_AFTER + MORE_PAGES);
      await untilView(till, "sync", ({ trouble }) => trouble === "diskFull");
      await expectLineClosed();
      disk.mend();
      await close();
    },
  },
  {
    title:
      "S42 a till that is closed in the midst of a packed snapshot lets the line go, and its next start brings all of it",
    async breakOff() {
      await close();
      await expectLineClosed();
    },
  },
])(
  "$title",
  async ({ breakOff }) => {
    const disk = new Disk(() => undefined);
    const till = await start(disk);
    await pair(till);
    await untilView(till, "sync", isInMidst(disk));
    await breakOff(till, disk);
    expectBroken();
    await expectNextStartCompletes();
  },
  LONG_MS,
);
