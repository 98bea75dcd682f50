import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Instant } from "#domain/ids.ts";
import type { TillLag, WorkWaiting } from "../metrics/port.ts";
import type { Storage } from "../storage/port.ts";

/** Tills that are named, of each figure those that are worst: a chain has thousands. */
const NAMED_TILLS = 20;
const NAMED_FEEDS = 50;
/** Whoever asks more often is told the same of the database. */
const READ_EVERY_MS = 5_000;
const SILENT_OVER_S = [60, 600, 3_600, 86_400];
const REQUEST_BUCKETS_S = [0.005, 0.025, 0.1, 0.5, 2, 10];
const WRITE_BUCKETS_S = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10];
const MS = 1_000;

/** Feeds of one store each: told together. */
const OF_STORES = /^(store|customers):/;

export interface Metrics {
  /** `route`: the template of its address, never the address. */
  answered(request: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly tookMs: number;
  }): void;
  wrote(times: { readonly waitedMs: number; readonly tookMs: number }): void;
  /** Entries of journals that were new. */
  tookIn(entries: number): void;
  /** All of it, as Prometheus reads it. */
  read(): Promise<{ readonly type: string; readonly text: string }>;
}

export interface MetricSources {
  readonly storage: Storage;
  readonly now: () => Instant;
  /** Tills that listen at this server for changes. */
  readonly streams: () => number;
}

/** `sources` may be asked as soon as somebody reads. */
export function createMetrics(sources: () => MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "onetill_http_request_duration_seconds",
    help: "Requests that were answered, by the template of their address",
    labelNames: ["method", "route", "status"],
    buckets: REQUEST_BUCKETS_S,
    registers,
  });
  const waits = new Histogram({
    name: "onetill_write_wait_seconds",
    help: "How long writes waited for their turn, behind those of all servers",
    buckets: WRITE_BUCKETS_S,
    registers,
  });
  const writes = new Histogram({
    name: "onetill_write_duration_seconds",
    help: "How long writes took once it was their turn",
    buckets: WRITE_BUCKETS_S,
    registers,
  });
  const entries = new Counter({
    name: "onetill_journal_entries_total",
    help: "Journal entries that this server has taken in",
    registers,
  });
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name, help, labelNames: [...labelNames], registers });
  const duty = gauge("onetill_on_duty", "1 where this server does the chores of all");
  const streams = gauge("onetill_streams", "Tills that listen for changes at this server");
  const heads = gauge("onetill_feed_head", "Changes in a feed so far; those of stores together", ["feed"]);
  const waiting = gauge("onetill_waiting", "What waits to be sent or acted on", ["queue"]);
  const tills = gauge("onetill_tills", "Tills that are not revoked");
  const silent = gauge("onetill_tills_silent", "Tills that were not heard for longer", ["over_seconds"]);
  const silence = gauge("onetill_till_silence_seconds", "Since a till was heard, of those longest silent", [
    "till",
  ]);
  const behind = gauge("onetill_till_behind_changes", "Changes a till lacks, of those that lack most", [
    "till",
  ]);
  const unsent = gauge("onetill_till_unsent_entries", "Entries a till has to send, of those with most", [
    "till",
  ]);
  let read: { readonly at: number; readonly done: Promise<void> } | null = null;

  async function readAnew({ storage, now }: MetricSources): Promise<void> {
    const found = await storage.read(async (tx) => ({
      work: await tx.workWaiting(),
      lags: await tx.tillLags(),
      feeds: await tx.feedHeads(),
    }));
    showWork(found.work);
    showTills(found.lags, now());
    showFeeds(found.feeds);
  }

  function showWork(work: WorkWaiting): void {
    for (const [queue, count] of Object.entries(work)) waiting.set({ queue }, count);
  }

  function showTills(lags: readonly TillLag[], at: Instant): void {
    const heard = lags.flatMap(({ till, lastSeenAt }) =>
      lastSeenAt === null ? [] : [{ till, value: Math.max(0, at - lastSeenAt) / MS }],
    );
    tills.set(lags.length);
    for (const over of SILENT_OVER_S)
      silent.set({ over_seconds: String(over) }, heard.filter(({ value }) => value > over).length);
    showWorst(silence, heard);
    showWorst(
      behind,
      lags.map((lag) => ({ till: lag.till, value: lag.behind })),
    );
    showWorst(
      unsent,
      lags.map((lag) => ({ till: lag.till, value: lag.unsent })),
    );
  }

  function showFeeds(all: ReadonlyMap<string, number>): void {
    heads.reset();
    const ofStores = [...all].filter(([feed]) => OF_STORES.test(feed));
    heads.set(
      { feed: "of stores" },
      ofStores.reduce((sum, [, head]) => sum + head, 0),
    );
    const others = [...all]
      .filter(([feed]) => !OF_STORES.test(feed))
      .toSorted(([, one], [, other]) => other - one);
    for (const [feed, head] of others.slice(0, NAMED_FEEDS)) heads.set({ feed }, head);
  }

  return {
    answered: ({ method, route, status, tookMs }) =>
      requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, tookMs / MS),
    wrote: ({ waitedMs, tookMs }) => {
      waits.observe(waitedMs / MS);
      writes.observe(tookMs / MS);
    },
    tookIn: (count) => entries.inc(count),
    async read() {
      const from = sources();
      const at = performance.now();
      if (read === null || at - read.at >= READ_EVERY_MS) read = { at, done: readAnew(from) };
      // What this server knows of itself is told although the database is away.
      await read.done.catch(() => undefined);
      duty.set(from.storage.isOnDuty ? 1 : 0);
      streams.set(from.streams());
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

function showWorst(gauge: Gauge, all: readonly { readonly till: string; readonly value: number }[]): void {
  gauge.reset();
  for (const { till, value } of all.toSorted((one, other) => other.value - one.value).slice(0, NAMED_TILLS))
    if (value > 0) gauge.set({ till }, value);
}
