import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as timer } from "node:timers/promises";
import type { Logger } from "pino";
import { v7 as uuidV7 } from "uuid";
import { instant } from "#domain/ids.ts";
import { createLinkSender } from "./access/link-sender.ts";
import { startChores } from "./chores.ts";
import { type PastOrders, seedWhenEmpty } from "./demo-seeding.ts";
import { seedDemoUsers } from "./demo-users.ts";
import { ensureHqKey } from "./hq-key.ts";
import { createDeps, type ServerDeps } from "./http/deps.ts";
import { createMetrics } from "./http/metrics.ts";
import { createReadiness } from "./http/readiness.ts";
import { buildServer, PATIENCE } from "./http/server.ts";
import { keepHeapLean } from "./lean-heap.ts";
import { createLogger } from "./logging.ts";
import type { MailPort } from "./mail/port.ts";
import { createMailSender } from "./mail/sender.ts";
import { linesAllowed } from "./open-files.ts";
import { readOptions, SERVER_HELP, type ServerOptions } from "./options.ts";
import { ensureReceiptKeys } from "./receipts/keys.ts";
import { createReports } from "./reports/reports.ts";
import { createReportSender } from "./reports/sender.ts";
import { MovedAwayTrouble, plainWords } from "./start-failure.ts";
import { measured } from "./storage/measured.ts";
import type { Storage } from "./storage/port.ts";
import { PostgresStorage } from "./storage/postgres/storage.ts";
import { DatabaseTrouble, databaseWords } from "./storage/postgres/trouble.ts";
import { createSecretBox, keysBeside } from "./storage/secrets/secret-box.ts";
import { LogThread } from "./storage/sqlite/log-thread.ts";
import { SqliteStorage } from "./storage/sqlite/storage.ts";
import { Arrivals } from "./sync/arrivals.ts";
import { beginEra } from "./sync/eras.ts";
import { byClock, MACHINE } from "./sync/journal-line.ts";
import { lookAhead } from "./sync/seals.ts";
import { readTls, renewTls } from "./tls.ts";
import { NO_TRACES, type Tracing } from "./tracing/port.ts";
import { tracedMail, tracedStorage } from "./tracing/traced.ts";

/** Tills that come at the same moment, as after an outage, and wait to be let in: whoever finds no place tries again after seconds. The system may allow fewer. */
const MOST_COMING = 4_096;
/** A server that is told to go waits so long for mails on their way; one that takes longer goes again after its claim, as the same mail. */
const MAIL_ON_ITS_WAY_MS = 10_000;

const options = readOptions(process.argv.slice(2), process.env);
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
  const { tls } = settings;
  const identity = tls === null ? null : readTls(tls);
  const logger = createLogger(process.env.ONETILL_LOG ?? "warn");
  const now = () => instant(Date.now());
  const { metricsToken } = settings;
  const metrics =
    metricsToken === null ? null : createMetrics(() => ({ storage, now, streams: () => deps.wakeups.count }));
  const tracing = await openTracing(settings);
  const storage = tracedStorage(
    measured(await openStorage(settings, logger), (times) => metrics?.wrote(times)),
    tracing,
  );
  // In the line of writes: a move that has begun comes to its end first.
  const lost = await storage.write(async (tx) => {
    const moved = await tx.movedAway();
    if (moved !== null) throw new MovedAwayTrouble(moved);
    return tx.sealSecrets({ forgetsLost: settings.forgetsSecrets });
  });
  if (lost > 0) console.log(`gave up ${lost} secrets that no key opens any more`);
  const mail = await openMail(settings, tracing);
  const arrivals = new Arrivals();
  const deps = createDeps({
    storage,
    now,
    newId: uuidV7,
    sendsMail: mail !== null,
    onTaken: (entries) => metrics?.tookIn(entries),
    onApart: (err) => logger.warn({ err }, "sales were booked one by one: one of them cannot be booked"),
    tracing,
    takesIn: { looksAhead: lookAhead, pace: byClock({ ...MACHINE, cameIn: () => arrivals.count }) },
    arrivals,
  });
  // Several servers that start on one database at the same time do this one after the other.
  await storage.alone(() => prepare(settings, deps));
  const readiness = createReadiness(storage);
  const lines = linesAllowed();
  const consoleRoot = resolve(import.meta.dirname, "../dist/console");
  const app = await buildServer(deps, {
    logger,
    consoleRoot: existsSync(consoleRoot) ? consoleRoot : null,
    demoShop: settings.demo,
    basketLink: settings.basketLink,
    proxies: settings.proxies,
    tls: identity,
    readiness,
    metrics: metrics === null || metricsToken === null ? null : { metrics, token: metricsToken },
    tracing,
    linesAllowed: lines,
    onManyLines: keepHeapLean,
  });
  // Whoever comes asks what is newer: what was there before is nothing to wake all of them for.
  await deps.hearing.catchUp();
  const address = await app.listen({ host: settings.host, port: settings.port, backlog: MOST_COMING });
  if (tls !== null)
    renewTls(app.server, tls, (err) => logger.error({ err }, "the certificate was not renewed"));
  const mailSender = createMailSender({
    storage,
    codes: deps.receiptCodes,
    pdfs: deps.pdfs,
    port: mail,
    now: deps.now,
    chance: Math.random,
  });
  // A newer version may book what the one before could not.
  await deps.exceptions.bookAgain();
  const reportSender = createReportSender({
    storage,
    reports: createReports({ storage }),
    port: mail,
    now: deps.now,
    chance: Math.random,
  });
  const linkSender = createLinkSender({
    storage,
    port: mail,
    now: deps.now,
    chance: Math.random,
    randomBytes: deps.randomBytes,
  });
  const stopChores = startChores(deps, { mailSender, reportSender, linkSender, tracing }, logger);
  stopOnSignal(async (signal) => {
    stopChores();
    const senders = [mailSender, reportSender, linkSender];
    const mailsGone = Promise.race([
      Promise.all(senders.map((sender) => sender.stop())),
      timer(MAIL_ON_ITS_WAY_MS),
    ]);
    await readiness.drain({
      // Whoever presses Ctrl-C sits in front of it.
      noticeMs: signal === "SIGTERM" ? settings.drainMs : 0,
      endStreams: () => {
        deps.wakeups.close();
        deps.live.close();
      },
    });
    await mailsGone;
    mail?.close();
    await app.close();
    await deps.pdfs.close();
    await deps.contacts.flush();
    await deps.health.flush();
    await deps.keyUses.flush();
    await storage.close();
    await tracing.close();
  });
  console.log(`listening on ${address}`);
  if (lines !== null && lines < PATIENCE.connections)
    console.log(
      `At most ${lines} tills and browsers at once: this machine lets a program open no more files (raise it with "ulimit -n", or LimitNOFILE of systemd).`,
    );
  const setUp = await deps.access.links.makeSetUp();
  if (setUp !== null)
    console.log(
      `Nobody can sign in yet. Make the first admin, within 72 hours: ${address}/console/#setUp=${setUp.token}`,
    );
}

