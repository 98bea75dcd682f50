import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { instant } from "#domain/ids.ts";
import { createDeps, type ServerDeps } from "../../sync-server/http/deps.ts";
import { buildServer } from "../../sync-server/http/server.ts";
import { ensureReceiptKeys } from "../../sync-server/receipts/keys.ts";
import type { Storage } from "../../sync-server/storage/port.ts";
import type { Row, SqlInput } from "../../sync-server/storage/sql/database.ts";
import { beginEra } from "../../sync-server/sync/eras.ts";
import { Disk } from "./disk.ts";
import { callPlainly, isPlain } from "./plain-call.ts";
import type { DatabaseLine } from "./postgres/database-line.ts";
import type { ServerData } from "./server-data.ts";
import type { Cancel, VirtualTime } from "./virtual-time.ts";

/** The server is down, or ended before it answered. */
export class NotAnswered extends Error {}

/** A request as it arrives. */
export interface Asked {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A stream of wake-ups, from the server's end. */
export interface OpenStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  onPiece(take: (piece: Buffer) => void): void;
  onEnd(over: () => void): void;
  /** The other side is gone. */
  close(): void;
}

/** What a seeded bug may put between the server and what it stands on. */
export interface ServerSeams {
  readonly storage: (storage: Storage) => Storage;
  readonly deps: (deps: ServerDeps) => ServerDeps;
  /** Answers in the server's place; null lets it answer itself. */
  readonly answer: (asked: Asked, byServer: () => Promise<Answer>) => Promise<Answer>;
  readonly losesCommit: (file: string) => boolean;
}

export const NO_SEAMS: ServerSeams = {
  storage: (storage) => storage,
  deps: (deps) => deps,
  answer: (_, byServer) => byServer(),
  losesCommit: () => false,
};

/** Looks on as the server answers. */
export type Watch = (asked: Asked, answer: () => Promise<Answer>) => Promise<Answer>;

/** Orders come due, contacts are noted: milliseconds. */
const CHORES_EVERY_MS = 60_000;

interface Running {
  readonly storage: Storage;
  readonly deps: ServerDeps;
  readonly app: FastifyInstance;
  readonly disk: Disk;
  readonly endChores: Cancel;
  readonly streams: Set<OpenStream & { readonly lost: () => void }>;
  /** Fails whatever is asked still. */
  readonly underWay: Set<() => void>;
}

/** The server's machine: what it knows, and the real server on it while it runs. Killed, it starts again on what was durable at that moment. */
export class ServerMachine {
  readonly #time: VirtualTime;
  readonly #root: string;
  readonly #data: ServerData;
  readonly #seams: ServerSeams;
  readonly #onKilled: () => void;
  readonly #watch: Watch;
  #generation = 0;
  #starts = 0;
  #isPutBack = false;
  #running: Running | null = null;
  #working = 0;
  #addresses = 0;

  constructor(settings: {
    readonly time: VirtualTime;
    readonly root: string;
    readonly data: ServerData;
    readonly seams: ServerSeams;
    readonly onKilled: () => void;
    readonly watch: Watch;
  }) {
    this.#time = settings.time;
    this.#root = settings.root;
    this.#data = settings.data;
    this.#seams = settings.seams;
    this.#onKilled = settings.onKilled;
    this.#watch = settings.watch;
    mkdirSync(this.folder, { recursive: true });
    this.#time.heed(() => this.#working > 0);
  }

