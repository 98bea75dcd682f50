import { type Instant, instant } from "#domain/ids.ts";
import { offlineState } from "#domain/store/offline-state.ts";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { HEARTBEAT_MS, wakeSchema } from "#protocol/sync/changes.ts";
import type { ViewValue } from "#protocol/till/contract.ts";
import type { IdentityFile } from "../identity.ts";
import type { DiskJournal } from "../journal/journal.ts";
import type { Clock, Drafts, Unwatch } from "../ports.ts";
import type { DiskReplica } from "../replica/replica.ts";
import { Alarm, type Timers } from "./alarm.ts";
import { backoffMs } from "./backoff.ts";
import { createPull, type FirstSyncProgress } from "./pull.ts";
import { createPush } from "./push.ts";
import { ServerClient, ServerRefusal } from "./server-client.ts";

/** Pulled at least this often, milliseconds: a lost wake-up must not leave a till with yesterday's prices. */
const POLL_EVERY_MS = 60_000;
/** A stream that says nothing for this long, milliseconds, is dead. */
const SILENCE_MS = 3 * HEARTBEAT_MS;

type SyncView = ViewValue<"sync">;

export interface SyncSettings {
  readonly journal: DiskJournal;
  readonly replica: DiskReplica;
  readonly identity: IdentityFile;
  readonly drafts: Drafts;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly fetch: typeof fetch;
  /** HQ has revoked this till: what it read is wiped, what it has not sent is not. */
  readonly onRevoked: () => Promise<void>;
}

export const ACKNOWLEDGED_DRAFT = "sync.acknowledged";

/**
 * Keeps the till and the server in step: three loops that each try, and when the server is not there wait and try again. None of them is ever
 * waited for by a sale.
 */
export class Sync {
  readonly #settings: SyncSettings;
  readonly #watchers = new Set<() => void>();
  readonly #pushAlarm: Alarm;
  readonly #pullAlarm: Alarm;
  readonly #streamAlarm: Alarm;
  readonly #stop = new AbortController();
  readonly #dirty = new Set<ReplicaCollection>(REPLICA_COLLECTIONS);
  #loops: Promise<unknown> | null = null;
  #link: SyncView["link"];
  #firstSync: FirstSyncProgress | null = null;
  #clockOffsetMs = 0;
  #trouble: SyncView["trouble"] = null;

  constructor(settings: SyncSettings) {
    this.#settings = settings;
    this.#pushAlarm = new Alarm(settings.timers);
    this.#pullAlarm = new Alarm(settings.timers);
    this.#streamAlarm = new Alarm(settings.timers);
    const heard = settings.identity.lastContactAt();
    this.#link = heard === null ? { state: "neverOnline" } : { state: "offline", since: heard };
    settings.journal.watch(() => {
      this.#pushAlarm.ring();
      this.#tell();
    });
  }

