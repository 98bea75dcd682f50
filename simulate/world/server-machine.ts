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
import { asideHere } from "../../sync-server/storage/sqlite/aside-here.ts";
import { SqliteStorage } from "../../sync-server/storage/sqlite/storage.ts";
import { beginEra } from "../../sync-server/sync/eras.ts";
import { copyFolder, Disk } from "./disk.ts";
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
  readonly storage: SqliteStorage;
  readonly deps: ServerDeps;
  readonly app: FastifyInstance;
  readonly disk: Disk;
  readonly endChores: Cancel;
  readonly streams: Set<OpenStream & { readonly lost: () => void }>;
  /** Fails whatever is asked still. */
  readonly underWay: Set<() => void>;
}

/** The server's machine: its files, and the real server on them while it runs. Killed, it starts again on what its disk had at that moment. */
export class ServerMachine {
  readonly #time: VirtualTime;
  readonly #root: string;
  readonly #seams: ServerSeams;
  readonly #onKilled: () => void;
  readonly #watch: Watch;
  #generation = 0;
  #starts = 0;
  #running: Running | null = null;
  #working = 0;
  #addresses = 0;

  constructor(settings: {
    readonly time: VirtualTime;
    readonly root: string;
    readonly seams: ServerSeams;
    readonly onKilled: () => void;
    readonly watch: Watch;
  }) {
    this.#time = settings.time;
    this.#root = settings.root;
    this.#seams = settings.seams;
    this.#onKilled = settings.onKilled;
    this.#watch = settings.watch;
    mkdirSync(this.folder, { recursive: true });
    this.#time.heed(() => this.#working > 0);
  }

  get folder(): string {
    return join(this.#root, `server-${this.#generation}`);
  }

  get file(): string {
    return join(this.folder, "server.sqlite");
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

  /** Starts on what its folder has. */
  async start(): Promise<void> {
    this.#starts += 1;
    const start = this.#starts;
    const disk = new Disk(() => this.#cutOff());
    disk.losesCommit = this.#seams.losesCommit;
    const openFile = disk.open.bind(disk);
    const storage = new SqliteStorage(this.file, { aside: asideHere(this.file), openFile });
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
            if (start === this.#starts) work();
          }),
      }),
    );
    await beginEra(deps);
    await ensureReceiptKeys(deps.publisher);
    const app = await buildServer(deps, { logger: null, consoleRoot: null });
    await app.ready();
    const endChores = this.#time.every(CHORES_EVERY_MS, () => {
      // What a chore throws is tried again at its next turn.
      this.#inWork(() => chores(deps)).catch(() => undefined);
    });
    this.#running = { storage, deps, app, disk, endChores, streams: new Set(), underWay: new Set() };
    await deps.exceptions.bookAgain();
  }

  /** Ends as a killed process does: what it was asked is answered to nobody, and its files stay as they are at this moment. */
  kill(): void {
    this.#running?.disk.leave();
    this.#cutOff();
  }

  /** Puts the files of another time in the place of its own; it must be down. `starts`: so often whoever wrote them was started. */
  restore(backup: string, starts = 0): void {
    this.#generation += 1;
    this.#starts += starts;
    copyFolder(backup, this.folder);
  }

  /** So often it was started: what it makes up is numbered by it. */
  get starts(): number {
    return this.#starts;
  }

  /** A copy of its files as they are now. */
  backup(to: string): void {
    copyFolder(this.folder, to);
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

  async #inject(running: Running, asked: Asked): Promise<Answer> {
    const { statusCode: status, headers, rawPayload } = await running.app.inject(this.#injected(asked));
    const isZipped = headers["content-encoding"] === "gzip";
    return { status, headers: textHeaders(headers), body: isZipped ? gunzipSync(rawPayload) : rawPayload };
  }

  /** Each request from an address of its own: what slows guessers down goes by real time. */
  #injected({ method, path, headers, body }: Asked) {
    this.#addresses += 1;
    const remoteAddress = `10.${(this.#addresses >> 16) & 255}.${(this.#addresses >> 8) & 255}.${this.#addresses & 255}`;
    return { method, url: path, headers, remoteAddress, ...(body === null ? {} : { payload: body }) };
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
    copyFolder(before, this.folder);
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