  get folder(): string {
    return join(this.#root, `server-${this.#generation}`);
  }

  get isUp(): boolean {
    return this.#running !== null;
  }

  /** Throws while the server is down. */
  get deps(): ServerDeps {
    if (this.#running === null) throw new Error("the server is down");
    return this.#running.deps;
  }

  get disk(): Disk | null {
    return this.#running?.disk ?? null;
  }

  /** The way to its database, where there is one between them. */
  get line(): DatabaseLine | null {
    return this.#data.line;
  }

  /** Asks what it knows, beside it. */
  all(sql: string, ...values: readonly SqlInput[]): Promise<readonly Row[]> {
    return this.#data.all(this.folder, sql, ...values);
  }

  /** Starts on what its folder has. Whether it did: not where its database failed it. */
  async start(): Promise<boolean> {
    this.#starts += 1;
    const start = this.#starts;
    const disk = new Disk(() => this.#cutOff());
    disk.losesCommit = this.#seams.losesCommit;
    const isRunning = () => start === this.#starts;
    try {
      const storage = await this.#data.open(this.folder, disk, isRunning);
      await this.#startOn(storage, { disk, start, isRunning });
      this.#isPutBack = false;
      return true;
    } catch (error) {
      const { line } = this.#data;
      if (line === null || line.troubles === 0) throw error;
      this.#starts += 1;
      line.leave();
      return false;
    }
  }

  async #startOn(
    storage: Storage,
    {
      disk,
      start,
      isRunning,
    }: { readonly disk: Disk; readonly start: number; readonly isRunning: () => boolean },
  ): Promise<void> {
    let made = 0;
    const newId = (): string => {
      made += 1;
      return `s${start}-${made}`;
    };
    const deps = this.#seams.deps(
      createDeps({
        storage: this.#seams.storage(storage),
        now: () => instant(this.#time.now),
        newId,
        chance: () => 0.5,
        every: (ms, work) =>
          this.#time.every(ms, () => {
            if (isRunning()) work();
          }),
      }),
    );
    await beginEra(deps);
    await ensureReceiptKeys(deps.publisher);
    const app = await buildServer(deps, { logger: null, consoleRoot: null, tillsAlone: true });
    await app.ready();
    const endChores = this.#time.every(CHORES_EVERY_MS, () => {
      // What a chore throws is tried again at its next turn.
      this.#inWork(() => chores(deps)).catch(() => undefined);
    });
    this.#running = { storage, deps, app, disk, endChores, streams: new Set(), underWay: new Set() };
    await deps.exceptions.bookAgain();
  }

  /** Ends as a killed process does: what it was asked is answered to nobody, and what it knows stays as it is at this moment. */
  kill(): void {
    this.#running?.disk.leave();
    this.#cutOff();
  }

  /** Puts what it knew at another time in the place of what it knows; it must be down. `starts`: so often whoever wrote that was started. */
  restore(backup: string, starts = 0): Promise<void> {
    this.#generation += 1;
    this.#starts += starts;
    this.#isPutBack = true;
    return this.#data.copy(backup, this.folder);
  }

  /** It was put back and did not come to the end of a start since: nothing says yet that its time is another one. */
  get isPutBack(): boolean {
    return this.#isPutBack;
  }

  /** So often it was started: what it makes up is numbered by it. */
  get starts(): number {
    return this.#starts;
  }

  /** A copy of what it knows now. */
  backup(to: string): Promise<void> {
    return this.#data.copy(this.folder, to);
  }

  /** Nothing that it stands on fails from now on. */
  mend(): void {
    this.disk?.mend();
    this.line?.mend();
  }

  /** Ends it as an operator does. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    this.#letGo(running);
    await running.deps.contacts.flush().catch(() => undefined);
    await closed(running);
  }

  /** Does something to the server from within, as HQ or a web shop does. Rejects with what it throws, or when it is killed meanwhile. */
  within<T>(work: (deps: ServerDeps) => Promise<T>): Promise<T> {
    const running = this.#running;
    if (running === null) return Promise.reject(new NotAnswered("the server is down"));
    return this.#inWork(() => work(running.deps));
  }

  /** Rejects where nobody answers any more. */
  ask(asked: Asked): Promise<Answer> {
    const running = this.#running;
    if (running === null) return Promise.reject(new NotAnswered("connection refused"));
    return this.#inWork(() =>
      this.#watch(asked, () => this.#seams.answer(asked, () => this.#inject(running, asked))),
    );
  }

  async listen(asked: Asked): Promise<OpenStream> {
    const running = this.#running;
    if (running === null) throw new NotAnswered("connection refused");
    return this.#inWork(async () => {
      const response = await running.app.inject({ ...this.#injected(asked), payloadAsStream: true });
      const body: Readable = response.stream();
      body.on("error", () => undefined);
      let over: () => void = () => undefined;
      const stream = {
        status: response.statusCode,
        headers: textHeaders(response.headers),
        onPiece: (take: (piece: Buffer) => void) => void body.on("data", take),
        onEnd: (then: () => void) => {
          over = then;
          body.once("end", then);
        },
        close: () => {
          running.streams.delete(stream);
          body.destroy();
          response.raw.res.destroy();
        },
        lost: () => over(),
      };
      running.streams.add(stream);
      return stream;
    });
  }

  async #inject({ app }: Running, asked: Asked): Promise<Answer> {
    if (isPlain(asked)) {
      const { status, headers, body } = await callPlainly(app, asked, this.#nextAddress());
      return { status, headers: textHeaders(headers), body };
    }
    const { statusCode: status, headers, rawPayload } = await app.inject(this.#injected(asked));
    const isZipped = headers["content-encoding"] === "gzip";
    return { status, headers: textHeaders(headers), body: isZipped ? gunzipSync(rawPayload) : rawPayload };
  }

  #injected({ method, path, headers, body }: Asked) {
    const remoteAddress = this.#nextAddress();
    return { method, url: path, headers, remoteAddress, ...(body === null ? {} : { payload: body }) };
  }

  /** Each request from an address of its own: what slows guessers down goes by real time. */
  #nextAddress(): string {
    this.#addresses += 1;
    return `10.${(this.#addresses >> 16) & 255}.${(this.#addresses >> 8) & 255}.${this.#addresses & 255}`;
  }

  /** Nothing else happens in the world until the work is done, or the server is killed at it. */
  async #inWork<T>(work: () => Promise<T>): Promise<T> {
    const underWay = this.#running?.underWay ?? new Set();
    this.#working += 1;
    let lost: () => void = () => undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        lost = () => reject(new NotAnswered("connection reset"));
        underWay.add(lost);
        work().then(resolve, reject);
      });
    } finally {
      underWay.delete(lost);
      this.#working -= 1;
    }
  }

  #cutOff(): void {
    const running = this.#running;
    if (running === null) return;
    const before = this.folder;
    this.#generation += 1;
    this.#data.cutOff(before, this.folder);
    this.#letGo(running);
    this.#onKilled();
    void closed(running).catch(() => undefined);
  }

  #letGo(running: Running): void {
    this.#running = null;
    running.endChores();
    for (const lost of [...running.underWay]) lost();
    for (const stream of [...running.streams]) {
      stream.lost();
      stream.close();
    }
  }
}

async function chores({ orders, contacts, health }: ServerDeps): Promise<void> {
  await orders.tick();
  await contacts.flush();
  await health.flush();
}

async function closed({ app, deps, storage }: Running): Promise<void> {
  await app.close();
  await deps.pdfs.close();
  await storage.close();
}

function textHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name === "content-type" || name.startsWith("onetill-"))
      .map(([name, value]) => [name, String(value)]),
  );
}
