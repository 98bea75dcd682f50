import { type CustomerId, idOf } from "#domain/ids.ts";
import { isAfter } from "#domain/journal/order-of-entries.ts";
import { offlineState } from "#domain/store/offline-state.ts";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { HEARTBEAT_MS } from "#protocol/sync/changes.ts";
import type { SyncView } from "#protocol/till/status.ts";
import type { CustomerKeys } from "../customers/customer-keys.ts";
import { isCorrupt } from "../disk-trouble.ts";
import type { IdentityFile } from "../identity.ts";
import { ACKNOWLEDGED_DRAFT } from "../journal/acknowledged.ts";
import type { DiskJournal } from "../journal/journal.ts";
import type { OwnRecords } from "../journal/own-records.ts";
import type { Clock, Drafts, Unwatch } from "../ports.ts";
import type { DiskReplica } from "../replica/replica.ts";
import { PERSONAL_COLLECTIONS } from "../replica/sealed-rows.ts";
import type { TillKeys } from "../till-keys.ts";
import { Alarm, type Awakening } from "./alarm.ts";
import { BackIn } from "./back-in.ts";
import { COUNTED_EVERY_MS, LentKey } from "./lent-key.ts";
import { Link, NOT_LET_IN } from "./link.ts";
import { Missed } from "./missed.ts";
import { newerOf } from "./newer.ts";
import { type Brought, bringTogether } from "./pages.ts";
import { bringUpToDate, type CatchUpSettings, type FirstSyncProgress } from "./pull.ts";
import { type EpochOver, pushJournal, READS_PLACES_FROM } from "./push.ts";
import { runRetryLoop } from "./retry-loop.ts";
import { type Network, NotAServer, ServerClient, ServerRefusal, Unreachable } from "./server-client.ts";
import { WakeEvents } from "./wake-events.ts";

/**
 * How often a till asks that nobody woke, milliseconds: for everything while it hears no wake-ups, else for one collection in turn, so that each is asked for within
 * a quarter of an hour even where a wake-up was lost. All of them each minute would be most of what the tills of a large chain ask of its servers (docs/scaling.md).
 */
const POLL_EVERY_MS = 60_000;
/** What a first sync gains before screens are told of it: telling them takes as long as some dozens of documents do. */
const PERCENT_STEP = 3;
/** A stream that says nothing for this long, milliseconds, is dead. */
const SILENCE_MS = 3 * HEARTBEAT_MS;
/** A server that refuses this till as such is asked again this rarely, milliseconds. */
const REFUSED_REST_MS = 5 * 60_000;

/** Refusals of a whole call that mean what was sent, not who sent it or how often: nothing is taken in until people look. */
const ABOUT_THE_JOURNAL: ReadonlySet<ServerRefusal["reason"]> = new Set([
  "badRequest",
  "conflict",
  "forbidden",
  "notFound",
  "tooLarge",
]);

const IS_PERSONAL: ReadonlySet<ReplicaCollection> = new Set(PERSONAL_COLLECTIONS);

const NOTHING_BROUGHT: Brought = { atHead: new Set(), failed: new Map() };

export interface SyncListener {
  /** The stream of wake-ups is open. */
  connected(): void;
  /** A collection has been read further than it was. */
  caughtUp(collection: ReplicaCollection): void;
  /** HQ asks how this till is. */
  healthAsked(): void;
}

export interface SyncSettings {
  readonly journal: DiskJournal;
  readonly replica: DiskReplica;
  readonly identity: IdentityFile;
  readonly drafts: Pick<Drafts, "put">;
  /** Removes the drafts that a till which HQ has revoked is to keep no more. */
  readonly wipeDrafts: () => Promise<void>;
  /** Leaves nothing of drafts that were removed in the files. */
  readonly scrubDrafts: () => Promise<void>;
  /** These customers are erased, or this till is to hold them no more: whoever keeps something of them lets go of it. */
  readonly onErased: (customers: readonly CustomerId[]) => Promise<void>;
  /** Of whom something is kept besides the replica. */
  readonly keptCustomers: () => Promise<ReadonlySet<CustomerId>>;
  readonly customerKeys: CustomerKeys;
  readonly records: OwnRecords;
  /** By which the replica is sealed. */
  readonly keys: TillKeys;
  readonly clock: Clock;
  /** 0 up to 1; spreads retries. */
  readonly random: () => number;
  readonly network: Network;
  /** In place of all else: what a till asks for whose journal lacks entries, until it is closed. Answers how long to rest, milliseconds; throws what its calls throw. */
  readonly asks?: (server: ServerClient, heard: Link["heard"]) => Promise<number>;
  /** Told what goes on between till and server. Left out: nobody is. */
  readonly listener?: SyncListener;
  /** Something failed that neither the network nor the disk explains. */
  readonly onDefect: (error: unknown) => void;
}

