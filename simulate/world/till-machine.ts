import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { instant } from "#domain/ids.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import { drawDocument } from "../../src-main/devices/document/draw-document.ts";
import { type Engine, startEngine } from "../../src-main/engine/engine.ts";
import type { OpenAppendFile } from "../../src-main/engine/journal/append-file.ts";
import { type Random, seededRandom } from "../../sync-server/demo/random.ts";
import { MANAGER_PIN } from "../retailer.ts";
import { copyFolder, Disk, isDiskTrouble } from "./disk.ts";
import type { Line } from "./network.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** The machine that was asked ended before it answered. */
export class GivenUp extends Error {}

interface Running {
  readonly engine: Engine;
  readonly disk: Disk;
  readonly line: Line;
  readonly life: { isOver: boolean };
}

const PROBABILITIES = 1_000_000;

/** Who the till is: beside its databases, in a file of its own. */
const IDENTITY = "identity.json";

/** Where the simulated server is said to be. */
export const SERVER = "http://server.simulated";

/** What a seeded bug may put between a till and its disk. */
export interface TillSeams {
  readonly losesCommit: (file: string) => boolean;
  readonly openAppend: (open: OpenAppendFile) => OpenAppendFile;
}

export const NO_TILL_SEAMS: TillSeams = { losesCommit: () => false, openAppend: (open) => open };

export interface TillSettings {
  readonly name: string;
  readonly deviceName: string;
  readonly time: VirtualTime;
  readonly root: string;
  readonly seed: number;
  readonly line: (random: Random, behind: number) => Line;
  readonly onKilled: () => void;
  readonly onDefect: (what: string, error: unknown) => void;
  readonly seams: TillSeams;
}

/** Where all of a till's journal is: what it says itself ("second copy" as a defect: in its database alone), and not known of files that were put back until it has started on them. */
type JournalIn = "both" | "database" | "unsure";

/** A till's machine: its folder, its clock, and the real engine on them while it runs. Killed, it starts again on what its disk had at that moment. */
export class TillMachine {
  readonly name: string;
  /** As what it was paired. */
  readonly deviceName: string;
  /** How far its clock is off, milliseconds. */
  clockOffset = 0;
  /** So many versions is it behind the server; another from its next start on. */
  behind = 0;
  /** Its replica's file was damaged: its next start that comes to an end may say so. */
  isReplicaHurt = false;
  journalIn: JournalIn = "both";
  readonly #settings: TillSettings;
  #generation = 0;
  #starts = 0;
  #running: Running | null = null;
  /** The start that goes on; it can be killed as well. */
  #starting: { readonly disk: Disk; readonly line: Line; readonly life: { isOver: boolean } } | null = null;

  constructor(settings: TillSettings) {
    this.#settings = settings;
    this.name = settings.name;
    this.deviceName = settings.deviceName;
    mkdirSync(this.folder, { recursive: true });
  }

  get folder(): string {
    return join(this.#settings.root, `${this.name}-${this.#generation}`);
  }

  get isOn(): boolean {
    return this.#running !== null;
  }

  /** Throws GivenUp while it is off. */
  get engine(): Engine {
    if (this.#running === null) throw new GivenUp(`${this.name} is off`);
    return this.#running.engine;
  }

  get disk(): Disk | null {
    return this.#running?.disk ?? null;
  }

  get line(): Line | null {
    return this.#running?.line ?? null;
  }

  get now(): number {
    return this.#settings.time.now + this.clockOffset;
  }

  /** Starts the engine on what the folder has, with what trouble is made for it until it has started. Whether it did: not where it was killed, or its disk failed it. */
  async start(trouble: (disk: Disk) => void = () => undefined): Promise<boolean> {
    const { time, seed, name, onDefect, seams } = this.#settings;
    this.#starts += 1;
    const start = this.#starts;
    const random = seededRandom(seed + start * 7919);
    const life = { isOver: false };
    const disk = new Disk(() => this.#cutOff());
    disk.losesCommit = seams.losesCommit;
    trouble(disk);
    const line = this.#settings.line(random, this.behind);
    this.#starting = { disk, line, life };
    let made = 0;
    let journalIn: JournalIn = "both";
    try {
      const engine = await startEngine({
        version: "0.3.0",
        dataDir: this.folder,
        clock: { now: () => instant(this.now) },
        // In the order in which they are made, also across restarts, as UUIDv7 are.
        newId: () => {
          made += 1;
          return `${time.now.toString(36)}-${name}-${start}-${made.toString(36).padStart(4, "0")}`;
        },
        fetch: line.fetch,
        timers: time.timers(() => !life.isOver),
        random: () => random.between({ from: 0, to: PROBABILITIES - 1 }) / PROBABILITIES,
        openFile: (file, options) => disk.open(file, options),
        openAppend: seams.openAppend((file) => disk.append(file)),
        machineName: this.deviceName,
        openPrinter: () => {
          throw new Error("no printer is set up here");
        },
        vault: disk.vault,
        drawDocument,
        verifyPin: async ({ pin }) => pin === MANAGER_PIN,
        onDefect: (what, error) => {
          if (!life.isOver && what === "second copy") {
            journalIn = "database";
            this.journalIn = journalIn;
          }
          if (!life.isOver && !(what === "replica" && this.isReplicaHurt)) onDefect(what, error);
        },
      });
      if (life.isOver) {
        void engine.close().catch(() => undefined);
        return false;
      }
      disk.mend();
      this.isReplicaHurt = false;
      this.journalIn = journalIn;
      this.#running = { engine, disk, line, life };
      return true;
    } catch (error) {
      if (life.isOver) return false;
      if (!isDiskTrouble(error)) throw error;
      life.isOver = true;
      disk.leave();
      line.leave();
      return false;
    } finally {
      this.#starting = null;
    }
  }

  /** Ends as a killed process does. */
  kill(): void {
    if (this.#running === null && this.#starting === null) return;
    this.#running?.disk.leave();
    this.#starting?.disk.leave();
    this.#cutOff();
  }

  /** Ends it as a colleague does. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    this.#running = null;
    await running.engine.close();
    running.life.isOver = true;
    running.line.leave();
  }

  async backup(to: string): Promise<void> {
    copyFolder(this.folder, to);
  }

  mend(): void {
    this.disk?.mend();
  }

  /** Puts the files of another time, or of another machine, in the place of its own; it must be off. `starts`: so often whoever wrote them was started. */
  restore(from: string, starts = 0): void {
    this.#generation += 1;
    this.#starts += starts;
    this.journalIn = "unsure";
    copyFolder(from, this.folder);
  }

  /** So often it was started: what it makes up is numbered by it. */
  get starts(): number {
    return this.#starts;
  }

  pair(code: string): Promise<VerbAnswer<"pair">> {
    return this.engine.verbs.pair({ server: SERVER, code });
  }

  #cutOff(): void {
    const before = this.folder;
    this.#generation += 1;
    copyFolder(before, this.folder);
    leaveHalf(join(this.folder, IDENTITY));
    const running = this.#running;
    const gone = running ?? this.#starting;
    this.#running = null;
    if (gone === null) return;
    gone.life.isOver = true;
    gone.line.leave();
    this.#settings.onKilled();
    // What is left of it lets go of its files; nobody hears of it any more.
    void running?.engine.close().catch(() => undefined);
  }
}

/** As a machine leaves a file that it was writing anew when it ended. */
function leaveHalf(file: string): void {
  if (!existsSync(file)) return;
  const text = readFileSync(file, "utf8");
  writeFileSync(`${file}.new`, text.slice(0, text.length / 2));
}
