import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Random, seededRandom } from "../../sync-server/demo/random.ts";
import { leaseWatched } from "../check/leases.ts";
import { openShop, STORES } from "../retailer.ts";
import { isDiskTrouble, Killed } from "./disk.ts";
import { FAIR, Line, type Weather } from "./network.ts";
import { PostgresData } from "./postgres/postgres-data.ts";
import { type ServerData, sqliteData } from "./server-data.ts";
import { type Answer, type Asked, NO_SEAMS, ServerMachine, type ServerSeams } from "./server-machine.ts";
import { GivenUp, NO_TILL_SEAMS, TillMachine, type TillSeams } from "./till-machine.ts";
import { VirtualTime } from "./virtual-time.ts";

const BEGINS_AT = Date.UTC(2026, 10, 24, 8, 0);
/** What takes longer than this, milliseconds, hangs. */
const HANGS_AFTER_MS = 5 * 60_000;
const KEPT_LINES = 400;

/** Somebody waited in vain. */
export class Hangs extends Error {}

/** What a seeded bug may put in the way, see `mutations.ts`. */
export interface Seams {
  readonly server: ServerSeams;
  readonly till: TillSeams;
}

const NONE: Seams = { server: NO_SEAMS, till: NO_TILL_SEAMS };

/** A till and where it stands. */
export interface Place {
  readonly till: TillMachine;
  readonly storeCode: string;
}

/** What machines have on their disks on the first morning, and since when. */
export interface Morning {
  readonly at: number;
  readonly server: Kept;
  readonly tills: readonly (Kept & { readonly name: string; readonly storeCode: string })[];
}

interface Kept {
  readonly folder: string;
  readonly starts: number;
}

/** Tills, a server and the lines between them, on one clock, one source of chance and disks in one folder. */
export class World {
  readonly random: Random;
  readonly time = new VirtualTime(BEGINS_AT);
  readonly root: string;
  readonly server: ServerMachine;
  readonly places: Place[] = [];
  weather: Weather = FAIR;
  faults = 0;
  kills = 0;
  readonly defects: string[] = [];
  /** What was wrong while it went on. */
  readonly contradictions: string[] = [];
  readonly #seed: number;
  readonly #seams: Seams;
  readonly #data: ServerData;
  readonly #trace = createHash("sha256");
  readonly #lines: string[] = [];
  readonly #onLine: ((line: string) => void) | null;