  /** Starts the loops; a till that is not paired yet starts them when it is. */
  start(): void {
    if (this.#loops !== null || this.#settings.identity.paired() === null) return;
    this.#loops = Promise.all([this.#pushLoop(), this.#pullLoop(), this.#streamLoop()]);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    for (const alarm of [this.#pushAlarm, this.#pullAlarm, this.#streamAlarm]) alarm.ring();
    await this.#loops;
  }

  view(): SyncView {
    const { journal, replica, identity, clock } = this.#settings;
    const unsent = journal.unsent();
    const lastContactAt = identity.lastContactAt();
    const policy = replica.settings()?.offlinePolicy;
    const since = lastContactAt ?? identity.identity()?.pairedAt ?? null;
    return {
      link: this.#link,
      firstSync:
        this.#firstSync ??
        (replica.complete || identity.identity() === null ? null : { collection: "settings", percent: 0 }),
      unsent: unsent.length,
      oldestUnsentAt: unsent[0]?.at ?? null,
      lastContactAt,
      clockOffsetMs: this.#clockOffsetMs,
      offlinePolicy:
        policy === undefined || since === null
          ? "ok"
          : offlineState({ lastContact: since, now: clock.now(), policy }),
      trouble: this.#trouble,
    };
  }

  watch(onChange: () => void): Unwatch {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }

  readonly #client = (): ServerClient => {
    const paired = this.#settings.identity.paired();
    if (paired === null) throw new Error("this till is not paired");
    return new ServerClient(paired, { fetch: this.#settings.fetch, nowMs: () => this.#settings.clock.now() });
  };

  async #pushLoop(): Promise<void> {
    const { journal, identity, drafts } = this.#settings;
    const push = createPush({
      journal,
      identity,
      client: this.#client,
      onAcknowledged: () => drafts.put(ACKNOWLEDGED_DRAFT, journal.acknowledged),
      onServerTime: (serverTimeMs) => this.#heard(serverTimeMs),
    });
    await this.#forever(this.#pushAlarm, async () => {
      const outcome = await push.run();
      this.#setTrouble(outcome === "refused" ? "journalRefused" : null);
      return POLL_EVERY_MS;
    });
  }

  async #pullLoop(): Promise<void> {
    const { replica, journal } = this.#settings;
    const pull = createPull({
      replica,
      client: this.#client,
      onProgress: (progress) => {
        this.#firstSync = progress;
        this.#tell();
      },
      onApplied: () => journal.forget(oldestApplied(replica)),
      onServerTime: (serverTimeMs) => this.#heard(serverTimeMs),
    });
    await this.#forever(
      this.#pullAlarm,
      async () => {
        const wanted = [...this.#dirty];
        this.#dirty.clear();
        try {
          await pull.run(wanted, this.#stop.signal);
        } catch (error) {
          for (const collection of wanted) this.#dirty.add(collection);
          throw error;
        }
        if (this.#dirty.size > 0) return 0;
        return POLL_EVERY_MS;
      },
      () => {
        for (const collection of REPLICA_COLLECTIONS) this.#dirty.add(collection);
      },
    );
  }

  /** Listens for wake-ups. Each new connection pulls everything once: what happened in between woke nobody. */
  async #streamLoop(): Promise<void> {
    await this.#forever(this.#streamAlarm, async () => {
      const call = new AbortController();
      const stop = () => call.abort();
      this.#stop.signal.addEventListener("abort", stop);
      let silence = this.#settings.timers.set(stop, SILENCE_MS);
      try {
        let text = "";
        let connected = false;
        for await (const piece of this.#client().changes(call.signal)) {
          this.#settings.timers.clear(silence);
          silence = this.#settings.timers.set(stop, SILENCE_MS);
          if (!connected) {
            connected = true;
            this.#wake(REPLICA_COLLECTIONS);
            this.#pushAlarm.ring();
          }
          this.#setOnline();
          text = this.#readEvents(text + piece);
        }
      } finally {
        this.#settings.timers.clear(silence);
        this.#stop.signal.removeEventListener("abort", stop);
      }
      if (!this.#stop.signal.aborted) this.#setOffline();
      return 0;
    });
  }

  /** Handles the whole events in the text; returns what is left of an unfinished one. */
  #readEvents(text: string): string {
    const events = text.split("\n\n");
    const rest = events.pop() ?? "";
    for (const event of events) {
      const data = event.split("\n").find((line) => line.startsWith("data: "));
      if (data === undefined) continue;
      const wake = wakeSchema.safeParse(JSON.parse(data.slice("data: ".length)));
      this.#wake(wake.success ? wake.data.collections : REPLICA_COLLECTIONS);
    }
    return rest;
  }

  #wake(collections: readonly ReplicaCollection[]): void {
    for (const collection of collections) this.#dirty.add(collection);
    this.#pullAlarm.ring();
  }

  /** Runs `work`, waits as long as it says (or until rung), and again; when the server is not there, waits by the back-off. */
  async #forever(alarm: Alarm, work: () => Promise<number>, onWaited?: () => void): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      let waitMs: number;
      try {
        waitMs = await work();
        failures = 0;
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        failures += 1;
        waitMs = backoffMs({ failures, random: this.#settings.random });
        await this.#failed(error);
      }
      if (this.#stop.signal.aborted) return;
      if (waitMs > 0) await alarm.wait(waitMs);
      onWaited?.();
    }
  }

  async #failed(error: unknown): Promise<void> {
    if (error instanceof ServerRefusal) {
      if (error.reason === "deviceRevoked") {
        this.#setTrouble("deviceRevoked");
        await this.#settings.onRevoked();
        return;
      }
      if (error.reason === "protocolTooOld") return this.#setTrouble("protocolTooOld");
      // It answered: it is there, and what it refused may be asked again.
      return;
    }
    this.#setOffline();
  }

  #heard(serverTimeMs: number): void {
    const now = this.#settings.clock.now();
    this.#clockOffsetMs = now - serverTimeMs;
    this.#setOnline();
  }

  #setOnline(): void {
    void this.#settings.identity.heardServer(this.#settings.clock.now());
    if (this.#link.state === "online") return;
    this.#link = { state: "online" };
    for (const alarm of [this.#pushAlarm, this.#pullAlarm, this.#streamAlarm]) alarm.ring();
    this.#tell();
  }

  #setOffline(): void {
    if (this.#link.state === "offline") return;
    const { identity, clock } = this.#settings;
    const heard = identity.lastContactAt();
    if (this.#link.state === "neverOnline" && heard === null) return;
    const since: Instant = this.#link.state === "online" ? clock.now() : (heard ?? instant(clock.now()));
    this.#link = { state: "offline", since };
    this.#tell();
  }

  #setTrouble(trouble: SyncView["trouble"]): void {
    if (this.#trouble === trouble) return;
    this.#trouble = trouble;
    this.#tell();
  }
}

/** The oldest entry position that every replica collection contains. */
export function oldestApplied(replica: DiskReplica): { readonly epoch: number; readonly seq: number } {
  const all = REPLICA_COLLECTIONS.map((collection) => replica.appliedOf(collection));
  return all.reduce((oldest, each) =>
    each.epoch < oldest.epoch || (each.epoch === oldest.epoch && each.seq < oldest.seq) ? each : oldest,
  );
}
