import { once } from "node:events";
import { writeSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { createDeps } from "../../sync-server/http/deps.ts";
import { LogThread } from "../../sync-server/storage/sqlite/log-thread.ts";
import { SqliteStorage } from "../../sync-server/storage/sqlite/storage.ts";
import { TestClock } from "../../sync-server/testing/clock.ts";
import { BERLIN, price, product, TEA } from "../../sync-server/testing/shop.ts";
import { TestTill } from "../../sync-server/testing/till.ts";

/** The program to start in a process of its own: `node BOOKING_SERVER FOLDER PUSHES`. */
export const BOOKING_SERVER = import.meta.filename;
export const SERVER_FILE = "server.sqlite";
export const SALES_A_PUSH = 3;

const LOG_WORKER = new URL("../../sync-server/storage/sqlite/log-worker.ts", import.meta.url);

/** So many rows are said to be written that the log is written back at once, by the thread that does it. */
const ENOUGH_ROWS = 1_000_000;
const OUTPUT = 1;

/** A server that takes in pushes of a till, says how far each acknowledges its journal once it would answer, has its log written back in the midst of them, and then just ends. */
async function book(folder: string, pushes: number): Promise<void> {
  const file = join(folder, SERVER_FILE);
  const log = new LogThread(file, {
    startWorker() {
      const worker = new Worker(LOG_WORKER, { workerData: { file } });
      isWrittenBack = once(worker, "message");
      // A program that waits for nothing but a thread like this one would end.
      waitForIt = () => worker.ref();
      return worker;
    },
  });
  let isWrittenBack: Promise<unknown> = Promise.resolve();
  let waitForIt = (): void => undefined;
  const storage = new SqliteStorage(file, { log });
  const clock = new TestClock();
  let made = 0;
  const newId = () => {
    made += 1;
    return `id-${made}`;
  };
  const deps = createDeps({ storage, now: clock.now, newId, drivers: {}, chance: () => 0, sendsMail: false });
  await deps.publisher.publish(async (publication) => {
    await publication.putStore(BERLIN);
    await publication.putProduct(product(TEA));
    await publication.putPrice(price(TEA));
  });
  const till = new TestTill({ store: BERLIN.store });
  const code = await deps.enrolment.makePairingCode(BERLIN.code);
  const asked = { kind: "pair", code: code?.code ?? "", publicKey: till.publicKey, name: "Till" } as const;
  const paired = await deps.enrolment.pair(asked);
  if (!paired.ok) throw new Error(paired.reason);
  till.device = paired.value.device;
  await take([till.begin()]);
  for (let push = 1; push < pushes; push += 1) {
    if (push === Math.floor(pushes / 2)) log.wrote(ENOUGH_ROWS);
    if (push === pushes - 1) {
      waitForIt();
      await isWrittenBack;
      await log.close();
    }
    await take(Array.from({ length: SALES_A_PUSH }, () => till.sell([{ variant: TEA, quantity: 1 }])));
  }
  process.exit(0);

  async function take(entries: TestTill["entries"]): Promise<void> {
    const device = await storage.read((tx) => tx.device(till.device));
    if (device === null) throw new Error("the till is gone");
    const answer = await deps.ingestion.ingest(device, entries);
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    writeSync(OUTPUT, `acknowledged ${answer.acknowledged}\n`);
  }
}

const [, script, folder, pushes] = process.argv;
if (script === BOOKING_SERVER && folder !== undefined) await book(folder, Number(pushes));
