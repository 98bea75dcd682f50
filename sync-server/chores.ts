import type { Logger } from "pino";
import { instant } from "#domain/ids.ts";
import { forgetRemoved } from "./catalog/forget-removed.ts";
import { API_TIMEOUT_MS, fetchHttp, MAX_ANSWER_BYTES } from "./connectors/http.ts";
import { createSender } from "./connectors/sender.ts";
import { createShopApis } from "./connectors/shop-apis.ts";
import { createStockSender } from "./connectors/stock.ts";
import { expireGiftCards } from "./credits/expiry.ts";
import { createDelivery } from "./events/delivery.ts";
import { httpPost, POST_TIMEOUT_MS } from "./events/post.ts";
import type { ServerDeps } from "./http/deps.ts";
import type { Sending } from "./mail/sending.ts";
import { countOlderTickets } from "./reports/book.ts";
import { countOlderFacts } from "./reports/book-across.ts";
import type { ReportSender } from "./reports/sender.ts";
import { tickTax } from "./stores/tick-tax.ts";
import type { Tracing } from "./tracing/port.ts";
import { tracedHttp, tracedPost } from "./tracing/traced.ts";

/** Tombstones are kept this long; a till away longer takes a fresh snapshot. */
const TOMBSTONE_AGE_MS = 90 * 86_400_000;
const COUNT_DATA_AUDIT_EVERY_MS = 3_600_000;
const PURGE_EVERY_MS = 6 * 3_600_000;
const EXPIRE_CARDS_EVERY_MS = 3_600_000;
const FORGET_PURCHASES_EVERY_MS = 6 * 3_600_000;
const LAPSE_RETURNS_EVERY_MS = 3_600_000;
const NOTE_CONTACTS_EVERY_MS = 5_000;
/** Should news of another server be lost although the connection holds. */
const COMPARE_HEADS_EVERY_MS = 5_000;
/** Consoles ask how many tills have a change: those that answer write at once. */
const NOTE_HEALTH_EVERY_MS = 10_000;
const TICK_ORDERS_EVERY_MS = 15_000;
const TICK_CASES_EVERY_MS = 60_000;
const TICK_DELIVERIES_EVERY_MS = 3_600_000;
const TICK_TAX_EVERY_MS = 30_000;
const TICK_CUSTOMERS_EVERY_MS = 3_600_000;
const TICK_LOYALTY_EVERY_MS = 60_000;
const DELIVER_EVENTS_EVERY_MS = 1_000;
const SEND_MAIL_EVERY_MS = 2_000;
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

/**
 * What is done now and then. A chore that fails is logged and tried again at its next turn. Of several servers on a database one does them all; where two
 * come together, as one takes over from the other, what is sent is claimed first, and all else is safe to do twice.
 */
export function startChores(
  {
    storage,
    access,
    publisher,
    contacts,
    hearing,
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
  {
    mailSender,
    reportSender,
    linkSender,
    tracing,
  }: {
    readonly mailSender: Sending;
    readonly reportSender: ReportSender;
    readonly linkSender: Sending;
    readonly tracing: Tracing;
  },
  logger: Logger,
): () => void {
  const post = tracedPost(httpPost({ timeoutMs: POST_TIMEOUT_MS }), tracing);
  const chance = Math.random;
  const delivery = createDelivery({ storage, now, chance, post });
  const http = tracedHttp(fetchHttp({ timeoutMs: API_TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES }), tracing);
  const apis = createShopApis({ drivers, http, now });
  const sender = createSender({ storage, apis, now, chance });
  const stock = createStockSender({ storage, apis, now, chance });
  const timers = [
    onDuty(FORGET_PURCHASES_EVERY_MS, () => returns.forgetOld()),
    onDuty(LAPSE_RETURNS_EVERY_MS, () => mailReturns.lapse()),
    onDuty(PURGE_EVERY_MS, () =>
      storage.write(async (tx) => {
        await tx.purgeTombstones(instant(now() - TOMBSTONE_AGE_MS));
        await tx.purgeEras(instant(now() - TOMBSTONE_AGE_MS));
        await tx.purgeSharedBaskets(instant(now() - EVENT_AGE_MS));
        await tx.purgeEvents(instant(now() - EVENT_AGE_MS));
        await tx.purgePriceLog(instant(now() - PRICE_LOG_AGE_MS));
        await tx.purgeMessages(instant(now() - EVENT_AGE_MS));
        await forgetRemoved(tx, now());
      }),
    ),
    untilDone(COUNT_TICKETS_EVERY_MS, () => storage.write(countOlderTickets)),
    untilDone(COUNT_TICKETS_EVERY_MS, () => storage.write(countOlderFacts)),
    onDuty(SEND_REPORTS_EVERY_MS, () => reportSender.deliver()),
    onDuty(COUNT_DATA_AUDIT_EVERY_MS, () => dataAudit.count()),
    onDuty(PURGE_EVERY_MS, () => reportSender.tidy()),
    onDuty(PURGE_EVERY_MS, () => mails.tidy()),
    onDuty(TIDY_ACCESS_EVERY_MS, () => access.sessions.tidy()),
    onDuty(EXPIRE_CARDS_EVERY_MS, () =>
      expireGiftCards({ publisher, read: (work) => storage.read(work), now }),
    ),
    onDuty(DELIVER_EVENTS_EVERY_MS, () => delivery.deliver()),
    onDuty(DELIVER_EVENTS_EVERY_MS, () => sender.deliver()),
    onDuty(SEND_MAIL_EVERY_MS, () => mailSender.deliver()),
    onDuty(SEND_MAIL_EVERY_MS, () => linkSender.deliver()),
    onDuty(TELL_STOCK_EVERY_MS, () => stock.tell()),
    onDuty(RETRY_MESSAGES_EVERY_MS, () => inbox.retryDue()),
    onDuty(TICK_ORDERS_EVERY_MS, () => orders.tick()),
    onDuty(TICK_CASES_EVERY_MS, () => cases.tick()),
    onDuty(TICK_DELIVERIES_EVERY_MS, () => deliveries.tick()),
    onDuty(TICK_TAX_EVERY_MS, () => tickTax({ storage, publisher, now })),
    onDuty(TICK_CUSTOMERS_EVERY_MS, () => customers.tick()),
    onDuty(TICK_LOYALTY_EVERY_MS, () => loyalty.tick()),
    every(NOTE_CONTACTS_EVERY_MS, () => contacts.flush()),
    every(NOTE_HEALTH_EVERY_MS, () => health.flush()),
    every(NOTE_CONTACTS_EVERY_MS, () => keyUses.flush()),
    every(COMPARE_HEADS_EVERY_MS, () => hearing.catchUp()),
  ];
  return () => timers.forEach(clearInterval);

  /** Does what an earlier version left undone, slice by slice, and ends with the last. */
  function untilDone(periodMs: number, slice: () => Promise<boolean>): NodeJS.Timeout {
    const timer = onDuty(periodMs, async () => {
      if (!(await slice())) clearInterval(timer);
    });
    return timer;
  }

  function onDuty(periodMs: number, chore: () => Promise<void>): NodeJS.Timeout {
    return every(periodMs, async () => {
      if (storage.isOnDuty) await chore();
    });
  }

  /** Each server for itself. */
  function every(periodMs: number, chore: () => Promise<void>): NodeJS.Timeout {
    return setInterval(() => {
      chore().catch((error: unknown) => logger.error({ err: error }, "a chore failed"));
    }, periodMs);
  }
}
