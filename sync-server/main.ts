import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pino } from "pino";
import { v7 as uuidV7 } from "uuid";
import { instant } from "#domain/ids.ts";
import { DEMO_SHEET_FILE } from "#protocol/hq/demo.ts";
import { demoContext } from "./demo-seeding.ts";
import { ensureHqKey } from "./hq-key.ts";
import { buildServer } from "./http/server.ts";
import { readOptions, SERVER_HELP, type ServerOptions } from "./options.ts";
import { plainWords } from "./start-failure.ts";
import { SqliteStorage } from "./storage/sqlite/storage.ts";
import { createEnrolment } from "./sync/enrol.ts";
import { createIngestion } from "./sync/ingest.ts";
import { createLeases } from "./sync/leases.ts";
import { createPublisher } from "./sync/publisher.ts";
import { createPulls } from "./sync/pull.ts";
import { Wakeups } from "./sync/wakeups.ts";

/** Tombstones are kept this long; a till away longer takes a fresh snapshot. */
const TOMBSTONE_AGE_MS = 90 * 86_400_000;
const PURGE_EVERY_MS = 6 * 3_600_000;

const now = () => instant(Date.now());

const options = readOptions(process.argv.slice(2));
if (options.ok) {
  run(options.value).catch((error: unknown) => {
    console.error(plainWords(error, options.value));
    process.exit(1);
  });
} else if (options.reason === "help") {
  console.log(SERVER_HELP);
} else {
  console.error(`${options.reason}\n\n${SERVER_HELP}`);
  process.exit(2);
}

async function run(settings: ServerOptions): Promise<void> {
  mkdirSync(settings.data, { recursive: true });
  const storage = new SqliteStorage(join(settings.data, "server.sqlite"));
  await ensureHqKey({ storage, dataDir: settings.data, now: now() });
  const wakeups = new Wakeups();
  const publisher = createPublisher({ storage, wakeups, now });
  if (settings.demo) await seedWhenEmpty(settings.data, storage, publisher);
  const consoleRoot = resolve(import.meta.dirname, "../dist/console");
  const app = await buildServer(
    {
      storage,
      publisher,
      enrolment: createEnrolment({ storage, now, newId: uuidV7 }),
      ingestion: createIngestion({ publisher, now }),
      pulls: createPulls({ storage, now }),
      leases: createLeases({ storage, now }),
      wakeups,
      now,
      newId: uuidV7,
    },
    {
      logger: pino({ level: process.env.ONETILL_LOG ?? "warn" }),
      consoleRoot: existsSync(consoleRoot) ? consoleRoot : null,
    },
  );
  const address = await app.listen({ host: settings.host, port: settings.port });
  const purge = setInterval(
    () => void storage.write((tx) => tx.purgeTombstones(instant(now() - TOMBSTONE_AGE_MS))),
    PURGE_EVERY_MS,
  );
  stopOnSignal(async () => {
    clearInterval(purge);
    await app.close();
    await storage.close();
  });
  console.log(`listening on ${address}`);
}

async function seedWhenEmpty(
  dataDir: string,
  storage: SqliteStorage,
  publisher: ReturnType<typeof createPublisher>,
): Promise<void> {
  const stores = await storage.read((tx) => tx.stores());
  if (stores.length > 0) return;
  const { seedDemo } = await import("./demo/seed.ts");
  const sheet = await seedDemo(
    demoContext({
      publisher,
      onProgress: ({ what, done, total }) => console.log(`demo data: ${what} ${done}/${total}`),
    }),
  );
  // Written last: where it is missing, the seeding was cut off.
  writeFileSync(join(dataDir, DEMO_SHEET_FILE), `${JSON.stringify(sheet, null, 2)}\n`);
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
