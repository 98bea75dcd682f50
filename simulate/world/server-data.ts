import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Storage } from "../../sync-server/storage/port.ts";
import type { Row, SqlInput } from "../../sync-server/storage/sql/database.ts";
import { asideHere } from "../../sync-server/storage/sqlite/aside-here.ts";
import { SqliteStorage } from "../../sync-server/storage/sqlite/storage.ts";
import { copyFolder, type Disk } from "./disk.ts";
import type { DatabaseLine } from "./postgres/database-line.ts";

/** Where a simulated server keeps what it knows. What it has at a time is named by a folder, whichever engine keeps it. */
export interface ServerData {
  /** Opens what a folder has. Throws where the database does not answer. */
  open(folder: string, disk: Disk, isRunning: () => boolean): Promise<Storage>;
  /** The server ends at this very moment: what it had in one folder is from now on what the other has. */
  cutOff(from: string, to: string): void;
  /** `to` gets what `from` has; nobody may be at work in it. */
  copy(from: string, to: string): Promise<void>;
  /** Asks what a folder has, beside the server. */
  all(folder: string, sql: string, ...values: readonly SqlInput[]): Promise<readonly Row[]>;
  /** The way to the database that the server was opened by; null where there is none between them. */
  readonly line: DatabaseLine | null;
  /** Forgets what was kept in the world's own folders. */
  close(): Promise<void>;
}

const FILE = "server.sqlite";

/** A file of SQLite in the folder. */
export function sqliteData(): ServerData {
  let books: Books | null = null;
  const close = () => {
    books?.close();
    books = null;
  };
  return {
    line: null,
    async open(folder, disk) {
      const file = join(folder, FILE);
      return new SqliteStorage(file, { aside: asideHere(file), openFile: disk.open.bind(disk) });
    },
    cutOff: copyFolder,
    copy: async (from, to) => copyFolder(from, to),
    async all(folder, sql, ...values) {
      const file = join(folder, FILE);
      if (books?.file !== file) {
        close();
        books = new Books(file);
      }
      return books.all(sql, values);
    },
    close: async () => close(),
  };
}

/** What lies in a server's file, read beside the server. Kept open: the server's whole schema is read anew at each opening. */
class Books {
  readonly file: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #version: StatementSync;
  /** What was answered since the file was written last: whoever looks on asks far more often than anybody writes. */
  readonly #answers = new Map<string, readonly Row[]>();
  #answersOf: unknown;

  constructor(file: string) {
    this.file = file;
    this.#database = new DatabaseSync(file, { readOnly: true });
    this.#version = this.#database.prepare("PRAGMA data_version");
  }

  all(sql: string, values: readonly SqlInput[]): readonly Row[] {
    const version = this.#version.get()?.data_version;
    if (version !== this.#answersOf) this.#answers.clear();
    this.#answersOf = version;
    const asked = JSON.stringify([sql, values]);
    const known = this.#answers.get(asked);
    if (known !== undefined) return known;
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    const rows = statement.all(...values) as readonly Row[];
    this.#answers.set(asked, rows);
    return rows;
  }

  /** Lets go of its statements, each of which holds it in memory, closed or not. */
  close(): void {
    this.#statements.clear();
    this.#answers.clear();
    this.#database.close();
  }
}
