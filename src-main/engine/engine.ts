import { mkdirSync } from "node:fs";
import { isLentKeyLapsed } from "#domain/customer/lent-key.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import type { Carrier } from "../devices/carrier/port.ts";
import type { DrawDocument } from "../devices/document/port.ts";
import type { OpenFiscalDevice } from "../devices/fiscal/port.ts";
import type { ConnectTerminal } from "../devices/payment-terminal/port.ts";
import type { ConnectPrinter, PrinterCatalogue } from "../devices/receipt-printer/port.ts";
import type { CounterDrivers } from "./counter/counter-devices.ts";
import { CustomerKeys } from "./customers/customer-keys.ts";
import { JOURNAL_FILE } from "./database.ts";
import { diskTroubleOf } from "./disk-trouble.ts";
import { doEach } from "./do-each.ts";
import { draftTableOf } from "./draft-table.ts";
import { createDrafts, sealPersonalDrafts } from "./drafts.ts";
import { holdFolder } from "./folder-lock.ts";
import { deviceStates } from "./health/device-states.ts";
import { diskUsage } from "./health/disk-usage.ts";
import { HealthReport } from "./health/health-report.ts";
import { logSync, TillLog } from "./health/till-log.ts";
import { epochOf, IdentityFile, PLAIN_VAULT, type Vault } from "./identity.ts";
import { acknowledgedIn } from "./journal/acknowledged.ts";
import type { OpenAppendFile } from "./journal/append-file.ts";
import { confirmRecords } from "./journal/confirm-records.ts";
import { DiskJournal } from "./journal/journal.ts";
import { JournalLacks } from "./journal/lacking.ts";
import { type JournalStore, openJournalStore } from "./journal/open-store.ts";
import { OwnRecords } from "./journal/own-records.ts";
import { removeDatabasesAside } from "./journal/set-aside.ts";
import { asksFor, type Lacking, openStandIn, removeStandIn, startLacking } from "./lacking-till.ts";
import { pairTill } from "./pairing.ts";
import { wipePersonalDrafts } from "./personal-drafts.ts";
import { type Picture, Pictures } from "./pictures/pictures.ts";
import { prefetchPictures } from "./pictures/prefetch.ts";
import type { Clock, NewId } from "./ports.ts";
import { LookAtRest } from "./replica/look-at-rest.ts";
import { openReplica } from "./replica/open-replica.ts";
import type { DiskReplica } from "./replica/replica.ts";
import type { VerifyPin } from "./shop/pin-verifier.ts";
import { rehearseOnceKnown } from "./shop/rehearsal.ts";
import { createShop, type Shop } from "./shop/verbs.ts";
import type { OpenFile } from "./storage/connection.ts";
import { Alarm, SYSTEM_TIMERS, type Timers } from "./sync/alarm.ts";
import { type Network, ServerClient } from "./sync/server-client.ts";
import { createServerLine } from "./sync/server-line.ts";
import { Sync } from "./sync/sync.ts";
import { TillKeys } from "./till-keys.ts";
import type { TillService } from "./till-service.ts";
import { Front, type RealTill } from "./training/front.ts";
import { openPractice, removePractice } from "./training/practice.ts";
import { openUpdates } from "./updates/open-updates.ts";
import type { Updater } from "./updates/port.ts";
import type { UpdateDesk } from "./updates/update-desk.ts";

export interface EngineSettings {
  /** Of the program that runs, as `package.json` writes it. */
  readonly version: string;
  /** Brings later versions. Left out: this till is restarted with them by hand. */
  readonly updater?: Updater;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly fetch: typeof fetch;
  /** 0 up to 1; spreads retries. */
  readonly random: () => number;
  readonly timers?: Timers;
  readonly vault?: Vault;
  /** Opens database files. Left out: as Node does. */
  readonly openFile?: OpenFile;
  /** Opens the journal's second copy. Left out: as a plain file. */
  readonly openAppend?: OpenAppendFile;
  /** What this machine is called at HQ. */
  readonly machineName: string;
  /** Opens the printer of an address; the engine knows the port, the program brings the driver. */
  readonly openPrinter: ConnectPrinter;
  /** Left out: printers are set up by hand, and no model is known. */
  readonly printerCatalogue?: PrinterCatalogue;
  /** Scanners, scales and pole displays. Left out: none is connected. */
  readonly counterDrivers?: CounterDrivers;
  /** Draws reports as files. */
  readonly drawDocument: DrawDocument;
  /** Opens the payment terminal of a set-up. Left out: approval codes are typed. */
  readonly openTerminal?: ConnectTerminal;
  /** Labels parcels of orders. Left out: parcels go with what a colleague typed. */
  readonly carrier?: Carrier;
  /** Opens the till's fiscal device. Left out: none can be set up. */
  readonly openFiscalDevice?: OpenFiscalDevice;
  /** Left out: by argon2id, in a thread of its own. */
  readonly verifyPin?: VerifyPin;
  /** A defect in the background: something threw that should have answered. The till goes on. */
  readonly onDefect?: (what: string, error: unknown) => void;
  /** The till could not be opened again after it had been given what its journal lacked: nothing of it runs any more, and the program is to end. */
  readonly onEnded?: (error: unknown) => void;
}

