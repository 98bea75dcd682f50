import { randomBytes, randomInt } from "node:crypto";
import type { Instant } from "#domain/ids.ts";
import { type Access, createAccess } from "../access/access.ts";
import { createKeyUses, type KeyUses } from "../access/key-uses.ts";
import type { CaseDesk } from "../cases/case-desk.ts";
import { createCaseDesk } from "../cases/desk.ts";
import { createImportJobs, type ImportJobs } from "../catalog/import/import-jobs.ts";
import { createDarkroom } from "../catalog/pictures/darkroom.ts";
import type { Darkroom } from "../catalog/pictures/keep-picture.ts";
import { createSpreadsheets, type Spreadsheets } from "../catalog/spreadsheet/spreadsheets.ts";
import { DRIVERS, type Drivers } from "../connectors/drivers.ts";
import { createInbox, type Inbox } from "../connectors/inbox.ts";
import { type Credits, createCredits } from "../credits/credits.ts";
import { createHqDesk, type HqDesk } from "../credits/hq-desk.ts";
import { createShopDesk, type ShopDesk } from "../credits/shop-desk.ts";
import { type CustomerDesk, createCustomerDesk } from "../customers/desk.ts";
import { Live } from "../dashboard/live.ts";
import { createDataAudit, type DataAuditDesk } from "../data-audit/desk.ts";
import { createDeliveryDesk, type DeliveryDesk } from "../deliveries/desk.ts";
import type { Exceptions } from "../exceptions/exceptions.ts";
import { createExceptions } from "../exceptions/resolve.ts";
import { createLoyalty, type Loyalty } from "../loyalty/loyalty.ts";
import { createShopPoints, type ShopPoints } from "../loyalty/shop-points.ts";
import { createMails, type Mails } from "../mail/mails.ts";
import { createOrderDesk } from "../orders/desk.ts";
import type { OrderDesk } from "../orders/order-desk.ts";
import { createPriceCheck, type PriceCheck } from "../prices/check.ts";
import { createQuotes, type Quotes } from "../quotes/quotes.ts";
import { createSimulations, type Simulations } from "../quotes/simulations.ts";
import { createReceiptCodes, type ReceiptCodes } from "../receipts/codes.ts";
import { createPdfPress, type PdfPress } from "../receipts/pdf/press.ts";
import { createReturnsDesk, type ReturnsDesk } from "../returns/desk.ts";
import { createMailReturns, type MailReturns } from "../returns/mail-returns.ts";
import { createReturnPolicies, type ReturnPolicies } from "../returns/policies.ts";
import { createPeople, type People } from "../staff/people.ts";
import { type Counts, createCounts } from "../stock/counts.ts";
import type { Standing, Storage } from "../storage/port.ts";
import { Arrivals } from "../sync/arrivals.ts";
import { AskedTogether } from "../sync/asked-together.ts";
import { createBooking } from "../sync/booking.ts";
import { type Contacts, createContacts } from "../sync/contacts.ts";
import { createEnrolment, type Enrolment } from "../sync/enrol.ts";
import type { Every } from "../sync/every.ts";
import { createHearing, type Hearing } from "../sync/hearing.ts";
import { createIngestion, type Ingestion } from "../sync/ingest.ts";
import { BY_COUNT, type LinePace } from "../sync/journal-line.ts";
import { createLeases, type Leases } from "../sync/leases.ts";
import { createLettingIn, type LettingIn } from "../sync/letting-in.ts";
import { createPublisher, type Publisher } from "../sync/publisher.ts";
import { createPulls } from "../sync/pull.ts";
import { createPullDesk, type PullDesk } from "../sync/pull-desk.ts";
import type { LooksAhead } from "../sync/seals.ts";
import { Selling } from "../sync/selling.ts";
import { createSnapshots, type Snapshots } from "../sync/snapshot.ts";
import { createTakingOver, type TakingOver } from "../sync/take-over.ts";
import { Wakeups } from "../sync/wakeups.ts";
import { createHealthBook, type HealthBook } from "../tills/health-book.ts";
import { NO_TRACES, type Tracing } from "../tracing/port.ts";
import { tracedInbox, tracedIngestion, tracedPullDesk } from "../tracing/traced.ts";