  constructor({
    seed,
    folder,
    seams = NONE,
    onLine = null,
    postgres = null,
  }: {
    readonly seed: number;
    /** Where its disks are. */
    readonly folder: string;
    /** The address of a PostgreSQL whose databases its servers use; null: their files are SQLite's. */
    readonly postgres?: string | null;
    readonly seams?: Seams;
    readonly onLine?: ((line: string) => void) | null;
  }) {
    this.#seed = seed;
    this.#seams = seams;
    this.#onLine = onLine;
    this.random = seededRandom(seed);
    this.root = mkdtempSync(join(folder, "day-"));
    const { time, root } = this;
    this.#data =
      postgres === null
        ? sqliteData()
        : new PostgresData({ url: postgres, root, time, note: (what) => this.#databaseFault(what) });
    this.server = new ServerMachine({
      time,
      root,
      data: this.#data,
      seams: seams.server,
      onKilled: () => this.#killed("server"),
      watch: (asked, answer) => this.#watched(asked, answer),
    });
  }

  /** Ends all machines and keeps what they have on their disks, in a folder that outlives this world. */
  async keep(folder: string): Promise<Morning> {
    await this.#end();
    const kept = async (machine: ServerMachine | TillMachine, name: string): Promise<Kept> => {
      const to = join(folder, name);
      await machine.backup(to);
      return { folder: to, starts: machine.starts };
    };
    return {
      at: this.time.now,
      server: await kept(this.server, "server"),
      tills: await Promise.all(
        this.places.map(async ({ till, storeCode }) => ({
          ...(await kept(till, till.name)),
          name: till.name,
          storeCode,
        })),
      ),
    };
  }

  /** All machines as they were kept, switched on; `behind`: each till so many versions behind the server. */
  async begin({ at, server, tills }: Morning, behind: () => number): Promise<void> {
    this.time.skip(at - this.time.now);
    await this.server.restore(server.folder, server.starts);
    await this.server.start();
    for (const { name, storeCode, folder, starts } of tills) {
      const till = this.machine(name);
      till.restore(folder, starts);
      till.behind = behind();
      this.places.push({ till, storeCode });
      await this.drive(till.start());
    }
  }

  /** The server before its first morning, with its goods. */
  async openServer(): Promise<void> {
    await this.server.start();
    await this.server.within((deps) => openShop(deps));
    await this.time.settled();
  }

  /** A till that is paired with a store and has read all that it needs. */
  async openTill(storeCode: string): Promise<Place> {
    const till = this.machine(`till${this.places.length + 1}`);
    await till.start();
    const code = await this.server.within(({ enrolment }) => enrolment.makePairingCode(storeCode));
    if (code === null) throw new Error(`there is no store ${storeCode}`);
    const paired = await this.drive(till.pair(code.code));
    if (!paired.ok) throw new Error(`the till was not paired: ${paired.reason}`);
    await this.until(() => till.engine.views.sync.current().firstSync === null, "its first sync");
    const place = { till, storeCode };
    this.places.push(place);
    return place;
  }

  /** The other machines that were paired as the same device. */
  twinsOf(till: TillMachine): readonly TillMachine[] {
    return this.places
      .map((place) => place.till)
      .filter((other) => other !== till && other.deviceName === till.deviceName);
  }

  /** `deviceName`: as what it was paired; another's where it is a twin. */
  machine(name: string, deviceName = name): TillMachine {
    return new TillMachine({
      name,
      deviceName,
      time: this.time,
      root: this.root,
      seed: this.#seed * 31 + [...name].reduce((sum, letter) => sum * 7 + letter.charCodeAt(0), 0),
      line: (random, behind) =>
        new Line({
          behind,
          time: this.time,
          server: this.server,
          random,
          weather: () => this.weather,
          note: (what) => this.note(`${name} ${what}`),
          fault: () => this.fault(),
        }),
      onKilled: () => this.#killed(name),
      onDefect: (what, error) => {
        if (isOurDoing(error)) return;
        this.defects.push(
          `${name}: ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        this.note(`${name} defect at ${what}: ${String(error)}`);
      },
      seams: this.#seams.till,
    });
  }

  /** Lets time pass until something is answered. Throws what it was refused with, and Hangs when nobody ever answers. */
  async drive<T>(promise: Promise<T>, isGivenUp: () => boolean = () => false): Promise<T> {
    let outcome: { readonly value: T } | { readonly error: unknown } | null = null;
    promise.then(
      (value) => {
        outcome = { value };
      },
      (error: unknown) => {
        outcome = { error };
      },
    );
    const hangsAt = this.time.now + HANGS_AFTER_MS;
    for (;;) {
      await this.time.settled();
      // TypeScript does not see that the promise sets it.
      const found = outcome as { readonly value: T } | { readonly error: unknown } | null;
      if (found !== null) {
        if ("value" in found) return found.value;
        throw found.error;
      }
      if (isGivenUp()) throw new GivenUp("whoever was asked is gone");
      if (!(await this.time.next(hangsAt))) throw new Hangs("nobody ever answered");
    }
  }

  async until(isSo: () => boolean, what: string): Promise<void> {
    const hangsAt = this.time.now + HANGS_AFTER_MS;
    while (!isSo()) if (!(await this.time.next(hangsAt))) throw new Hangs(`waited in vain for ${what}`);
  }

  /** Keeps what the server has on its disk, or what a till has, for a later day. */
  async backup(of: ServerMachine | TillMachine, name: string): Promise<void> {
    const folder = join(this.root, `backup-${name}`);
    rmSync(folder, { recursive: true, force: true });
    await of.backup(folder);
  }

  /** The newest backup of that name; null where there is none. */
  backupOf(name: string): string | null {
    const folder = join(this.root, `backup-${name}`);
    return existsSync(folder) ? folder : null;
  }

  fault(): void {
    this.faults += 1;
  }

  /** What happened, in words that are the same each time. */
  note(what: string): void {
    const line = `${this.time.now - BEGINS_AT} ${what}`;
    this.#trace.update(`${line}\n`);
    this.#onLine?.(line);
    this.#lines.push(line);
    if (this.#lines.length > 2 * KEPT_LINES) this.#lines.splice(0, KEPT_LINES);
  }

  get lastLines(): readonly string[] {
    return this.#lines.slice(-KEPT_LINES);
  }

  /** A digest of everything that was noted. */
  traceHash(): string {
    return this.#trace.copy().digest("hex");
  }

  async close(): Promise<void> {
    await this.#end();
    await this.#data.close();
    this.time.end();
    rmSync(this.root, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    for (const { till } of this.places) if (till.isOn) await this.drive(till.stop()).catch(() => till.kill());
    await this.server.stop();
    await this.time.settled();
  }

  async #watched(asked: Asked, answer: () => Promise<Answer>): Promise<Answer> {
    if (asked.path !== "/sync/v1/leases") return answer();
    const about = { server: this.server, now: this.time.now, asked };
    const { answered, wrong } = await leaseWatched(about, answer);
    if (wrong !== null) this.contradictions.push(wrong);
    return answered;
  }

  #databaseFault(what: string): void {
    this.fault();
    this.note(what);
  }

  #killed(who: string): void {
    this.kills += 1;
    this.note(`${who} killed`);
  }
}

/** The trouble that a disk was given, or the end of a machine. */
function isOurDoing(error: unknown): boolean {
  return error instanceof Killed || isDiskTrouble(error);
}

export const STORE_CODES: readonly string[] = STORES.map(({ code }) => code);