async function openStorage({ data, databaseUrl }: ServerOptions, logger: Logger): Promise<Storage> {
  if (databaseUrl === null) {
    const file = join(data, "server.sqlite");
    const onFailed = (err: unknown) =>
      logger.warn({ err }, "the database's log was not written back: the disk may be full or failing");
    return new SqliteStorage(file, { log: new LogThread(file, { onFailed }) });
  }
  try {
    return await PostgresStorage.open(databaseUrl, {
      secrets: createSecretBox(keysBeside(join(data, "server"))),
      onLeft: (err) =>
        logger.warn(
          { err },
          "how the database keeps its tables was not set (docs/scaling.md): somebody held a table, or it is another user's; it is tried again at the next start",
        ),
    });
  } catch (error) {
    throw new DatabaseTrouble(databaseWords(error, databaseUrl));
  }
}

async function openMail({ smtp }: ServerOptions, tracing: Tracing): Promise<MailPort | null> {
  if (smtp === null) return null;
  // A server without a mail account does not load what speaks to one.
  const { createSmtp } = await import("./mail/smtp.ts");
  return tracedMail(createSmtp(smtp), tracing);
}

/** OpenTelemetry is loaded by those who asked for it. */
async function openTracing({ traces }: ServerOptions): Promise<Tracing> {
  if (traces === null) return NO_TRACES;
  const { createTracing } = await import("./tracing/otel.ts");
  return createTracing(traces);
}

/** What a server needs to find before it serves: its key, and a demo's goods and people. */
async function prepare(
  { data: dataDir, databaseUrl, demo, demoOrders }: ServerOptions,
  deps: ServerDeps,
): Promise<void> {
  const { storage } = deps;
  // A demo's folder is used by itself: `npm start` asks its server by the key in it.
  await ensureHqKey({ storage, dataDir, isShared: databaseUrl !== null && !demo, now: deps.now() });
  await beginEra(deps);
  await ensureReceiptKeys(deps.publisher);
  if (!demo) return storage.write((tx) => tx.removeLinks("signIn", null));
  await seedWhenEmpty({
    dataDir,
    deps,
    orders: demoOrders ? pastOrders(deps) : null,
    onProgress: ({ what, done, total }) => console.log(`demo data: ${what} ${done}/${total}`),
  });
  await seedDemoUsers({ dataDir, deps });
}

/** The demo's orders came in before it was opened: each is placed by parts whose clock stands at its time. */
function pastOrders({ storage, now, newId }: Pick<ServerDeps, "storage" | "now" | "newId">): PastOrders {
  return {
    now: now(),
    newId,
    at: (moment) => {
      const deps = createDeps({ storage, now: () => moment, newId });
      deps.hearing.stop();
      return deps;
    },
  };
}

function stopOnSignal(stop: (signal: "SIGINT" | "SIGTERM") => Promise<void>): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      stop(signal).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
