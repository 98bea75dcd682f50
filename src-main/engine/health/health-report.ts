import { arch, type as osName, release } from "node:os";
import type { Instant } from "#domain/ids.ts";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import type { Health, HealthAnswer, HealthDevice } from "#protocol/sync/health.ts";
import type { SyncView } from "#protocol/till/status.ts";
import type { OwnRecords } from "../journal/own-records.ts";
import type { Clock } from "../ports.ts";
import type { DiskReplica } from "../replica/replica.ts";
import { Alarm, type Timers } from "../sync/alarm.ts";
import { runRetryLoop } from "../sync/retry-loop.ts";
import type { TillLog } from "./till-log.ts";

/** Told at least this often while the till is connected, milliseconds. */
export const REPORT_EVERY_MS = 5 * 60_000;
/** So long it waits for more to come before it tells what it has read, at least and at most, milliseconds: a thousand tills read a change in the same moment. */
const SETTLE_MS = { least: 100, most: 800 };
/** Between two that nobody asked for, milliseconds: whoever changes things one by one is not answered for each by every till. */
const GAP_MS = 3_000;

/** What HQ changes and waits to see on the tills. Anything else goes along with the next report. */
const WATCHED: ReadonlySet<ReplicaCollection> = new Set([
  "settings",
  "staff",
  "products",
  "prices",
  "promotions",
]);

export interface HealthReportSettings {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly closing: AbortSignal;
  /** 0 up to 1; spreads what all tills tell. */
  readonly random: () => number;
  readonly replica: Pick<DiskReplica, "position">;
  readonly sync: () => SyncView;
  readonly records: Pick<OwnRecords, "told" | "heard">;
  readonly storage: () => Health["storage"];
  readonly devices: () => readonly HealthDevice[];
  readonly log: TillLog;
  readonly send: (health: Health) => Promise<HealthAnswer>;
}

/** Tells HQ how this till is. Nothing waits for it, and what goes wrong with it is nobody's trouble: it is told again. */
export class HealthReport {
  readonly #settings: HealthReportSettings;
  readonly #alarm: Alarm;
  readonly #pause: Alarm;
  readonly #startedAt: Instant;
  #wantsLog = false;
  #toldAt: number | null = null;

  constructor(settings: HealthReportSettings) {
    this.#settings = settings;
    this.#alarm = new Alarm(settings.timers);
    this.#pause = new Alarm(settings.timers);
    this.#startedAt = settings.clock.now();
  }

  /** Tells it until the till closes. */
  async run(): Promise<void> {
    const { closing, random } = this.#settings;
    closing.addEventListener("abort", () => {
      this.#alarm.wake();
      this.#pause.wake();
    });
    await runRetryLoop({
      alarm: this.#alarm,
      closing,
      random,
      work: (woken) => this.#work(woken === "rung"),
      // A server that knows no such call is asked again as rarely as one that hears nothing new.
      failed: () => REPORT_EVERY_MS,
    });
  }

  /** The till is connected again. */
  connected(): void {
    this.#alarm.ring();
  }

  /** A collection has been read further. */
  caughtUp(collection: ReplicaCollection): void {
    if (WATCHED.has(collection)) this.#alarm.ring();
  }

  /** HQ asks how the till is. */
  asked(): void {
    this.#wantsLog = true;
    this.#alarm.ring();
    this.#pause.wake();
  }

  async #work(isRung: boolean): Promise<number> {
    const { sync, closing, log, send, clock, records } = this.#settings;
    if (sync().link.state !== "online") return REPORT_EVERY_MS;
    if (isRung && !this.#wantsLog) await this.#pause.wait(this.#settleMs());
    if (closing.aborted) return REPORT_EVERY_MS;
    const withLog = this.#wantsLog;
    this.#wantsLog = false;
    this.#toldAt = clock.now();
    const health = await this.#health();
    const { wantsLog } = await send(withLog ? { ...health, log: [...log.lines()] } : health);
    records.heard(health.records ?? []);
    if (!wantsLog) return REPORT_EVERY_MS;
    this.#wantsLog = true;
    return 0;
  }

  #settleMs(): number {
    const { random, clock } = this.#settings;
    const settle = SETTLE_MS.least + random() * (SETTLE_MS.most - SETTLE_MS.least);
    const since = this.#toldAt === null ? GAP_MS : Math.abs(clock.now() - this.#toldAt);
    return Math.max(settle, GAP_MS - since);
  }

  async #health(): Promise<Health> {
    const { clock, replica, sync, storage, devices } = this.#settings;
    const { unsent, oldestUnsentAt, trouble } = sync();
    const { told } = this.#settings.records;
    return {
      at: clock.now(),
      startedAt: this.#startedAt,
      platform: { os: `${osName()} ${release()}`.slice(0, 60), arch: arch(), runtime: runtime() },
      unsent,
      oldestUnsentAt,
      storage: storage(),
      devices: [...devices()],
      trouble,
      ...(told.length === 0 ? {} : { records: [...told] }),
      replicas: REPLICA_COLLECTIONS.flatMap((collection) => {
        const position = replica.position(collection);
        return position === null
          ? []
          : [{ collection, checkpoint: position.checkpoint, complete: position.complete }];
      }),
    };
  }
}

function runtime(): string {
  const { electron, node } = process.versions;
  return electron === undefined ? `Node ${node}` : `Electron ${electron}`;
}