/** The till without a face. */
export interface Engine extends TillService {
  picture(hash: string): Promise<Picture | null>;
  /** Ends the loops and closes the files. A kill at any time is safe as well. */
  close(): Promise<void>;
}

/** What of a till lies on disk, and what it talks to the server with. */
export type TillParts = Awaited<ReturnType<typeof openParts>>;

/**
 * Opens the till's files and starts it. Works without any network; where both copies of its journal lack the same entries it sells once the server gave them. Throws FolderInUse when another
 * till runs on the folder, JournalDamaged when its journal is broken and no server can help, and what the disk throws.
 */
export async function startEngine(settings: EngineSettings): Promise<Engine> {
  const { dataDir } = settings;
  mkdirSync(dataDir, { recursive: true });
  const release = holdFolder(dataDir);
  try {
    await removePractice(dataDir);
    await removeStandIn(dataDir);
    const engine = await startTill({ settings }).catch((error: unknown) => {
      if (error instanceof JournalLacks) return startLacking(settings, { error, startTill });
      throw error;
    });
    return {
      verbs: engine.verbs,
      views: engine.views,
      picture: (hash) => engine.picture(hash),
      async close() {
        await engine.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

export interface StartOfTill {
  readonly settings: EngineSettings;
  /** What the server gave of what neither copy of the journal has. */
  readonly given?: readonly JournalEntry[];
  /** It starts without its journal, and asks for what that lacks. */
  readonly lacking?: Lacking;
}

async function startTill({ settings, given, lacking }: StartOfTill): Promise<Engine> {
  const closing = new AbortController();
  let opened: TillParts["opened"] = [];
  try {
    const parts = await openParts({ ...settings, given, isLacking: lacking !== undefined }, closing.signal);
    opened = parts.opened;
    return await assemble({ settings, parts, closing, lacking });
  } catch (error) {
    closing.abort();
    for (const part of opened) await part.close();
    throw error;
  }
}

export type PartsSettings = Pick<
  EngineSettings,
  | "version"
  | "dataDir"
  | "clock"
  | "newId"
  | "fetch"
  | "timers"
  | "vault"
  | "openFile"
  | "openAppend"
  | "onDefect"
> & {
  /** Of the database that holds the journal, where another is open. */
  readonly journalName?: string;
  /** What the server gave of what neither copy of the journal has. */
  readonly given?: readonly JournalEntry[] | undefined;
  /** Another, empty one takes the journal's place: nothing is read of it and nothing written to it. */
  readonly isLacking?: boolean;
};

/** Everything that lies on disk, opened in the order in which the parts need each other. When it throws, nothing stays open. */
export async function openParts(settings: PartsSettings, closing: AbortSignal) {
  const { version, dataDir, clock, fetch, timers = SYSTEM_TIMERS, vault = PLAIN_VAULT, onDefect } = settings;
  const { openFile, openAppend, journalName: name, given, isLacking = false } = settings;
  const network: Network = { fetch, timers, nowMs: () => clock.now(), closing, version };
  const identity = await IdentityFile.load(dataDir, vault, clock);
  const keys = await TillKeys.load(dataDir, vault, { onDamaged: (error) => onDefect?.("keys", error) });
  // One that asks for its journal reads nothing of customers, and hears of none who was erased meanwhile.
  if (isLacking || isLentKeyLapsed(identity.awayMs())) await giveBackInTime(keys, onDefect);
  const records = OwnRecords.open(dataDir, {
    clock,
    timers,
    onTrouble: (error) => onDefect?.("records", error),
  });
  const store = await openJournalStore({
    dataDir: isLacking ? await openStandIn(dataDir) : dataDir,
    name,
    openFile,
    openAppend,
    verify: identity.verify,
    clock,
    given,
    onCopyFailing: (error) => {
      records.found("oneCopy");
      onDefect?.("second copy", error);
    },
  });
  await records.recovered(store.recovery);
  const opened: { close(): Promise<unknown> }[] = [store, records];
  try {
    const table = draftTableOf(store.database.drafts);
    const drafts = createDrafts(table, keys);
    await sealPersonalDrafts(table, { drafts, scrub: () => store.scrub() });
    const acknowledged = acknowledgedIn(table);
    const { replica, database, lookThrough } = await openReplica({
      dataDir,
      keys,
      acknowledged,
      onDamaged: (error, state) => {
        records.found(state);
        onDefect?.("replica", error);
      },
      openFile,
    });
    opened.unshift(database);
    const journal = await openJournal({ settings, identity, replica, acknowledged, store, records });
    // Behind the cashier's answer: within a commit it would be a sale, now and then, that waits for it. One log at a time, for the pieces to stay small.
    journal.follow(() => setImmediate(() => store.database.tidy() || database.tidy("answer")));
    const customerKeys = await CustomerKeys.open(drafts, journal);
    /** The server this till is paired with; null while it is with none. */
    const connect = (): ServerClient | null => {
      const now = identity.paired();
      return now === null ? null : new ServerClient(now, network);
    };
    const pictures = new Pictures({ dataDir, client: connect });
    const stored = { journal: store.database.journal, replica: () => database.collections };
    const scrubDrafts = (): Promise<void> =>
      doEach(
        () => store.scrub(),
        // Of its own journal only what was set aside: that one's two copies are left as they are.
        async () => isLacking && (await removeDatabasesAside(dataDir, JOURNAL_FILE)),
      );
    return {
      wipeDrafts: () => wipePersonalDrafts(table),
      scrubDrafts,
      network,
      connect,
      identity,
      keys,
      drafts,
      customerKeys,
      replica,
      lookThrough,
      journal,
      pictures,
      records,
      stored,
      opened,
    };
  } catch (error) {
    for (const part of opened) await part.close();
    throw error;
  }
}

/** From here on nobody reads by the lent key. A disk that takes nothing keeps it, and the till sells all the same: sync gives it back on disk later. */
async function giveBackInTime(keys: TillKeys, onDefect: EngineSettings["onDefect"]): Promise<void> {
  try {
    await keys.giveBack();
  } catch (error) {
    if (diskTroubleOf(error) === null) onDefect?.("keys", error);
  }
}

async function openJournal({
  settings: { clock, newId, isLacking = false },
  identity,
  replica,
  acknowledged,
  store,
  records,
}: {
  readonly settings: PartsSettings;
  readonly identity: IdentityFile;
  readonly replica: DiskReplica;
  readonly acknowledged: AppliedUpTo;
  readonly store: JournalStore;
  readonly records: OwnRecords;
}): Promise<DiskJournal> {
  const journal = await DiskJournal.open(
    {
      collection: store.database.journal,
      copy: store.copy,
      onHurt: () => records.found("hurt"),
      onHurtOver: () => records.over("hurt"),
      identity: () => identity.identity(),
      sign: identity.sign,
      verify: identity.verify,
      clock,
      newId,
      isStandIn: isLacking,
      appliedOf: (collection) => replica.appliedOf(collection),
      appliedEverywhere: () => replica.appliedEverywhere(),
    },
    acknowledged,
  );
  if (isLacking) {
    records.found("asking");
    return journal;
  }
  // A till killed between its pairing and its first entry begins its journal now.
  const paired = identity.paired();
  if (paired === null || journal.head.epoch > 0) return journal;
  // One that has written before has lost what it wrote: numbers that were given out must not be given out again. Sync asks the server where it was.
  if (identity.hasWritten()) records.found("waiting");
  else await journal.beginEpoch(epochOf(paired));
  return journal;
}

async function assemble({
  settings,
  parts,
  closing,
  lacking,
}: {
  readonly settings: EngineSettings;
  readonly parts: TillParts;
  readonly closing: AbortController;
  readonly lacking: Lacking | undefined;
}): Promise<Engine> {
  const { clock, newId, random } = settings;
  const log = new TillLog(clock);
  const onDefect: NonNullable<EngineSettings["onDefect"]> = (what, error) => {
    log.noteDefect(what, error);
    settings.onDefect?.(what, error);
  };
  let health: HealthReport | null = null;
  const { network, identity, keys, drafts, customerKeys, replica, journal, pictures, opened } = parts;
  let keeping: Pick<Shop, "forgetCustomers" | "keptCustomers"> = {
    forgetCustomers: async () => undefined,
    keptCustomers: async () => new Set(),
  };
  const sync = new Sync({
    wipeDrafts: parts.wipeDrafts,
    scrubDrafts: parts.scrubDrafts,
    onErased: (customers) => keeping.forgetCustomers(customers),
    keptCustomers: () => keeping.keptCustomers(),
    listener: {
      connected: () => health?.connected(),
      caughtUp: (collection) => health?.caughtUp(collection),
      healthAsked: () => health?.asked(),
    },
    journal,
    replica,
    identity,
    drafts,
    customerKeys,
    records: parts.records,
    keys,
    clock,
    random,
    network,
    onDefect: (error) => onDefect("sync", error),
    ...(lacking === undefined ? {} : { asks: asksFor(lacking, parts) }),
  });
  const shop = await createShop({
    journal,
    replica,
    drafts,
    customerKeys,
    enrolment: identity,
    receiptSigner: identity.receiptSigner,
    clock,
    newId,
    openPrinter: settings.openPrinter,
    printerCatalogue: settings.printerCatalogue ?? { models: [], find: async () => undefined },
    counterDrivers: settings.counterDrivers ?? null,
    drawDocument: settings.drawDocument,
    openTerminal: settings.openTerminal ?? null,
    carrier: settings.carrier ?? null,
    openFiscalDevice: settings.openFiscalDevice ?? null,
    server: createServerLine({ sync, client: () => parts.connect() }),
    timers: network.timers,
    keepPicture: (picture) => pictures.put(picture),
    offlinePolicy: () => sync.view().offlinePolicy,
    onTrouble: (error) => onDefect("shop", error),
    ...(settings.verifyPin === undefined ? {} : { verifyPin: settings.verifyPin }),
  });
  keeping = shop;
  // What opens from here on may fail: then these are closed as well, before the files they write to.
  opened.unshift({ close: () => sync.ended() }, { close: () => shop.close() });
  const prefetchAlarm = new Alarm(network.timers);
  sync.watch(() => {
    if (sync.view().firstSync === null) prefetchAlarm.ring();
  });
  const prefetched = prefetchPictures({
    pictures,
    replica,
    ready: () => replica.complete,
    alarm: prefetchAlarm,
    closing: closing.signal,
    random,
  });
  const updates = await openUpdates({ settings, parts, shop });
  health = new HealthReport({
    clock,
    timers: network.timers,
    closing: closing.signal,
    random,
    replica,
    sync: () => sync.view(),
    records: parts.records,
    storage: () => diskUsage(settings.dataDir),
    devices: () => deviceStates(shop.views),
    log,
    send: (said) => {
      const server = parts.connect();
      return server === null ? Promise.reject(new Error("this till is not paired")) : server.health(said);
    },
  });
  logSync({ sync, log, version: settings.version });
  const reported = health.run();
  sync.start();
  rehearseOnceKnown({
    replica,
    enrolment: identity,
    clock,
    sync: { isFirstSyncIn: () => replica.complete, watch: (onChange) => sync.watch(onChange) },
    // Scanning first.
    after: shop.catalogLoaded,
    closing: closing.signal,
    onDefect: (error) => onDefect("rehearsal", error),
  });
  const atRest = new LookAtRest({
    lookThrough: parts.lookThrough,
    timers: network.timers,
    onTrouble: (error) => onDefect("replica", error),
  });
  const front = new Front({
    real: faceOf({ settings, parts, shop, sync, updates: updates.desk }),
    onTouched: () => {
      updates.desk.touched();
      atRest.touched();
    },
    openPractice: () => openPractice({ settings, real: parts, openParts, onDefect }),
    clock,
    timers: network.timers,
    onDefect,
  });
  updates.heed(front.views.training);
  return {
    verbs: front.verbs,
    views: front.views,
    picture: (hash) => pictures.get(hash),
    async close() {
      await front.close();
      updates.desk.close();
      atRest.close();
      closing.abort();
      await Promise.all([prefetched, reported]);
      for (const part of opened) await part.close();
    },
  };
}

/** The contract's verbs and views: the shop's own, and what is the engine's. */
function faceOf({
  settings,
  parts: { identity, journal, network, pictures, records },
  shop,
  sync,
  updates,
}: {
  readonly settings: EngineSettings;
  readonly parts: TillParts;
  readonly shop: Shop;
  readonly sync: Sync;
  readonly updates: UpdateDesk;
}): RealTill {
  // One after another: two pairings at once would enrol this machine twice.
  let pairing: Promise<unknown> = Promise.resolve();
  return {
    mayTrain: (word) => shop.mayTrain(word),
    verbs: {
      ...shop.verbs,
      pair(args) {
        const paired = pairing.then(() =>
          pairTill(args, {
            identity,
            journal,
            clock: settings.clock,
            connect: (server) => new ServerClient({ server, token: null }, network),
            machineName: settings.machineName,
          }),
        );
        pairing = paired.then(
          () => sync.start(),
          () => undefined,
        );
        return paired;
      },
      confirmRecords: (args) =>
        confirmRecords(args, { records, shop, onTrouble: (error) => settings.onDefect?.("records", error) }),
      installUpdate: (args) => updates.install(args),
      async syncNow() {
        sync.syncNow();
        return {};
      },
      async picture({ image }) {
        const picture = await pictures.get(image);
        if (picture === null) return null;
        return { mime: picture.mime, bytes: Buffer.from(picture.bytes).toString("base64") };
      },
    },
    views: {
      ...shop.views,
      sync: { current: () => sync.view(), watch: (onChange) => sync.watch(onChange) },
      update: { current: () => updates.view(), watch: (onChange) => updates.watch(onChange) },
    },
  };
}
