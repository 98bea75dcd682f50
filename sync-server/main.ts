import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as timer } from "node:timers/promises";
import { type Logger, pino } from "pino";
import { v7 as uuidV7 } from "uuid";
import { instant } from "#domain/ids.ts";
import { API_TIMEOUT_MS, fetchHttp, MAX_ANSWER_BYTES } from "./connectors/http.ts";
import { createSender } from "./connectors/sender.ts";
import { createShopApis } from "./connectors/shop-apis.ts";
import { createStockSender } from "./connectors/stock.ts";
import { expireGiftCards } from "./credits/expiry.ts";
import { type PastOrders, seedWhenEmpty } from "./demo-seeding.ts";
import { seedDemoUsers } from "./demo-users.ts";
import { createDelivery } from "./events/delivery.ts";
import { httpPost, POST_TIMEOUT_MS } from "./events/post.ts";
import { ensureHqKey } from "./hq-key.ts";
import { createDeps, type ServerDeps } from "./http/deps.ts";
import { buildServer } from "./http/server.ts";
import { createMailSender, type MailSender } from "./mail/sender.ts";
import { createSmtp } from "./mail/smtp.ts";
import { readOptions, SERVER_HELP, type ServerOptions } from "./options.ts";
import { ensureReceiptKeys } from "./receipts/keys.ts";
import { countOlderTickets } from "./reports/book.ts";
import { countOlderFacts } from "./reports/book-across.ts";
import { createReports } from "./reports/reports.ts";
import { createReportSender, type ReportSender } from "./reports/sender.ts";
import { plainWords } from "./start-failure.ts";
import { SqliteStorage } from "./storage/sqlite/storage.ts";
import { beginEra } from "./sync/eras.ts";

/** Tombstones are kept this long; a till away longer takes a fresh snapshot. */
const TOMBSTONE_AGE_MS = 90 * 86_400_000;
const COUNT_DATA_AUDIT_EVERY_MS = 3_600_000;
const PURGE_EVERY_MS = 6 * 3_600_000;
const EXPIRE_CARDS_EVERY_MS = 3_600_000;
const FORGET_PURCHASES_EVERY_MS = 6 * 3_600_000;
const LAPSE_RETURNS_EVERY_MS = 3_600_000;
const NOTE_CONTACTS_EVERY_MS = 5_000;
/** Consoles ask how many tills have a change: those that answer write at once. */
const NOTE_HEALTH_EVERY_MS = 10_000;
const TICK_ORDERS_EVERY_MS = 15_000;
const TICK_CASES_EVERY_MS = 60_000;
const TICK_DELIVERIES_EVERY_MS = 3_600_000;
const TICK_CUSTOMERS_EVERY_MS = 3_600_000;
const TICK_LOYALTY_EVERY_MS = 60_000;
const DELIVER_EVENTS_EVERY_MS = 1_000;
const SEND_MAIL_EVERY_MS = 2_000;
/** A server that is told to go waits so long for mails on their way; one that takes longer goes again after its claim, as the same mail. */
const MAIL_ON_ITS_WAY_MS = 10_000;
const TIDY_ACCESS_EVERY_MS = 3_600_000;
const SEND_REPORTS_EVERY_MS = 10_000;
/** One slice of what was there before there were reports; whatever is new is counted as it is booked. */
const COUNT_TICKETS_EVERY_MS = 200;
const TELL_STOCK_EVERY_MS = 5_000;
const RETRY_MESSAGES_EVERY_MS = 5_000;
/** Events that everybody was told, messages that were acted on and baskets that lapsed are kept this long, for whoever looks back. */
const EVENT_AGE_MS = 30 * 86_400_000;
/** What prices were is known as long as somebody may have to prove it, and then as far as reductions of now ask for it. */
const PRICE_LOG_AGE_MS = 2 * 365 * 86_400_000;

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
  const logger = pino({ level: process.env.ONETILL_LOG ?? "warn" });
  const storage = new SqliteStorage(join(settings.data, "server.sqlite"));
  const mail = settings.smtp === null ? null : createSmtp(settings.smtp);
  const deps = createDeps({
    storage,
    now: () => instant(Date.now()),
    newId: uuidV7,
    sendsMail: mail !== null,
  });
  await ensureHqKey({ storage, dataDir: settings.data, now: deps.now() });
  await beginEra(deps);
  await ensureReceiptKeys(deps.publisher);
  if (settings.demo) {
    await seedWhenEmpty({
      dataDir: settings.data,
      deps,
      orders: settings.demoOrders ? pastOrders(storage, deps) : null,
      onProgress: ({ what, done, total }) => console.log(`demo data: ${what} ${done}/${total}`),
    });
  }
  if (settings.demo) await seedDemoUsers({ dataDir: settings.data, deps });
  else await storage.write((tx) => tx.removeLinks("signIn", null));
  const consoleRoot = resolve(import.meta.dirname, "../dist/console");
  const app = await buildServer(deps, {
    logger,
    consoleRoot: existsSync(consoleRoot) ? consoleRoot : null,
    demoShop: settings.demo,
    basketLink: settings.basketLink,
    proxies: settings.proxies,
  });
  const address = await app.listen({ host: settings.host, port: settings.port });
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
  const stopChores = startChores(deps, { mailSender, reportSender }, logger);
  stopOnSignal(async () => {
    stopChores();
    await Promise.race([mailSender.stop(), timer(MAIL_ON_ITS_WAY_MS)]);
    mail?.close();
    await app.close();
    await deps.pdfs.close();
    await deps.contacts.flush();
    await deps.health.flush();
    await deps.keyUses.flush();
    await storage.close();
  });
  console.log(`listening on ${address}`);
  const setUp = await deps.access.links.makeSetUp();
  if (setUp !== null)
    console.log(
      `Nobody can sign in yet. Make the first admin, within 72 hours: ${address}/console/#setUp=${setUp.token}`,
    );
}

