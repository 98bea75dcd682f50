import { createHash, createPublicKey, verify } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { SIGNATURE_CONTEXT } from "#domain/journal/entry.ts";
import { hashOfContent } from "#domain/journal/seal.ts";
import { entrySchema } from "#protocol/sync/entry.ts";

/** Entries written in one transaction. */
const BATCH = 100;

/** The least that taking entries in costs: each read, checked by its schema, its hash and its signature, and put into one table of bare SQLite, a hundred a commit. */
export interface BareIngest {
  readonly perSecond: number;
  /** Of that, what is done before anything is written; milliseconds of the processor for each entry. */
  readonly checkMs: number;
}

export function bareIngest({
  folder,
  entries,
  publicKey,
}: {
  readonly folder: string;
  readonly entries: readonly Buffer[];
  /** PEM of the key that signed them. */
  readonly publicKey: string;
}): BareIngest {
  const key = createPublicKey(publicKey);
  const sha256Hex = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");
  const database = new DatabaseSync(join(folder, "ingest-floor.sqlite"));
  try {
    database.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
    database.exec("CREATE TABLE IF NOT EXISTS entries (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT");
    const insert = database.prepare("INSERT INTO entries (id, text) VALUES (?, ?)");
    const start = performance.now();
    let checkMs = 0;
    for (let first = 0; first < entries.length; first += BATCH) {
      const texts = entries.slice(first, first + BATCH).map((json) => json.toString());
      const before = performance.now();
      const ids = texts.map((text) => {
        const entry = entrySchema.parse(JSON.parse(text));
        const isWhole =
          hashOfContent(entry, sha256Hex) === entry.hash &&
          verify(
            null,
            Buffer.from(SIGNATURE_CONTEXT + entry.hash, "utf8"),
            key,
            Buffer.from(entry.signature, "base64url"),
          );
        if (!isWhole) throw new Error("a prepared entry is not whole");
        return entry.id;
      });
      checkMs += performance.now() - before;
      database.exec("BEGIN");
      for (const [place, id] of ids.entries()) insert.run(id, texts[place] ?? "");
      database.exec("COMMIT");
    }
    const ms = performance.now() - start;
    return { perSecond: (entries.length * 1_000) / ms, checkMs: checkMs / entries.length };
  } finally {
    database.close();
  }
}
