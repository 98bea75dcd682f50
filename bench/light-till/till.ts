import { setTimeout as pause } from "node:timers/promises";
import { constants, gunzipSync } from "node:zlib";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { MAX_ENTRIES_PER_PUSH, pushAnswerSchema } from "#protocol/sync/journal.ts";
import { newerAnswerSchema } from "#protocol/sync/newer.ts";
import { pagesAnswerSchema } from "#protocol/sync/pages.ts";
import { DEFAULT_PULL_LIMIT, replicaAnswerSchema } from "#protocol/sync/replica.ts";
import { snapshotHeadSchema } from "#protocol/sync/snapshot.ts";
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from "#protocol/version.ts";
import { PERSONAL_COLLECTIONS } from "../../src-main/engine/replica/sealed-rows.ts";
import { Alarm, type Awakening, SYSTEM_TIMERS } from "../../src-main/engine/sync/alarm.ts";
import { backoffMs } from "../../src-main/engine/sync/backoff.ts";
import { runRetryLoop } from "../../src-main/engine/sync/retry-loop.ts";
import { WakeEvents } from "../../src-main/engine/sync/wake-events.ts";
import type { PreparedEntry } from "../shop/prepared-sales.ts";
import type { Card } from "./card.ts";
import { type Answered, type Ask, Line, LineLost, type Place, type Resumption, type Wire } from "./line.ts";

const IS_PERSONAL: ReadonlySet<ReplicaCollection> = new Set(PERSONAL_COLLECTIONS);
/** As the till's `sync/sync.ts`. */
const POLL_EVERY_MS = 60_000;
const MAX_PUSH_BYTES = 4 * 1024 * 1024 - 64 * 1024;
const OK = 200;
/** When a till pulls: as a real one; one that has everything, when it is woken and a collection a minute; or not at all. */
export const PULLING = ["always", "inTurn", "never"] as const;
export type Pulling = (typeof PULLING)[number];
/** The first line of a snapshot is in these, packed. */
const HEAD_BYTES = 4_096;
/** Too many at once, and not just now. */
const MAY_COME_AGAIN: ReadonlySet<number> = new Set([429, 503]);

/** What happened at a light till, with when it did (`performance.now()`). */
export interface TillEvents {
  /** Entries up to this one are on their way to a server that is there. */
  sent(seq: number): void;
  /** All that was handed to `queue` up to this entry is acknowledged. */
  acknowledged(seq: number, at: number): void;
  woken(collections: readonly ReplicaCollection[], at: number): void;
  /** A pull brought it so far. */
  read(collection: ReplicaCollection, checkpoint: string, at: number): void;
  /** A pull brought a collection to the server's head; `documents`: how many came. */
  caughtUp(collection: ReplicaCollection, documents: number, at: number): void;
  /** The stream is open and everything was pulled since. */
  inSync(at: number): void;
  /** The server said no for good: what is measured is not what it should be. */
  refused(why: string): void;
}

/**
 * A till that speaks the protocol as the real one does (`src-main/engine/sync`): one loop that pushes, one that pulls, one that listens, each with the real back-off.
 * It has no database: a checkpoint for each collection is all it keeps.
 */
export class LightTill {
  readonly card: Card;
  readonly #place: Place;
  readonly #wire: Wire;
  readonly #events: TillEvents;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #checkpoints: Map<ReplicaCollection, string>;
  readonly #lines = new Set<Line>();
  readonly #dirty = new Set<ReplicaCollection>();
  readonly #closing = new AbortController();
  readonly #pulls: Pulling;
  readonly #resumption: Resumption = { session: null };
  readonly #pushAlarm = new Alarm(SYSTEM_TIMERS);
  readonly #pullAlarm = new Alarm(SYSTEM_TIMERS);
  readonly #streamAlarm = new Alarm(SYSTEM_TIMERS);
  #isListening = false;
  /** What is newer may have come without a word to it. */
  #isUnsure = false;
  #sends = false;
  #unsent: PreparedEntry[] = [];
  /** The last push did not reach the server. */
  #isAway = false;
  /** It waits for the pull after its stream was opened. */
  #isNew = false;
  /** Place of the collection that is asked for next although nobody woke it. */
  #turn = 0;