/** The demo's orders came in before it was opened: each is placed by parts whose clock stands at its time. */
function pastOrders(storage: SqliteStorage, { now, newId }: Pick<ServerDeps, "now" | "newId">): PastOrders {
  return { now: now(), newId, at: (moment) => createDeps({ storage, now: () => moment, newId }) };
}

/** What is done now and then. A chore that fails is logged and tried again at its next turn. */
function startChores(
  {
    storage,
    access,
    publisher,
    contacts,
    health,
    keyUses,
    orders,
    returns,
    mailReturns,
    cases,
    deliveries,
    customers,
    loyalty,
    drivers,
    inbox,
    mails,
    dataAudit,
    now,
  }: ServerDeps,
  { mailSender, reportSender }: { readonly mailSender: MailSender; readonly reportSender: ReportSender },
  logger: Logger,
): () => void {
  const post = httpPost({ timeoutMs: POST_TIMEOUT_MS });
  const chance = Math.random;
  const delivery = createDelivery({ storage, now, chance, post });
  const http = fetchHttp({ timeoutMs: API_TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES });
  const apis = createShopApis({ drivers, http, now });
  const sender = createSender({ storage, apis, now, chance });
  const stock = createStockSender({ storage, apis, now, chance });
  const timers = [
    every(FORGET_PURCHASES_EVERY_MS, () => returns.forgetOld()),
    every(LAPSE_RETURNS_EVERY_MS, () => mailReturns.lapse()),
    every(PURGE_EVERY_MS, () =>
      storage.write(async (tx) => {
        await tx.purgeTombstones(instant(now() - TOMBSTONE_AGE_MS));
        await tx.purgeEras(instant(now() - TOMBSTONE_AGE_MS));
        await tx.purgeSharedBaskets(instant(now() - EVENT_AGE_MS));
        await tx.purgeEvents(instant(now() - EVENT_AGE_MS));
        await tx.purgePriceLog(instant(now() - PRICE_LOG_AGE_MS));
        await tx.purgeMessages(instant(now() - EVENT_AGE_MS));
      }),
    ),
    untilDone(COUNT_TICKETS_EVERY_MS, () => storage.write(countOlderTickets)),
    untilDone(COUNT_TICKETS_EVERY_MS, () => storage.write(countOlderFacts)),
    every(SEND_REPORTS_EVERY_MS, () => reportSender.deliver()),
    every(COUNT_DATA_AUDIT_EVERY_MS, () => dataAudit.count()),
    every(PURGE_EVERY_MS, () => reportSender.tidy()),
    every(PURGE_EVERY_MS, () => mails.tidy()),
    every(TIDY_ACCESS_EVERY_MS, () => access.sessions.tidy()),
    every(EXPIRE_CARDS_EVERY_MS, () =>
      expireGiftCards({ publisher, read: (work) => storage.read(work), now }),
    ),
    every(DELIVER_EVENTS_EVERY_MS, () => delivery.deliver()),
    every(DELIVER_EVENTS_EVERY_MS, () => sender.deliver()),
    every(SEND_MAIL_EVERY_MS, () => mailSender.deliver()),
    every(TELL_STOCK_EVERY_MS, () => stock.tell()),
    every(RETRY_MESSAGES_EVERY_MS, () => inbox.retryDue()),
    every(TICK_ORDERS_EVERY_MS, () => orders.tick()),
    every(TICK_CASES_EVERY_MS, () => cases.tick()),
    every(TICK_DELIVERIES_EVERY_MS, () => deliveries.tick()),
    every(TICK_CUSTOMERS_EVERY_MS, () => customers.tick()),
    every(TICK_LOYALTY_EVERY_MS, () => loyalty.tick()),
    every(NOTE_CONTACTS_EVERY_MS, () => contacts.flush()),
    every(NOTE_HEALTH_EVERY_MS, () => health.flush()),
    every(NOTE_CONTACTS_EVERY_MS, () => keyUses.flush()),
  ];
  return () => timers.forEach(clearInterval);

  /** Does what an earlier version left undone, slice by slice, and ends with the last. */
  function untilDone(periodMs: number, slice: () => Promise<boolean>): NodeJS.Timeout {
    const timer = every(periodMs, async () => {
      if (!(await slice())) clearInterval(timer);
    });
    return timer;
  }

  function every(periodMs: number, chore: () => Promise<void>): NodeJS.Timeout {
    return setInterval(() => {
      chore().catch((error: unknown) => logger.error({ err: error }, "a chore failed"));
    }, periodMs);
  }
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
