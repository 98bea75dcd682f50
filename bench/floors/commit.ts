import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

/** What a second copy's file is lengthened by, with zeros and before anything is timed: a line over them changes no size, which the disk would have to note as well. */
const ROOM_BYTES = 1024 * 1024;

/** The least that putting a text on the disk for good costs: with bare SQLite (WAL, `synchronous=FULL`, one row, nothing else), one commit at a time. */
export class BareCommits {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #copy: number;
  #end = 0;
  #room = 0;

  constructor(folder: string) {
    this.#database = new DatabaseSync(join(folder, "commit-floor.sqlite"));
    this.#database.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
    this.#database.exec(
      "CREATE TABLE IF NOT EXISTS acts (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
    );
    this.#insert = this.#database.prepare("INSERT INTO acts (text) VALUES (?)");
    this.#copy = openSync(join(folder, "commit-floor.lines"), "w+");
  }

  /** Milliseconds of one commit: one sync. */
  commit(text: string): number {
    const start = performance.now();
    this.#insert.run(text);
    return performance.now() - start;
  }

  /** The same behind a line of a plain file that is on the disk first, as what must not be lost is kept twice: two syncs. */
  commitTwice(text: string): number {
    const line = Buffer.from(`${text}\n`);
    this.#makeRoomFor(line.length);
    const start = performance.now();
    writeSync(this.#copy, line, 0, line.length, this.#end);
    fdatasyncSync(this.#copy);
    this.#insert.run(text);
    const ms = performance.now() - start;
    this.#end += line.length;
    return ms;
  }

  close(): void {
    closeSync(this.#copy);
    this.#database.close();
  }

  #makeRoomFor(bytes: number): void {
    if (this.#end + bytes <= this.#room) return;
    writeSync(this.#copy, Buffer.alloc(ROOM_BYTES), 0, ROOM_BYTES, this.#room);
    fdatasyncSync(this.#copy);
    this.#room += ROOM_BYTES;
  }
}