  constructor(of: {
    readonly card: Card;
    readonly place: Place;
    readonly wire: Wire;
    readonly checkpoints: Readonly<Record<string, string>>;
    readonly events: TillEvents;
    /** Its own address, as a proxy tells it: each store has one. */
    readonly address: string;
    readonly pulls: Pulling;
  }) {
    this.card = of.card;
    this.#place = of.place;
    this.#wire = of.wire;
    this.#events = of.events;
    this.#pulls = of.pulls;
    this.#checkpoints = new Map(
      REPLICA_COLLECTIONS.map((collection) => [collection, of.checkpoints[collection] ?? ""]),
    );
    this.#headers = {
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      authorization: `Bearer ${of.card.token}`,
      "accept-encoding": "gzip",
      "x-forwarded-for": of.address,
    };
  }

  /** Entries to send, in order, after those before. While the server is away they wait for the back-off, or until it is heard, as in the till's `sync/sync.ts`. */
  queue(entries: readonly PreparedEntry[]): void {
    this.#unsent.push(...entries);
    if (!this.#isAway) this.#pushAlarm.ring();
  }

  /** Begins to send what it is given, and does nothing else; ends with `close`. */
  send(): void {
    if (this.#sends) return;
    this.#sends = true;
    this.#loop(this.#pushAlarm, async () => {
      try {
        const restMs = await this.#push();
        // It was heard again: whoever rests because it was away tries now.
        if (this.#isAway) for (const alarm of [this.#pullAlarm, this.#streamAlarm]) alarm.wake();
        this.#isAway = false;
        return restMs;
      } catch (error) {
        this.#isAway = error instanceof LineLost;
        throw error;
      }
    });
  }

  /** Begins to send, to listen and, unless it never does, to pull; ends with `close`. */
  start(): void {
    this.send();
    if (this.#pulls !== "never") this.#loop(this.#pullAlarm, (woken) => this.#pull(woken));
    this.#loop(this.#streamAlarm, (_, connected) => this.#listen(connected));
  }

  close(): void {
    this.#closing.abort();
    for (const alarm of [this.#pushAlarm, this.#pullAlarm, this.#streamAlarm]) alarm.wake();
    for (const line of this.#lines) line.close();
  }

  /** Counts what went over its connections. */
  count(): void {
    for (const line of this.#lines) line.count();
  }

  /**
   * A whole collection as a first sync takes it: its snapshot, and a pull from where that ends. A server that is busy, or cuts it off, is asked again by the back-off.
   * What came is counted and let go of; resolves with its bytes, packed.
   */
  async firstSync(collection: ReplicaCollection): Promise<number> {
    for (let failures = 0; ; ) {
      try {
        const bytes = await this.#snapshot(collection);
        await this.#bring(collection);
        return bytes;
      } catch (error) {
        failures += 1;
        const restMs = backoffMs({ failures, random: Math.random });
        const askedMs = error instanceof Refused && MAY_COME_AGAIN.has(error.status) ? error.retryAfterMs : 0;
        if (!(error instanceof LineLost) && askedMs === 0) throw error;
        await pause(Math.max(restMs, askedMs));
      }
    }
  }

  async #snapshot(collection: ReplicaCollection): Promise<number> {
    let bytes = 0;
    let first: Buffer | null = null;
    const ask = { method: "GET", path: `/sync/v1/snapshot/${collection}`, headers: this.#asked() } as const;
    const head = await (await this.#line()).follow(ask, (piece) => {
      bytes += piece.length;
      first =
        first === null || first.length < HEAD_BYTES
          ? Buffer.concat([first ?? Buffer.alloc(0), piece])
          : first;
    });
    if (head.status !== OK) throw new Refused(head.status, head.headers.get("retry-after") ?? null);
    const text = gunzipSync(first ?? "", { finishFlush: constants.Z_SYNC_FLUSH }).toString();
    const { checkpoint } = snapshotHeadSchema.parse(JSON.parse(text.slice(0, text.indexOf("\n"))));
    this.#checkpoints.set(collection, checkpoint);
    return bytes;
  }

  #loop(alarm: Alarm, work: (woken: Awakening, soFarSoGood: () => void) => Promise<number>): void {
    const failed = (error: unknown) => {
      if (error instanceof LineLost) return 0;
      if (error instanceof Refused && MAY_COME_AGAIN.has(error.status)) return error.retryAfterMs;
      this.#events.refused(error instanceof Error ? error.message : String(error));
      return POLL_EVERY_MS;
    };
    const closing = this.#closing.signal;
    void runRetryLoop({ alarm, closing, random: Math.random, work, failed });
  }

  async #push(): Promise<number> {
    for (;;) {
      const run = this.#nextRun();
      if (run.length === 0) return POLL_EVERY_MS;
      const body = Buffer.concat([Buffer.from('{"entries":['), ...separated(run), Buffer.from("]}")]);
      const last = run.at(-1)?.seq ?? 0;
      const ask: Ask = { method: "POST", path: "/sync/v1/journal", headers: this.#asked("json"), body };
      const answer = pushAnswerSchema.parse(await this.#json(ask, () => this.#events.sent(last)));
      const at = performance.now();
      if (!answer.ok) throw new Error(`a push was refused: ${answer.reason} at ${answer.atSeq}`);
      this.#unsent = this.#unsent.filter(({ seq }) => seq > answer.acknowledged);
      this.#events.acknowledged(answer.acknowledged, at);
    }
  }

  #nextRun(): readonly PreparedEntry[] {
    let bytes = 0;
    const run: PreparedEntry[] = [];
    for (const entry of this.#unsent) {
      bytes += entry.json.length + 1;
      if (run.length >= MAX_ENTRIES_PER_PUSH || (run.length > 0 && bytes > MAX_PUSH_BYTES)) break;
      run.push(entry);
    }
    return run;
  }

  async #pull(woken: Awakening): Promise<number> {
    if (woken === "due" && this.#isListening) this.#markDirty(this.#nextInTurn());
    const isNew = this.#isNew;
    this.#isNew = false;
    try {
      if (this.#isUnsure) await this.#findWhatIsNewer();
      await this.#bringTogether();
      for (const collection of REPLICA_COLLECTIONS) {
        if (!this.#dirty.delete(collection)) continue;
        try {
          await this.#bring(collection);
        } catch (error) {
          this.#dirty.add(collection);
          throw error;
        }
      }
    } catch (error) {
      this.#isNew ||= isNew;
      throw error;
    }
    if (isNew) this.#events.inSync(performance.now());
    return this.#dirty.size > 0 || this.#isUnsure ? 0 : POLL_EVERY_MS;
  }

  /** One question for all of its collections, as the real till asks it. */
  async #findWhatIsNewer(): Promise<void> {
    this.#isUnsure = false;
    const body = Buffer.from(JSON.stringify({ checkpoints: Object.fromEntries(this.#checkpoints) }));
    const ask: Ask = { method: "POST", path: "/sync/v1/newer", headers: this.#asked("json"), body };
    try {
      const { upToDate } = newerAnswerSchema.parse(await this.#json(ask));
      for (const collection of REPLICA_COLLECTIONS) {
        const checkpoint = upToDate[collection];
        if (checkpoint === undefined) this.#dirty.add(collection);
        else this.#stands(collection, checkpoint);
      }
    } catch (error) {
      this.#isUnsure = true;
      throw error;
    }
  }

  /** As far as a pull that brought nothing would have brought it. */
  #stands(collection: ReplicaCollection, checkpoint: string): void {
    const at = performance.now();
    this.#checkpoints.set(collection, checkpoint);
    this.#events.read(collection, checkpoint, at);
    this.#events.caughtUp(collection, 0, at);
  }

  /** What it was woken for, by one call; what is not in the answer is pulled by itself. */
  async #bringTogether(): Promise<void> {
    const some = REPLICA_COLLECTIONS.filter((each) => !IS_PERSONAL.has(each) && this.#dirty.has(each));
    if (some.length < 2) return;
    for (const each of some) this.#dirty.delete(each);
    const checkpoints = Object.fromEntries(some.map((each) => [each, this.#checkpoints.get(each) ?? ""]));
    const body = Buffer.from(JSON.stringify({ checkpoints }));
    const ask: Ask = { method: "POST", path: "/sync/v1/pages", headers: this.#asked("json"), body };
    const atHead = new Set<ReplicaCollection>();
    try {
      const { pages } = pagesAnswerSchema.parse(await this.#json(ask));
      const at = performance.now();
      for (const collection of some) {
        const page = pages[collection];
        if (page === undefined) continue;
        this.#checkpoints.set(collection, page.checkpoint);
        this.#events.read(collection, page.checkpoint, at);
        if (!page.caughtUp) continue;
        atHead.add(collection);
        this.#events.caughtUp(collection, page.documents.length, at);
      }
    } finally {
      this.#markDirty(some.filter((each) => !atHead.has(each)));
    }
  }

  #nextInTurn(): readonly ReplicaCollection[] {
    const next = REPLICA_COLLECTIONS[this.#turn];
    this.#turn = (this.#turn + 1) % REPLICA_COLLECTIONS.length;
    return next === undefined ? [] : [next];
  }

  async #bring(collection: ReplicaCollection): Promise<void> {
    for (let documents = 0; ; ) {
      const after = this.#checkpoints.get(collection) ?? "";
      const query = new URLSearchParams({ after, limit: String(DEFAULT_PULL_LIMIT) });
      const path = `/sync/v1/replica/${collection}?${query}`;
      const answer = pulledOf(await this.#text({ method: "GET", path, headers: this.#asked() }));
      documents += answer.documents;
      this.#checkpoints.set(collection, answer.checkpoint);
      this.#events.read(collection, answer.checkpoint, performance.now());
      if (!answer.caughtUp) continue;
      this.#events.caughtUp(collection, documents, performance.now());
      return;
    }
  }

  async #listen(connected: () => void): Promise<number> {
    const line = await Line.open(this.#place, this.#wire, this.#resumption);
    this.#lines.add(line);
    const events = new WakeEvents();
    let isFirst = true;
    try {
      const head = await line.follow(
        { method: "GET", path: "/sync/v1/changes", headers: this.#headers },
        (piece, { status }) => {
          if (status !== OK) return;
          const at = performance.now();
          if (isFirst) {
            isFirst = false;
            connected();
            this.#isListening = true;
            this.#isNew = this.#pulls === "always";
            this.#pushAlarm.ring();
            if (this.#isNew) {
              this.#isUnsure = true;
              this.#pullAlarm.ring();
            } else this.#events.inSync(at);
          }
          const collections = events.take(piece.toString());
          if (collections.length === 0) return;
          this.#events.woken(collections, at);
          if (this.#pulls !== "never") this.#wake(collections);
        },
      );
      if (head.status !== OK) throw new Refused(head.status, head.headers.get("retry-after") ?? null);
    } finally {
      this.#lines.delete(line);
      line.close();
    }
    throw new LineLost("the stream of wake-ups ended");
  }

  #wake(collections: readonly ReplicaCollection[]): void {
    this.#markDirty(collections);
    this.#pullAlarm.ring();
  }

  #markDirty(collections: readonly ReplicaCollection[]): void {
    for (const collection of collections) this.#dirty.add(collection);
  }

  #asked(body?: "json"): Record<string, string> {
    return {
      ...this.#headers,
      "onetill-clock": String(Date.now()),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    };
  }

  async #json(ask: Ask, begun?: () => void): Promise<unknown> {
    return JSON.parse(await this.#text(ask, begun));
  }

  /** `begun` is told once there is a connection that the question goes out by. */
  async #text(ask: Ask, begun?: () => void): Promise<string> {
    const line = await this.#line();
    begun?.();
    const { head, body }: Answered = await line.ask(ask);
    if (head.status === OK) return body.toString();
    throw new Refused(head.status, head.headers.get("retry-after") ?? null, body.toString());
  }

  /** As fetch does it: one that is idle, or one more. */
  async #line(): Promise<Line> {
    for (const line of this.#lines) {
      if (line.isLost) this.#lines.delete(line);
      else if (line.isIdle) return line;
    }
    const line = await Line.open(this.#place, this.#wire, this.#resumption);
    this.#lines.add(line);
    return line;
  }
}

/** Longer answers are read from behind their documents: nothing is done with those here, and a thousand tills read millions. */
const READ_WHOLE_CHARS = 10_000;

function pulledOf(text: string) {
  const at = text.length < READ_WHOLE_CHARS ? -1 : text.lastIndexOf('],"checkpoint":');
  const { documents, ...rest } = replicaAnswerSchema.parse(
    JSON.parse(at === -1 ? text : `{"documents":[${text.slice(at)}`),
  );
  return { ...rest, documents: at === -1 ? documents.length : 1 };
}

/** The server answered, and said no. */
export class Refused extends Error {
  readonly status: number;
  readonly retryAfterMs: number;

  constructor(status: number, retryAfter: string | null, body = "") {
    super(`the server answered ${status} ${body}`);
    this.status = status;
    this.retryAfterMs = retryAfter === null ? 0 : Number(retryAfter) * 1_000;
  }
}

function separated(run: readonly PreparedEntry[]): readonly Buffer[] {
  const comma = Buffer.from(",");
  return run.flatMap(({ json }, index) => (index === 0 ? [json] : [comma, json]));
}
