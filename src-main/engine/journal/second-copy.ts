import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { JournalDocument } from "../database.ts";
import { diskTroubleOf } from "../disk-trouble.ts";
import type { AppendFile, OpenAppendFile } from "./append-file.ts";
import { type CopyRead, CopyReader, linesOf } from "./copy-lines.ts";

/** Of the second copy, beside the database. */
export const COPY_FILE = "journal.lines";
const READ_AT_ONCE = 4 * 1024 * 1024;
/** Made behind the last commit when less than that is left of it: some hundred tickets. */
const ROOM = { made: 1024 * 1024, least: 256 * 1024 };

type Written = Pick<JournalDocument, "id" | "entry">;

/** Reads a second copy; null where there is none. Throws what the disk throws. */
export function readCopy(file: string): CopyRead | null {
  const handle = opened(file);
  if (handle === null) return null;
  try {
    const reader = new CopyReader();
    const piece = Buffer.allocUnsafe(Math.min(fstatSync(handle).size + 1, READ_AT_ONCE));
    for (let at = 0; ; ) {
      const read = readSync(handle, piece, 0, piece.length, at);
      if (read === 0) return reader.end();
      // What the reader keeps of a piece must not change under it.
      reader.take(Buffer.from(piece.subarray(0, read)));
      at += read;
    }
  } finally {
    closeSync(handle);
  }
}

/**
 * Whether what lies behind `end` in a second copy is what a power cut may leave of lines that were being written there: some of them, and nothing (zeros are room) besides. Throws what
 * the disk throws.
 */
export function isWhatACutLeavesOf(lines: Buffer, file: string, end: number): boolean {
  const handle = openSync(file, "r");
  try {
    const piece = Buffer.allocUnsafe(READ_AT_ONCE);
    for (let at = end; ; ) {
      const read = readSync(handle, piece, 0, piece.length, at);
      if (read === 0) return true;
      for (let place = 0; place < read; place += 1)
        if (piece[place] !== 0 && piece[place] !== lines[at - end + place]) return false;
      at += read;
    }
  } finally {
    closeSync(handle);
  }
}

/** Reads texts of entries out of a second copy, by their places in it. */
export function textsOf(
  file: string,
  places: readonly { readonly at: number; readonly bytes: number }[],
): string[] {
  if (places.length === 0) return [];
  const handle = openSync(file, "r");
  try {
    return places.map(({ at, bytes }) => {
      const text = Buffer.allocUnsafe(bytes);
      readSync(handle, text, 0, bytes, at);
      return text.toString("utf8");
    });
  } finally {
    closeSync(handle);
  }
}

