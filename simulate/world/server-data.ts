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
  // Kept open: the server's whole schema is read anew at each opening. What is asked again and again is prepared once.
  let books: {
    readonly file: string;
    readonly database: DatabaseSync;
    readonly statements: Map<string, StatementSync>;
  } | null = null;
  const close = () => {
    books?.database.close();
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
        books = { file, database: new DatabaseSync(file, { readOnly: true }), statements: new Map() };
      }
      const statement = books.statements.get(sql) ?? books.database.prepare(sql);
      books.statements.set(sql, statement);
      return statement.all(...values) as readonly Row[];
    },
    close: async () => close(),
  };
}
