import type { Channel } from "#protocol/till/channel.ts";
import type { SyncView } from "#protocol/till/status.ts";
import type { Engine } from "../engine.ts";
import type { Unwatch } from "../ports.ts";
import { RpcCaller } from "./rpc-caller.ts";
import { TillInMemory } from "./till-in-memory.ts";

/** A line between page and engine under test: a MessagePort, a WebSocket. */
export interface RpcTransport {
  /** The page's end of a fresh line to the engine that serves now. */
  connect(): Promise<Channel>;
  /** The engine's end is gone, with every line to it. */
  fall(): Promise<void>;
}

/** Starts serving an engine over a transport. */
export type ServeOver = (settings: {
  readonly engine: Engine;
  readonly onDefect: (what: string, error: unknown) => void;
}) => Promise<RpcTransport>;

/** One promise of the line between page and engine, in words and as a check that throws when it is broken. */
export interface RpcPromise {
  readonly promise: string;
  readonly holds: (bench: RpcBench) => Promise<void>;
}

const ONLINE: SyncView = {
  link: { state: "online" },
  firstSync: null,
  unsent: 0,
  oldestUnsentAt: null,
  lastContactAt: null,
  clockOffsetMs: 0,
  offlinePolicy: "ok",
  customersNeedConnection: false,
  trouble: null,
};

/** A real shop in memory behind a real line. What no shop does on purpose (throw, hang, fail to show itself) it does when told to. */
export class RpcBench {
  readonly till: TillInMemory;
  readonly defects: { readonly what: string; readonly error: unknown }[] = [];
  readonly #serve: ServeOver;
  readonly #defectListeners = new Set<() => void>();
  readonly #syncWatchers = new Set<() => void>();
  #watchedListener: (() => void) | null = null;
  #transport: RpcTransport | null = null;
  #sync: SyncView = ONLINE;
  #unshowable = false;
  /** Answers `picture`; a test puts something slow or broken here. */
  picture: () => Promise<{ mime: string; bytes: string } | null> = async () => null;

  private constructor(till: TillInMemory, serve: ServeOver) {
    this.till = till;
    this.#serve = serve;
  }

  static async open(serve: ServeOver): Promise<RpcBench> {
    const bench = new RpcBench(await TillInMemory.open(), serve);
    await bench.#start();
    return bench;
  }

  /** A page with a line of its own. */
  readonly page = async (): Promise<RpcCaller> => {
    if (this.#transport === null) throw new Error("no engine is running");
    return new RpcCaller(await this.#transport.connect());
  };

  async fall(): Promise<void> {
    await this.#transport?.fall();
    this.#transport = null;
  }

  /** The engine falls and is started again on the same disk. */
  async restart(): Promise<void> {
    await this.fall();
    await this.till.restart();
    await this.#start();
  }

  async close(): Promise<void> {
    await this.fall();
    await this.till.shop.close();
  }

  /** So many entries wait to be sent: the sync view changes. */
  unsent(count: number): void {
    this.#sync = { ...this.#sync, unsent: count };
    for (const watcher of [...this.#syncWatchers]) watcher();
  }

  /** From now on the sync view cannot be put together any more. */
  breakSyncView(): void {
    this.#unshowable = true;
  }

  get syncWatchers(): number {
    return this.#syncWatchers.size;
  }

  /** Resolves when exactly so many pages watch the sync view. */
  whenSyncWatchers(count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.#syncWatchers.size === count) resolve();
      };
      this.#watchedListener = look;
      look();
    });
  }

  /** Resolves with the first defect that was reported. */
  defect(): Promise<{ readonly what: string; readonly error: unknown }> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.defects[0] !== undefined) resolve(this.defects[0]);
      };
      this.#defectListeners.add(look);
      look();
    });
  }

  async #start(): Promise<void> {
    this.#transport = await this.#serve({
      engine: this.#engine(),
      onDefect: (what, error) => {
        this.defects.push({ what, error });
        for (const listener of [...this.#defectListeners]) listener();
      },
    });
  }

  #engine(): Engine {
    return {
      verbs: {
        ...this.till.verbs,
        pair: async () => ({ ok: false, reason: "alreadyPaired" }),
        picture: () => this.picture(),
        startTraining: async () => ({ ok: false, reason: "storage" }),
        endTraining: async () => ({ ok: false, reason: "notTraining" }),
        confirmRecords: async () => ({ ok: false, reason: "notSignedIn" }),
        installUpdate: async () => ({ ok: false, reason: "noUpdate" }),
        syncNow: async () => ({}),
      },
      views: {
        ...this.till.shop.views,
        training: { current: () => null, watch: () => () => undefined },
        update: {
          current: () => ({ running: "0.3.0", wanted: null, now: { state: "upToDate" } }),
          watch: () => () => undefined,
        },
        sync: { current: () => this.#currentSync(), watch: (onChange) => this.#watchSync(onChange) },
      },
      picture: async () => null,
      close: async () => undefined,
    };
  }

  #currentSync(): SyncView {
    if (this.#unshowable) throw new RangeError("the sum of secret 4711 is too large");
    return this.#sync;
  }

  #watchSync(onChange: () => void): Unwatch {
    this.#syncWatchers.add(onChange);
    this.#watchedListener?.();
    return () => {
      this.#syncWatchers.delete(onChange);
      this.#watchedListener?.();
    };
  }
}
