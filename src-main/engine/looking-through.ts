import { lstatSync } from "node:fs";
import type { OpenMark } from "./open-mark.ts";
import { CheckpointThread } from "./storage/checkpoint-thread.ts";
import type { Connection, OpenFile } from "./storage/connection.ts";
import { damageIn } from "./storage/look-through.ts";

/** A fifth of a second of looking through it, read from a disk that has it in no cache. */
const LARGE_BYTES = 16_000_000;

/** Whether a replica is whole: one that was left open is looked through once, and any again whenever that is asked for. */
export class LookingThrough {
  readonly isLarge: boolean;
  readonly #connection: Connection;
  readonly #mark: OpenMark;
  /** Of its own: the other one may be asked to write the log back meanwhile. */
  #thread: CheckpointThread | null;
  readonly #openFile: OpenFile | undefined;
  /** Ends when nobody looks. */
  #last: Promise<unknown> = Promise.resolve();
  /** `hurt`: somebody came upon damage in it. */
  #state: "unknown" | "sound" | "hurt";
  /** It is closed, or about to go: nobody is to look any more. */
  #isOver = false;
  #found: Promise<string | null> | null = null;
  /** Resolves when the mark says that it is damaged, or cannot; null: it does not say so. */
  #marked: Promise<void> | null = null;

  constructor({
    connection,
    path,
    mark,
    openFile,
  }: {
    readonly connection: Connection;
    readonly path: string;
    readonly mark: OpenMark;
    readonly openFile: OpenFile | undefined;
  }) {
    this.#openFile = openFile;
    this.#connection = connection;
    this.#mark = mark;
    this.#state = mark.leftAs === "closed" ? "sound" : "unknown";
    this.isLarge = sizeOf(path) + sizeOf(`${path}-wal`) > LARGE_BYTES;
    this.#thread = this.isLarge ? new CheckpointThread(path) : null;
  }

  /** Nothing is known against it. */
  get isSound(): boolean {
    return this.#state === "sound";
  }

  found(): Promise<string | null> {
    if (this.#found === null) {
      this.#found = this.#mark.leftAs === "closed" ? Promise.resolve(null) : this.#look();
      this.#last = this.#found.catch(() => undefined);
    }
    return this.#found;
  }

  /** One after another. Rejects where the disk does not read it, which is no damage. */
  again(how: "look through" | "compare", connection: Connection): Promise<string | null> {
    const found = this.#last.then(() => this.#again(how, connection));
    this.#last = found.catch(() => undefined);
    return found;
  }

  async #again(how: "look through" | "compare", { database }: Connection): Promise<string | null> {
    if (this.#isOver || !database.isOpen) return null;
    if (this.#state === "hurt") return "it was found damaged before";
    const file = database.location();
    // A disk that was handed in is no other thread's.
    if (file === null || this.#openFile !== undefined)
      return this.#marking(damageIn(database, how === "compare" ? "integrity_check" : "quick_check"));
    const looked = await this.#lookedThroughBy(new CheckpointThread(file), how);
    return this.#marking(looked?.damage ?? null);
  }

  async #lookedThroughBy(
    thread: CheckpointThread,
    how: "look through" | "compare",
  ): Promise<{ readonly damage: string | null } | null> {
    this.#thread = thread;
    try {
      return await thread.lookThrough(how);
    } finally {
      await thread.end();
    }
  }

  async #marking(damage: string | null): Promise<string | null> {
    if (damage !== null) await this.foundDamaged();
    return damage;
  }

  foundDamaged(): Promise<void> {
    this.#state = "hurt";
    this.#marked ??= this.#mark.damaged().catch(() => {
      // The next who comes upon it tries again.
      this.#marked = null;
    });
    return this.#marked;
  }

  /** It is about to be thrown away on purpose: whoever opens it next after a crash is told that it is damaged, and whoever looks through it meanwhile that nothing is wrong. */
  async aboutToGo(): Promise<void> {
    this.#isOver = true;
    await this.foundDamaged();
  }

  /** When this resolves nobody looks, nor begins to. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#thread?.end();
    await this.#last;
    await this.#marked;
  }

  /** The file is another one, in which nothing is yet. Where the disk does not take that, the next who opens it throws it away in vain, unless it is closed in order before. */
  async begunAnew(): Promise<void> {
    await this.#mark.renew().catch(() => undefined);
    this.#found = Promise.resolve(null);
    this.#marked = null;
    this.#state = "sound";
    this.#isOver = false;
  }

  async #look(): Promise<string | null> {
    const looked =
      this.#thread === null
        ? { damage: damageIn(this.#connection.database) }
        : await this.#lookedThroughBy(this.#thread, "look through");
    // It is closed, or the thread has failed of something else than the disk: it is not known.
    if (looked === null) return null;
    // Somebody may have come upon it meanwhile.
    if (looked.damage === null && this.#state === "unknown") this.#state = "sound";
    return this.#marking(looked.damage);
  }
}

function sizeOf(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