/**
 * Keeps the till and the server in step: three loops (push, pull, wake-ups) that each try, and when the server is not there rest and try again.
 * No sale ever waits for any of them.
 */
export class Sync {
  readonly #settings: SyncSettings;
  readonly #watchers = new Set<() => void>();
  readonly #link: Link;
  readonly #pushAlarm: Alarm;
  readonly #pullAlarm: Alarm;
  readonly #streamAlarm: Alarm;
  /** To be pulled. */
  readonly #dirty = new Set<ReplicaCollection>();
  /** What is newer at the server may have come without a word to this till. */
  #isUnsure = false;
  /** It has asked for that since it was started. */
  #hasAsked = false;
  #loops: Promise<unknown> | null = null;
  #firstSync: FirstSyncProgress | null = null;
  readonly #lentKey: LentKey;
  #counting: unknown = null;
  #counted: Promise<void> = Promise.resolve();
  readonly #backIn: BackIn;
  readonly #missed: Missed;
  /** The last push did not reach the server. */
  #isAway = false;
  /** The stream of wake-ups is open. */
  #isListening = false;
  /** The server that it listens to knows the call. */
  #knowsPages = true;
  /** The call failed, and not everything came since. */
  #pagesFailed = false;
  /** The epoch of this till's journal of which a pull showed that it cannot go on. */
  #epochOver: EpochOver | null = null;
  /** It went on in its next epoch because of what it takes anew, and not all of that is taken yet. */
  #hasGoneOn = false;
  /** Wait for the end of a push that begins after they did; it says why it failed. */
  readonly #untilPushed = new Set<(failure: unknown) => void>();
  /** Place of the collection that is asked for next although nobody woke the till. */
  #turn = 0;
  /** When one last was, by the till's clock, milliseconds; null before this till pulled at all. */
  #turnedAtMs: number | null = null;
  /** Who is erased and stays in the replica until its next start, for it is hurt, as `why` says: everybody else has let go of them. */
  #kept: { readonly ids: ReadonlySet<string>; readonly why: unknown } | null = null;