/** None of these keeps the program up: each goes on for somebody who waits at a connection, and that one does. */
const byTheMachine: Every = (ms, work) => {
  const timer = setInterval(work, ms).unref();
  return () => clearInterval(timer);
};

/** What the routes hand their requests to. */
export interface ServerDeps {
  readonly storage: Storage;
  readonly access: Access;
  readonly publisher: Publisher;
  readonly enrolment: Enrolment;
  readonly takingOver: TakingOver;
  readonly lettingIn: LettingIn;
  readonly ingestion: Ingestion;
  readonly pullDesk: PullDesk;
  /** Sales that are on their way into the journal. */
  readonly selling: Selling;
  /** Lines that come in. */
  readonly arrivals: Arrivals;
  readonly snapshots: Snapshots;
  readonly leases: Leases;
  readonly orders: OrderDesk;
  readonly returns: ReturnsDesk;
  readonly mailReturns: MailReturns;
  readonly returnPolicies: ReturnPolicies;
  readonly receiptCodes: ReceiptCodes;
  readonly pdfs: PdfPress;
  readonly darkroom: Darkroom;
  readonly spreadsheets: Spreadsheets;
  readonly imports: ImportJobs;
  readonly credits: Credits;
  readonly shopDesk: ShopDesk;
  readonly hqDesk: HqDesk;
  readonly quotes: Quotes;
  readonly priceCheck: PriceCheck;
  readonly dataAudit: DataAuditDesk;
  readonly loyalty: Loyalty;
  readonly shopPoints: ShopPoints;
  readonly simulations: Simulations;
  readonly cases: CaseDesk;
  readonly deliveries: DeliveryDesk;
  readonly customers: CustomerDesk;
  readonly people: People;
  readonly counts: Counts;
  readonly exceptions: Exceptions;
  readonly drivers: Drivers;
  readonly inbox: Inbox;
  readonly mails: Mails;
  readonly wakeups: Wakeups;
  /** Where tills stand that listen, as it is now, by the hash of the token that they showed. */
  readonly newestStandings: AskedTogether<string, Standing>;
  readonly hearing: Hearing;
  readonly contacts: Contacts;
  readonly health: HealthBook;
  /** Tells consoles what has changed. */
  readonly live: Live;
  readonly keyUses: KeyUses;
  /** Bytes that nobody can guess. */
  readonly randomBytes: (count: number) => Uint8Array;
  readonly every: Every;
  readonly now: () => Instant;
  readonly newId: () => string;
}

