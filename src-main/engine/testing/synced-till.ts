import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CustomerId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { SyncView } from "#protocol/till/status.ts";
import { openParts, type TillParts } from "../engine.ts";
import { PLAIN_VAULT, type Vault } from "../identity.ts";
import { pairTill } from "../pairing.ts";
import type { TillIdentity } from "../ports.ts";
import type { OpenFile } from "../storage/connection.ts";
import { backoffMs } from "../sync/backoff.ts";
import { ServerClient } from "../sync/server-client.ts";
import { Sync } from "../sync/sync.ts";
import type { FakeClock } from "./fake-clock.ts";
import { type FakeServer, PAIRING_CODE, SERVER } from "./fake-server.ts";
import { FakeTimers } from "./fake-timers.ts";
import { saleOf } from "./sale.ts";
import { JOHANNA, MIRA, MUG, price, product, SETTINGS, stock, TEE_S } from "./shop-fixture.ts";

/** Each back-off is in the middle of what it may be, so that it is shorter than any other rest or deadline. */
const MIDDLE = 0.5;
const LONGEST_BACKOFF_MS = backoffMs({ failures: 1_000, random: () => MIDDLE });
/** How long push and pull rest where nothing failed, milliseconds. */
export const POLL_MS = 60_000;

interface Running {
  readonly parts: TillParts;
  readonly sync: Sync;
  readonly closing: AbortController;
}

/** A till without a shop: identity, journal and replica on a real disk, and the sync between them and a made-up server. Time moves by hand. */
export class SyncedTill {
  readonly server: FakeServer;
  readonly clock: FakeClock;
  readonly timers = new FakeTimers();
  readonly defects: unknown[] = [];
  /** Customers of whom the till was told to keep nothing. */
  readonly erased: string[] = [];
  /** Customers of whom it keeps something besides its replica. */
  readonly kept = new Set<CustomerId>();
  readonly folder = mkdtempSync(join(tmpdir(), "onetill-sync-"));
  random = MIDDLE;
  /** These two of its next start. */
  vault: Vault = PLAIN_VAULT;
  openFile: OpenFile | undefined;
  #running: Running | null = null;
  #ids = 0;

  private constructor(server: FakeServer) {
    this.server = server;
    this.clock = server.clock;
  }

  /** A till that knows no server yet. */
  static async unpaired(server: FakeServer): Promise<SyncedTill> {
    const till = new SyncedTill(server);
    await till.start();
    return till;
  }

  /** A till that has just been paired and is about to take its first sync. */
  static async paired(server: FakeServer): Promise<SyncedTill> {
    const till = await SyncedTill.unpaired(server);
    const paired = await till.pair(PAIRING_CODE);
    if (!paired.ok) throw new Error(`the till was not paired: ${paired.reason}`);
    return till;
  }

  /** A till with the whole replica, whose loops rest. */
  static async upToDate(server: FakeServer): Promise<SyncedTill> {
    const till = await SyncedTill.paired(server);
    await till.until(
      ({ firstSync, unsent, link }) => firstSync === null && unsent === 0 && link.state === "online",
    );
    await till.resting();
    return till;
  }

  get parts(): TillParts {
    return this.#now.parts;
  }

  get sync(): Sync {
    return this.#now.sync;
  }

  get view(): SyncView {
    return this.sync.view();
  }

  get identity(): TillIdentity {
    const identity = this.parts.identity.identity();
    if (identity === null) throw new Error("this till is not paired");
    return identity;
  }

  get #now(): Running {
    if (this.#running === null) throw new Error("the till is not running");
    return this.#running;
  }

  /** Starts the till on what its disk has. */
  async start(): Promise<void> {
    const closing = new AbortController();
    const { clock, folder: dataDir, server, timers, vault, openFile } = this;
    const newId = (): string => this.newId();
    const parts = await openParts(
      {
        version: "0.3.0",
        dataDir,
        clock,
        newId,
        fetch: server.fetch,
        timers,
        vault,
        ...(openFile === undefined ? {} : { openFile }),
      },
      closing.signal,
    );
    const sync = new Sync({
      ...parts,
      onErased: async (customers) => {
        this.erased.push(...customers);
        for (const customer of customers) this.kept.delete(customer);
      },
      keptCustomers: async () => new Set(this.kept),
      clock,
      random: () => this.random,
      onDefect: (error) => this.defects.push(error),
    });
    this.#running = { parts, sync, closing };
    sync.start();
  }

  async stop(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    this.#running = null;
    running.closing.abort();
    await running.sync.ended();
    for (const part of running.parts.opened) await part.close();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async pair(code: string, server = SERVER): Promise<VerbAnswer<"pair">> {
    const { identity, journal, network } = this.parts;
    const paired = await pairTill(
      { server, code },
      {
        identity,
        journal,
        clock: this.clock,
        connect: (address) => new ServerClient({ server: address, token: null }, network),
        machineName: "till at the door",
      },
    );
    if (paired.ok) this.sync.start();
    return paired;
  }

  newId(): string {
    this.#ids += 1;
    return `id-${String(this.#ids).padStart(6, "0")}`;
  }

  /** Resolves as soon as the sync view is as wanted. */
  until(wanted: (view: SyncView) => boolean): Promise<SyncView> {
    const { sync } = this;
    return new Promise((resolve) => {
      const look = (): void => {
        const view = sync.view();
        if (!wanted(view)) return;
        stop();
        resolve(view);
      };
      const stop = sync.watch(look);
      look();
    });
  }

  /** Push and pull have done what there was to do and wait for a minute. */
  resting(): Promise<void> {
    return this.timers.until((rests) => rests.filter((ms) => ms === POLL_MS).length === 2);
  }

  /** Something failed and waits to be tried again. */
  backingOff(): Promise<void> {
    return this.timers.until((rests) => rests.some((ms) => ms <= LONGEST_BACKOFF_MS));
  }

  /** Whatever backs off tries again now. */
  tryAgain(): void {
    this.timers.hurry(LONGEST_BACKOFF_MS);
  }

  /** Whatever backs off meanwhile tries again without waiting. */
  async tryingAgain<T>(awaited: Promise<T>): Promise<T> {
    let over = false;
    const end = awaited.finally(() => {
      over = true;
      // Sets and clears a timer: whoever waits for timers looks again.
      this.timers.clear(this.timers.set(() => undefined, 0));
    });
    while (!over) {
      await this.timers.until((rests) => over || rests.some((ms) => ms <= LONGEST_BACKOFF_MS));
      await new Promise((resolve) => setImmediate(resolve));
      this.tryAgain();
    }
    return end;
  }

  sell({ pieces = 1, lines = 1 } = {}): Promise<JournalEntry> {
    const { identity } = this;
    return this.parts.journal.append({
      staff: MIRA.id,
      makeFact: (head) =>
        saleOf({ head, identity, newId: () => this.newId(), at: this.clock.now(), pieces, lines }),
    });
  }

  /** Sells, and resolves when the server has all that was sold. */
  async sellAndSend(): Promise<JournalEntry> {
    const sale = await this.sell();
    await this.until(({ unsent }) => unsent === 0);
    return sale;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true });
  }
}

/** A server with a small shop on its books: two articles, their prices and stock, two members of staff. */
export function stockedServer(server: FakeServer): FakeServer {
  const { books } = server;
  books.put("settings", SETTINGS);
  books.put("staff", MIRA, JOHANNA);
  books.put("products", product("mug"), product("tee"));
  books.put("prices", price(MUG, 850), price(TEE_S, 1_999));
  books.put("stock", stock(MUG, 12), stock(TEE_S, 5));
  return server;
}