  constructor(settings: SyncSettings) {
    this.#settings = settings;
    const { timers } = settings.network;
    this.#pushAlarm = new Alarm(timers);
    this.#pullAlarm = new Alarm(timers);
    this.#streamAlarm = new Alarm(timers);
    this.#lentKey = new LentKey(settings);
    this.#backIn = new BackIn(settings);
    this.#missed = new Missed(settings);
    this.#link = new Link({
      identity: settings.identity,
      clock: settings.clock,
      onChange: () => this.#tell(),
      onDefect: settings.onDefect,
    });
    settings.journal.watch(() => {
      // While the server is away a push is tried again by the back-off, or once it is heard: no sale pays for one more try.
      const isAway = this.#isAway;
      // The cashier's answer goes out first.
      setImmediate(() => {
        if (!isAway) this.#pushAlarm.ring();
        this.#tell();
      });
    });
    settings.identity.watch(() => this.#tell());
    settings.records.watch(() => this.#tell());
  }

  /** Starts the loops; a till that is not paired yet starts them when it is. They end when `network.closing` does. */
  start(): void {
    if (this.#loops !== null || this.#settings.identity.paired() === null) return;
    const closing = this.#settings.network.closing;
    closing.addEventListener("abort", () => {
      this.#settings.network.timers.clear(this.#counting);
      for (const ended of this.#untilPushed) ended(null);
      this.#wakeAll();
    });
    this.#countOn();
    const { asks } = this.#settings;
    this.#loops =
      asks === undefined
        ? Promise.all([
            this.#run(this.#pushAlarm, () => this.#push()),
            this.#run(this.#pullAlarm, (woken) => this.#pull(woken)),
            this.#run(this.#streamAlarm, (_, connected) => this.#listen(connected)),
          ])
        : this.#run(this.#pushAlarm, () => this.#askFor(asks));
    this.#tell();
  }

  /** Somebody knows that the network is back, or does not want to wait: whatever rests tries now, and all collections are asked for. */
  syncNow(): void {
    this.#pushAlarm.ring();
    this.#askForAll();
    // Only one that rests: a stream that is open is not to dial at once when it breaks.
    this.#streamAlarm.wake();
  }

  /** Resolves when the loops have ended, and what they noted is on disk. */
  async ended(): Promise<void> {
    await this.#loops;
    await this.#counted;
    await this.#settings.identity.settled();
  }

  get online(): boolean {
    return this.#link.state.state === "online";
  }

  /** Till clock minus server clock, milliseconds. */
  get clockOffsetMs(): number {
    return this.#link.clockOffsetMs;
  }

  view(): SyncView {
    const { journal, replica, identity } = this.#settings;
    const unsent = journal.unsent();
    const lastContactAt = identity.lastContactAt();
    const policy = replica.settings()?.offlinePolicy;
    const records = this.#settings.records.now;
    return {
      link: this.#link.state,
      firstSync:
        replica.complete || identity.identity() === null
          ? null
          : (this.#firstSync ?? { collection: REPLICA_COLLECTIONS[0], percent: 0 }),
      unsent: unsent.length,
      oldestUnsentAt: unsent[0]?.at ?? null,
      lastContactAt,
      clockOffsetMs: this.#link.clockOffsetMs,
      offlinePolicy:
        policy === undefined || identity.identity() === null
          ? "ok"
          : offlineState({ awayMs: identity.awayMs(), policy }),
      trouble: this.#link.trouble,
      ...(records.length === 0 ? {} : { records: [...records] }),
      ...(this.#backIn.letInAt === null ? {} : { letInAt: this.#backIn.letInAt }),
      customersNeedConnection: replica.needsConnection,
    };
  }

  watch(onChange: () => void): Unwatch {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }

  #tell(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Counts the time without the server on, for as long as the till runs. */
  #countOn(): void {
    const { timers, closing } = this.#settings.network;
    if (closing.aborted) return;
    this.#counting = timers.set(() => {
      this.#counted = this.#timePassed()
        .catch((error: unknown) => this.#link.failed(error))
        .finally(() => this.#countOn());
    }, COUNTED_EVERY_MS);
  }

  async #timePassed(): Promise<void> {
    if (this.online) return;
    if ((await this.#lentKey.timePassed(COUNTED_EVERY_MS)) === "givenBack") this.#tell();
  }

  #wakeAll(): void {
    for (const alarm of [this.#pushAlarm, this.#pullAlarm, this.#streamAlarm]) alarm.wake();
  }

  readonly #client = (): ServerClient => {
    const paired = this.#settings.identity.paired();
    if (paired === null) throw new Error("this till is not paired");
    return new ServerClient(paired, this.#settings.network);
  };

  #run(alarm: Alarm, work: (woken: Awakening, soFarSoGood: () => void) => Promise<number>): Promise<void> {
    return runRetryLoop({
      alarm,
      closing: this.#settings.network.closing,
      random: this.#settings.random,
      work,
      failed: (error) => {
        this.#link.failed(error);
        // Whichever loop hears it, the one that sends asks to be let in.
        if (this.#backIn.refused(error)) this.#pushAlarm.ring();
        return error instanceof ServerRefusal ? REFUSED_REST_MS : 0;
      },
    });
  }

  /** The server answered. Whoever rests because it had been away is woken. */
  readonly #heard: Link["heard"] = (serverTime) => {
    this.#backIn.heard();
    const wasAway = this.#link.heard(serverTime);
    if (wasAway) this.#wakeAll();
    return wasAway;
  };

  async #push(): Promise<number> {
    const waiting = [...this.#untilPushed];
    try {
      const restMs = await this.#send();
      for (const ended of waiting) ended(null);
      return restMs;
    } catch (error) {
      for (const ended of waiting) ended(error);
      throw error;
    }
  }

  async #send(): Promise<number> {
    const { journal, identity, drafts, customerKeys, records } = this.#settings;
    if (this.#backIn.isWanted) await this.#askIn();
    const outcome = await pushJournal({
      journal,
      identity,
      customerKeys,
      records,
      client: this.#client,
      link: { heard: this.#heard },
      epochOver: this.#epochOver,
      onAcknowledged: () => drafts.put(ACKNOWLEDGED_DRAFT, journal.acknowledged),
    }).catch((error: unknown) => {
      this.#isAway = error instanceof Unreachable;
      if (error instanceof ServerRefusal && ABOUT_THE_JOURNAL.has(error.reason))
        this.#link.raise("journalRefused");
      throw error;
    });
    this.#isAway = false;
    if (outcome === "refused") this.#link.raise("journalRefused");
    else this.#link.settle("journalRefused");
    return POLL_EVERY_MS;
  }

  /** Whoever lacks entries of its journal has nothing to show to a server that does not know it: what it told of itself now would not be so any more once it has them. */
  async #askFor(asks: NonNullable<SyncSettings["asks"]>): Promise<number> {
    if (this.#backIn.isWanted) this.#link.raise("notKnown");
    try {
      return await asks(this.#client(), this.#heard);
    } catch (error) {
      await this.#wipeIfRevoked(error);
      throw error;
    }
  }

  /** The server does not know this till (any more). */
  async #askIn(): Promise<void> {
    const whyNot = await this.#backIn.ask(this.#client);
    this.#link.settle(...NOT_LET_IN.filter((each) => each !== whyNot));
    if (whyNot !== null) {
      this.#link.raise(whyNot);
      return;
    }
    // What is to be told again is so after a restart as well.
    await this.#settings.drafts.put(ACKNOWLEDGED_DRAFT, this.#settings.journal.acknowledged);
    this.#tell();
    for (const alarm of [this.#pullAlarm, this.#streamAlarm]) alarm.ring();
  }

  async #pull(woken: Awakening): Promise<number> {
    await this.#backIn.prepare(this.#client);
    if (this.#turnedAtMs === null) {
      // What it holds it asks for once it hears wake-ups, or cannot.
      this.#turnedAtMs = this.#settings.network.nowMs();
      this.#isUnsure ||= !this.#settings.replica.complete;
      // Also where it was woken for another collection: in a busy shop no minute is quiet.
    } else if (woken === "due" || this.#untilNextTurnMs() <= 0) {
      this.#turnedAtMs = this.#settings.network.nowMs();
      if (this.#isListening && !this.#countsOwnTwice()) this.#markDirty(this.#nextInTurn());
      else this.#isUnsure = true;
    }
    if (this.#isUnsure) await this.#findWhatIsNewer();
    await this.#settings.replica.finishWipe();
    const failed = await this.#bringWhatIsLittle();
    const failures: unknown[] = [...failed.values()];
    for (const collection of REPLICA_COLLECTIONS) {
      if (failed.has(collection) || !this.#dirty.delete(collection)) continue;
      try {
        if (IS_PERSONAL.has(collection) && (await this.#lentKey.borrow(this.#client)) === "borrowed")
          this.#tell();
        await this.#bring(collection);
      } catch (error) {
        this.#dirty.add(collection);
        await this.#wipeIfRevoked(error);
        if (isAboutTheServer(error)) throw error;
        // A document in a wrong shape stops its own collection, not the ones after it.
        failures.push(error);
      }
    }
    await this.#erase();
    await this.#missed.erase(this.#client);
    if (failures.length > 0) throw failures[0];
    this.#link.settle("diskFull", "storageDamaged");
    this.#pagesFailed = false;
    if (this.#dirty.size === 0) this.#hasGoneOn = false;
    return this.#dirty.size > 0 || this.#isUnsure ? 0 : this.#untilNextTurnMs();
  }

  /** What the server took in may have moved nothing there, so that no wake-up tells of it: until the till hears that its stock contains it, its screen counts it once more. */
  #countsOwnTwice(): boolean {
    const { journal, replica } = this.#settings;
    return isAfter(journal.acknowledged, replica.appliedOf("stock"));
  }

  /** One question for all that nobody woke this till for: most of what a till that was away would pull brings nothing. */
  async #findWhatIsNewer(): Promise<void> {
    const { replica } = this.#settings;
    // Before the question: what comes while it is under way asks again.
    this.#isUnsure = false;
    this.#hasAsked = true;
    const unknown = REPLICA_COLLECTIONS.filter((each) => !this.#dirty.has(each));
    // Without the key nothing personal is up to date, however little came of it.
    const isReadable = (each: ReplicaCollection) => !IS_PERSONAL.has(each) || replica.isSealedByLentKey;
    const [asked, sealed] = [unknown.filter(isReadable), unknown.filter((each) => !isReadable(each))];
    try {
      const newer = await newerOf(asked, this.#pulling);
      this.#markDirty([...newer, ...sealed]);
    } catch (error) {
      this.#isUnsure = true;
      await this.#wipeIfRevoked(error);
      throw error;
    }
  }

  /** A minute at most; 0 when it is time. A clock that was set back puts nothing off. */
  #untilNextTurnMs(): number {
    const sinceMs = this.#settings.network.nowMs() - (this.#turnedAtMs ?? 0);
    return sinceMs < 0 ? 0 : Math.max(0, POLL_EVERY_MS - sinceMs);
  }

  #nextInTurn(): readonly ReplicaCollection[] {
    const next = REPLICA_COLLECTIONS[this.#turn];
    this.#turn = (this.#turn + 1) % REPLICA_COLLECTIONS.length;
    return next === undefined ? [] : [next];
  }

  /** What a sale of a neighbour changes, by one call for all of its collections; whatever else there is stays to be pulled one by one. Answers what could not be taken in. */
  async #bringWhatIsLittle(): Promise<ReadonlyMap<ReplicaCollection, unknown>> {
    const { replica } = this.#settings;
    const some = REPLICA_COLLECTIONS.filter(
      (each) => this.#dirty.has(each) && !IS_PERSONAL.has(each) && replica.position(each)?.complete === true,
    );
    if (some.length < 2 || !this.#knowsPages || this.#pagesFailed) return NOTHING_BROUGHT.failed;
    const before = new Map(some.map((each) => [each, replica.position(each)?.checkpoint]));
    // Before the question: what they are woken for meanwhile is pulled after it.
    for (const each of some) this.#dirty.delete(each);
    let brought = NOTHING_BROUGHT;
    try {
      const answer = await bringTogether(some, this.#pulling);
      this.#knowsPages = answer !== null;
      brought = answer ?? NOTHING_BROUGHT;
    } catch (error) {
      // What fails for all of them is found out one by one the next time.
      this.#pagesFailed = true;
      await this.#wipeIfRevoked(error);
      throw error;
    } finally {
      this.#markDirty(some.filter((each) => !brought.atHead.has(each)));
    }
    for (const each of brought.atHead) this.#tellOfNewer(each, before.get(each));
    return brought.failed;
  }

  get #pulling(): CatchUpSettings {
    const { replica, journal } = this.#settings;
    const onCaughtUp = () => journal.forget();
    return {
      replica,
      journal,
      client: this.#client,
      link: { heard: this.#heard },
      onCaughtUp,
      onEpochOver: (over) => this.#epochIsOver(over),
    };
  }

  /** Once for each epoch: what the server does not let go on now is tried again as any other push is. */
  #epochIsOver(over: EpochOver): void {
    if (over.epoch === this.#epochOver?.epoch) return;
    this.#epochOver = over;
    this.#pushAlarm.ring();
  }

  /**
   * Goes on in the next epoch (SPEC S35b), once for all that is taken anew: what was lost is told there, so a twin that does the same is not answered again. Where this is refused, it
   * is tried again as any other push is, and the till has its stock meanwhile. Throws Unreachable.
   */
  async #goOn(serverVersion: number): Promise<void> {
    const { journal, network } = this.#settings;
    // One of before would be told nothing but what it never acknowledged.
    if (serverVersion < READS_PLACES_FROM || this.#hasGoneOn || network.closing.aborted) return;
    const { epoch } = journal.head;
    const failure = await new Promise<unknown>((resolve) => {
      const ended = (why: unknown): void => {
        unwatch();
        this.#untilPushed.delete(ended);
        resolve(why);
      };
      // Not what the server takes in of it is waited for.
      const unwatch = journal.watch(() => {
        if (journal.head.epoch > epoch) ended(null);
      });
      this.#untilPushed.add(ended);
      this.#epochOver = { epoch, serverVersion };
      this.#pushAlarm.ring();
    });
    if (failure instanceof Unreachable) throw failure;
    this.#hasGoneOn = true;
  }

  #tellOfNewer(collection: ReplicaCollection, before: string | undefined): void {
    const { replica, listener } = this.#settings;
    if (replica.position(collection)?.checkpoint !== before) listener?.caughtUp(collection);
  }

  async #bring(collection: ReplicaCollection): Promise<void> {
    const { replica } = this.#settings;
    const before = replica.position(collection)?.checkpoint;
    await bringUpToDate(collection, {
      ...this.#pulling,
      onProgress: (progress) => this.#progressed(progress),
      onPage: async () => {
        // What hinders it keeps nobody from reading on: at the end it is tried again, and said.
        if (collection === "customers") await this.#erase().catch(() => undefined);
      },
      onPassed: (serverVersion) => this.#goOn(serverVersion),
    });
    this.#tellOfNewer(collection, before);
    if (replica.complete && this.#firstSync !== null) {
      this.#firstSync = null;
      this.#tell();
    }
  }

  #progressed(progress: FirstSyncProgress): void {
    const told = this.#firstSync;
    const isNext = told?.collection !== progress.collection;
    if (!isNext && Math.abs(progress.percent - told.percent) < PERCENT_STEP) return;
    this.#firstSync = progress;
    this.#tell();
  }

  /** Of whoever is gone nothing stays in any file. What a crash interrupts is done after the next pull: until then they are noted as deleted. */
  async #erase(): Promise<void> {
    const { replica, customerKeys, scrubDrafts, onErased } = this.#settings;
    await customerKeys.settle();
    const gone = replica.deletedIds("customers");
    const kept = this.#kept;
    if (kept !== null && kept.ids.size === gone.length && gone.every((id) => kept.ids.has(id)))
      throw kept.why;
    this.#kept = null;
    if (gone.length === 0) return;
    await onErased(gone.map((id) => idOf<"Customer">(id)));
    await scrubDrafts();
    try {
      await replica.scrub("customers");
    } catch (error) {
      if (isCorrupt(error)) this.#kept = { ids: new Set(gone), why: error };
      throw error;
    }
  }

  /** HQ has revoked this till: what it read is wiped, what it has not sent is not. What fails of it is said, and tried again with the next answer that says so. */
  async #wipeIfRevoked(error: unknown): Promise<void> {
    if (!(error instanceof ServerRefusal && error.reason === "deviceRevoked")) return;
    const { keys, wipeDrafts, scrubDrafts } = this.#settings;
    const failures: unknown[] = [];
    // Where the disk is full it is done below, once there is room.
    await keys.giveBack().catch(() => undefined);
    const parts = [() => this.#wipeReplica(), wipeDrafts, scrubDrafts, () => keys.giveBack()];
    // Whatever one part meets is no reason to leave the others where they are.
    for (const part of parts) await part().catch((failure: unknown) => failures.push(failure));
    for (const failure of failures) this.#link.failed(failure);
    if (failures.length === 0) this.#link.settle("diskFull", "storageDamaged");
    this.#tell();
  }

  async #wipeReplica(): Promise<void> {
    const { replica } = this.#settings;
    if (replica.isEmpty()) return;
    // A server that knows this till again is asked for all of it.
    this.#isUnsure = true;
    await replica.wipe();
  }

  /** Listens for wake-ups. Each new connection asks for everything once: what happened in between woke nobody. */
  async #listen(connected: () => void): Promise<number> {
    const { listener } = this.#settings;
    const events = new WakeEvents(() => listener?.healthAsked());
    let isFirst = true;
    try {
      for await (const piece of this.#client().changes(SILENCE_MS)) {
        this.#heard();
        if (isFirst) {
          isFirst = false;
          this.#isListening = true;
          this.#knowsPages = true;
          connected();
          listener?.connected();
          this.#pushAlarm.ring();
          this.#askForAll();
        }
        this.#wake(events.take(piece));
      }
    } catch (error) {
      // The server is there, and there are no wake-ups to wait for. Once: each answer wakes this loop, which may fail again.
      if (isFirst && !this.#hasAsked && !(error instanceof Unreachable)) this.#askForAll();
      throw error;
    } finally {
      this.#isListening = false;
    }
    throw new Unreachable("the stream of wake-ups ended");
  }

  #askForAll(): void {
    this.#isUnsure = true;
    this.#pullAlarm.ring();
  }

  #wake(collections: readonly ReplicaCollection[]): void {
    if (collections.length === 0) return;
    this.#markDirty(collections);
    this.#pullAlarm.ring();
  }

  #markDirty(collections: readonly ReplicaCollection[]): void {
    for (const collection of collections) this.#dirty.add(collection);
  }
}

function isAboutTheServer(error: unknown): boolean {
  return error instanceof Unreachable || error instanceof ServerRefusal || error instanceof NotAServer;
}
