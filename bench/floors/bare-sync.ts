import { DatabaseSync, type StatementSync } from "node:sqlite";
import { z } from "zod";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";

/** Rows inserted in one transaction. */
const BATCH = 500;

const rowSchema = z.object({ id: z.string() });

/** What a bare first sync brought. */
export interface BareSync {
  readonly ms: number;
  readonly rows: number;
  /** Text of the snapshots, unpacked. */
  readonly bytes: number;
}

/**
 * The least that a first sync can be: every snapshot's bytes over HTTP from the same server, and each row into one table of bare SQLite (WAL,
 * `synchronous=FULL`, id and text) in transactions of 500. Nothing is checked or indexed, and nobody is told. Throws when the server refuses.
 */
export async function bareSync({
  address,
  headers,
  file,
}: {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: string;
}): Promise<BareSync> {
  const database = new DatabaseSync(file);
  try {
    database.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
    database.exec("CREATE TABLE rows (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT");
    const insert = database.prepare("INSERT INTO rows (id, text) VALUES (?, ?)");
    const start = performance.now();
    let rows = 0;
    let bytes = 0;
    for (const collection of REPLICA_COLLECTIONS) {
      const answer = await fetch(new URL(`/sync/v1/snapshot/${collection}`, address), { headers });
      if (!answer.ok || answer.body === null)
        throw new Error(`no snapshot of ${collection}: ${answer.status}`);
      const batch = new Batch({ database, insert, prefix: `${collection}/` });
      let rest = "";
      for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
        bytes += piece.length;
        const lines = `${rest}${piece}`.split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) batch.take(line);
      }
      rows += batch.end();
    }
    return { ms: performance.now() - start, rows, bytes };
  } finally {
    database.close();
  }
}

class Batch {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #prefix: string;
  #rows: [id: string, text: string][] = [];
  #written = 0;

  constructor(of: {
    readonly database: DatabaseSync;
    readonly insert: StatementSync;
    /** Of every id, so that collections do not meet in the one table. */
    readonly prefix: string;
  }) {
    this.#database = of.database;
    this.#insert = of.insert;
    this.#prefix = of.prefix;
  }

  /** A line of a snapshot; head and foot have no id and are no rows. */
  take(line: string): void {
    const row = rowSchema.safeParse(JSON.parse(line));
    if (!row.success) return;
    this.#rows.push([this.#prefix + row.data.id, line]);
    if (this.#rows.length >= BATCH) this.#write();
  }

  /** Writes what is left. Returns how many rows there were. */
  end(): number {
    this.#write();
    return this.#written;
  }

  #write(): void {
    this.#database.exec("BEGIN");
    for (const row of this.#rows) this.#insert.run(...row);
    this.#database.exec("COMMIT");
    this.#written += this.#rows.length;
    this.#rows = [];
  }
}
