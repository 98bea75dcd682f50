import { createHash } from "node:crypto";
import { createReadStream, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { MIGRATIONS } from "../sqlite/schema.ts";
import { NotCopied } from "./held.ts";

export const MANIFEST_FILE = "backup.json";
/** All rows, in a database of SQLite, whatever engine they come from. */
export const DATA_FILE = "data.sqlite";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();

const manifestSchema = z.strictObject({
  format: z.literal("onetill-backup"),
  version: z.literal(1),
  takenAt: z.iso.datetime(),
  engine: z.enum(["sqlite", "postgres"]),
  /** How many migrations the schema has behind it. */
  schema: z.number().int().positive(),
  era: z.string().nullable(),
  feeds: z.record(z.string(), z.number().int()),
  tills: count,
  entries: count,
  tickets: count,
  /** Secrets in it that the key of the servers opens; that key is not in the backup. */
  sealed: count,
  tables: z.record(z.string(), z.strictObject({ rows: count, digest: sha256, given: count.nullable() })),
  data: z.strictObject({ bytes: count, sha256 }),
});
/** What a backup says of itself. */
export type BackupManifest = z.infer<typeof manifestSchema>;

const sealedSchema = z.looseObject({ sha256 });

/** Writes it last: a folder without one is no backup. Its own hash is in it. */
export function writeManifest(folder: string, manifest: BackupManifest): void {
  const whole = { ...manifest, sha256: hashOf(manifest) };
  writeFileSync(join(folder, MANIFEST_FILE), `${JSON.stringify(whole, null, 2)}\n`, { flag: "wx" });
}

/** Reads it. Throws NotCopied where there is none, or it is not as it was written. */
export function readManifest(folder: string): BackupManifest {
  const read = sealedSchema.safeParse(jsonIn(folder));
  if (!read.success) throw damaged(folder, `${MANIFEST_FILE} cannot be read`);
  const { sha256: hash, ...said } = read.data;
  if (hash !== hashOf(said)) throw damaged(folder, `${MANIFEST_FILE} is not as it was written`);
  const manifest = manifestSchema.safeParse(said);
  if (!manifest.success)
    throw new NotCopied(`The backup in ${folder} is of a form that this version of Onetill does not know.`);
  if (manifest.data.schema > MIGRATIONS.length)
    throw new NotCopied(
      `The backup in ${folder} was taken by a newer Onetill (schema ${manifest.data.schema}, this one has ${MIGRATIONS.length}). Install that version or newer.`,
    );
  return manifest.data;
}

/** Size and hash of a file. */
export async function weighed(file: string): Promise<BackupManifest["data"]> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file)) hash.update(piece);
  return { bytes: statSync(file).size, sha256: hash.digest("hex") };
}

export function damaged(folder: string, why: string): NotCopied {
  return new NotCopied(
    `The backup in ${folder} is damaged or not whole: ${why}. Nothing was changed. Take another backup.`,
  );
}

function jsonIn(folder: string): unknown {
  let text: string;
  try {
    text = readFileSync(join(folder, MANIFEST_FILE), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    throw new NotCopied(
      code === "ENOENT" || code === "ENOTDIR"
        ? `There is no whole backup in ${folder}: it has no ${MANIFEST_FILE}.`
        : `The backup in ${folder} cannot be read (${String(code)}).`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function hashOf(said: unknown): string {
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}