function opened(file: string): number | null {
  try {
    return openSync(file, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/**
 * The journal once more, in a plain file beside the database. A commit is written here before it is in the database, and on the disk in both before anybody hears of it: whatever
 * hurts one of the two, each receipt that was given out is in the other.
 */
export class SecondCopy {
  /** Null: it could not even be opened. */
  readonly #file: AppendFile | null;
  readonly #onFailing: (error: unknown) => void;
  /** Where the next commit goes. */
  #end: number;
  /** The commit that was written last, as long as nobody knows whether the database has it. */
  #last: { readonly from: number; readonly id: string } | null = null;
  /** Bytes behind the end that are zeros on the disk. */
  #room: number;
  #isFailing = false;
  #isClosed = false;
  /** What was written last is on the disk, or the copy is failing. */
  #synced: Promise<void> = Promise.resolve();
  /** It is not yet. */
  #isSyncing = false;

  private constructor(file: AppendFile | null, end: number, onFailing: (error: unknown) => void) {
    this.#file = file;
    this.#end = end;
    this.#onFailing = onFailing;
    this.#room = Math.max(0, (file?.size ?? 0) - end);
    if (file !== null) this.#makeRoom();
  }

  /** `end`: what lies behind it in the file is zeros, or (`isTorn`) was never told to anybody. One that cannot be written is failing from the start. Throws where the disk is full. */
  static open({
    path,
    end,
    isTorn,
    open,
    onFailing,
  }: {
    readonly path: string;
    readonly end: number;
    readonly isTorn: boolean;
    readonly open: OpenAppendFile;
    readonly onFailing: (error: unknown) => void;
  }): SecondCopy {
    try {
      const file = open(path);
      if (isTorn) file.cut(end);
      return new SecondCopy(file, end, onFailing);
    } catch (error) {
      if (diskTroubleOf(error) === "diskFull") throw error;
      return SecondCopy.failing(error, onFailing);
    }
  }

  /** One that cannot be written. */
  static failing(error: unknown, onFailing: (error: unknown) => void): SecondCopy {
    const copy = new SecondCopy(null, 0, onFailing);
    copy.#fail(error);
    return copy;
  }

  /** It cannot be written any more: the journal is in the database alone until the next start. */
  get isFailing(): boolean {
    return this.#isFailing;
  }

  /**
   * Writes a commit; it is on the disk when what this answers has resolved, and until then nothing else may be asked of the copy. Throws where the disk is full, and nothing of it is
   * left then. Any other failure, and each that shows only as it is synced (the database has it by then), is told to `onFailing` once, and the till goes on with one copy: it has
   * sold with one all the years. Throws once it is closed: what is not in the file must not be in the database alone.
   */
  append(documents: readonly Written[]): Promise<void> {
    if (this.#isClosed) throw new Error("the second copy is closed");
    const last = documents.at(-1);
    if (this.#file === null || this.#isFailing || last === undefined) return this.#synced;
    const lines = linesOf(documents);
    const from = this.#end;
    try {
      this.#file.write(lines, from);
    } catch (error) {
      this.#tryToCut(from);
      if (diskTroubleOf(error) === "diskFull") throw error;
      this.#fail(error);
      return this.#synced;
    }
    this.#end = from + lines.length;
    this.#last = { from, id: last.id };
    this.#room = Math.max(0, this.#room - lines.length);
    this.#synced = this.#sync(this.#file);
    return this.#synced;
  }

  /**
   * The database did not take the last commit for certain: it was looked at, and `newest` is the last that it has. What the file has beyond that is taken back, by a copy that is failing as
   * well: the next start would book it. Throws what the disk throws.
   */
  settle(newest: string): void {
    const last = this.#last;
    if (this.#file === null || last === null || newest >= last.id) return;
    this.#file.cut(last.from);
    this.#room = 0;
    this.#end = last.from;
    this.#last = null;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#synced;
    this.#file?.close();
  }

  async #sync(file: AppendFile): Promise<void> {
    this.#isSyncing = true;
    try {
      await file.sync();
    } catch (error) {
      this.#fail(error);
    }
    this.#isSyncing = false;
    // The cashier's answer goes out first.
    if (this.#room < ROOM.least) setImmediate(() => this.#makeRoom());
  }

  /**
   * Where there is none on the disk, the next commit makes its own, a little more slowly. Not while a commit is being synced (which asks for it again): a file that is synced by two at the same
   * time tells only one of them that what was written is lost.
   */
  #makeRoom(): void {
    if (this.#file === null || this.#isFailing || this.#isSyncing || this.#isClosed) return;
    if (this.#room >= ROOM.least) return;
    try {
      this.#file.fill(this.#end + this.#room, ROOM.made);
      this.#room += ROOM.made;
    } catch (error) {
      this.#room = 0;
      if (diskTroubleOf(error) !== "diskFull") this.#fail(error);
    }
  }

  /** What of it stays is written over by the next commit, or cut off at the next start. */
  #tryToCut(to: number): void {
    try {
      this.#file?.cut(to);
      this.#room = 0;
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#isFailing) return;
    this.#isFailing = true;
    try {
      this.#onFailing(error);
    } catch {
      // Whoever cannot be told must not keep a sale from being finished that the database has by now.
    }
  }
}
