import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { SIGNATURE_CONTEXT } from "#domain/journal/entry.ts";
import { hashOfContent } from "#domain/journal/seal.ts";
import { entrySchema } from "#protocol/sync/entry.ts";
import { validatorOf } from "../../sync-server/http/validate.ts";

/** Entries written in one transaction. */
const BATCH = 100;
const MICROSECONDS_PER_MS = 1_000;

/**
 * The least that taking entries in costs: each read, checked by its schema (by the server's own test), its hash and its signature, and put into one table of bare
 * SQLite, a hundred a commit.
 */
export interface BareIngest {
  readonly perSecond: number;
  /** Of that, what is done before anything is written; milliseconds of the processor for each entry, whatever else the machine does. */
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
  const database = new DatabaseSync(join(folder, "ingest-floor.sqlite"));
  try {
    database.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
    database.exec("CREATE TABLE IF NOT EXISTS entries (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT");
    const insert = database.prepare("INSERT INTO entries (id, text) VALUES (?, ?)");
    // Once for nothing: a server that is measured is warm as well.
    for (const json of entries) checkedId(json.toString(), key);
    const start = performance.now();
    let checkedMs = 0;
    for (let first = 0; first < entries.length; first += BATCH) {
      const texts = entries.slice(first, first + BATCH).map((json) => json.toString());
      const before = process.cpuUsage();
      const ids = texts.map((text) => checkedId(text, key));
      const { user, system } = process.cpuUsage(before);
      checkedMs += (user + system) / MICROSECONDS_PER_MS;
      database.exec("BEGIN");
      for (const [place, id] of ids.entries()) insert.run(id, texts[place] ?? "");
      database.exec("COMMIT");
    }
    const ms = performance.now() - start;
    return { perSecond: (entries.length * 1_000) / ms, checkMs: checkedMs / entries.length };
  } finally {
    database.close();
  }
}

const entryOf = validatorOf(entrySchema);

function checkedId(text: string, key: KeyObject): string {
  const entry = entryOf(JSON.parse(text));
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
}

function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