/** Puts the server's parts together on one storage; clock and ids come from outside. */
export function createDeps({
  storage,
  now,
  newId,
  drivers = DRIVERS,
  chance = Math.random,
  sendsMail = false,
  onTaken = () => undefined,
  onApart = () => undefined,
  every = byTheMachine,
  tracing = NO_TRACES,
  takesIn = {},
  arrivals = new Arrivals(),
}: Pick<ServerDeps, "storage" | "now" | "newId"> & {
  readonly drivers?: Drivers;
  /** Answers a number from 0 to 1. */
  readonly chance?: () => number;
  /** Whether a way to send mail was set up. */
  readonly sendsMail?: boolean;
  /** Told how many entries of a till's journal were new, once they are durable. */
  readonly onTaken?: (entries: number) => void;
  /** Told why sales that wait at the same time could not be booked together; then each is tried alone. */
  readonly onApart?: (error: unknown) => void;
  /** How journals are taken in. Left out: the same way whenever it is done again. */
  readonly takesIn?: { readonly looksAhead?: LooksAhead; readonly pace?: LinePace };
  /** Hears of every line that comes in. */
  readonly arrivals?: Arrivals;
  /** Left out: by this machine's timers. */
  readonly every?: Every;
  /** Left out: nothing is traced. */
  readonly tracing?: Tracing;
}): ServerDeps {
  const wakeups = new Wakeups();
  const live = new Live();
  const publisher = createPublisher({ storage, now });
  const randomBelow = (limit: number): number => randomInt(limit);
  const orders = createOrderDesk({ storage, publisher, now, newId, randomBelow });
  const returns = createReturnsDesk({ storage, publisher, now, newId });
  const cases = createCaseDesk({ storage, publisher, now, newId });
  const customers = createCustomerDesk({ storage, publisher, now, newId });
  const priceCheck = createPriceCheck({ storage, publisher, now });
  const spreadsheets = createSpreadsheets();
  const booking = createBooking({ orders, returns, cases, customers }, onApart);
  const { pace = BY_COUNT } = takesIn;
  const selling = new Selling();
  return {
    storage,
    access: createAccess({ storage, now, newId, randomBytes: (count) => randomBytes(count) }),
    publisher,
    enrolment: createEnrolment({ storage, publisher, now, newId }),
    takingOver: createTakingOver({ storage, publisher, now }),
    lettingIn: createLettingIn({ storage, publisher, now }),
    selling,
    arrivals,
    ingestion: tracedIngestion(createIngestion({ publisher, booking, now, onTaken, ...takesIn }), tracing),
    pullDesk: tracedPullDesk(
      createPullDesk({
        storage,
        pulls: createPulls({ now }),
        clock: now,
        now: pace.now,
        breathe: () => pace.giveWay((go) => selling.whenOver(go)),
        yieldThread: () => pace.breathe(0, false),
        every,
      }),
      tracing,
    ),
    snapshots: createSnapshots({ storage, now }),
    leases: createLeases({ publisher, orders }),
    orders,
    returns,
    mailReturns: createMailReturns({ storage, publisher, now, newId, randomBytes }),
    returnPolicies: createReturnPolicies({ storage, publisher }),
    cases,
    deliveries: createDeliveryDesk({ storage, publisher, now, newId }),
    customers,
    people: createPeople({ publisher, newId, randomBytes }),
    counts: createCounts({ publisher, newId }),
    receiptCodes: createReceiptCodes({ storage, now }),
    pdfs: createPdfPress(),
    darkroom: createDarkroom(),
    spreadsheets,
    imports: createImportJobs({ storage, publisher, spreadsheets, now, newId }),
    credits: createCredits({ storage, now }),
    shopDesk: createShopDesk({ publisher, newId, randomBytes }),
    hqDesk: createHqDesk({ publisher, newId }),
    quotes: createQuotes({ storage, now }),
    priceCheck,
    dataAudit: createDataAudit({ storage, priceCheck, now }),
    loyalty: createLoyalty({ storage, publisher, now }),
    shopPoints: createShopPoints({ storage, publisher, now }),
    simulations: createSimulations({ storage, now }),
    exceptions: createExceptions({ storage, publisher, booking, newId }),
    drivers,
    inbox: tracedInbox(createInbox({ storage, publisher, orders, drivers, now, chance }), tracing),
    mails: createMails({ storage, now, isConfigured: sendsMail }),
    wakeups,
    newestStandings: new AskedTogether((tokenHashes) =>
      storage.read((tx) => tx.standings({ tokenHashes, chainFeeds: [] })),
    ),
    hearing: createHearing({ storage, wakeups, live }),
    contacts: createContacts({ storage, now }),
    health: createHealthBook({ storage, now, onSaid: () => live.changed(["tills"]) }),
    live,
    keyUses: createKeyUses({ storage, now }),
    randomBytes: (count) => randomBytes(count),
    every,
    now,
    newId,
  };
}
