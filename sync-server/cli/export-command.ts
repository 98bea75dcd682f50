import { createWriteStream, existsSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { instant } from "#domain/ids.ts";
import { writeFolder } from "../archive/folder.ts";
import { type OpenedArchive, openArchive, openZip } from "../archive/read.ts";
import { type ArchivedFile, zipped } from "../archive/zip.ts";
import { exportFiles } from "../audit/export-files.ts";
import { sha256Of } from "../audit/written-hash.ts";
import { lookAtSqlite } from "../storage/copies/sqlite-shop.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { PostgresStorage } from "../storage/postgres/storage.ts";
import { databaseWords } from "../storage/postgres/trouble.ts";
import { createSecretBox, keysBeside } from "../storage/secrets/secret-box.ts";
import { MIGRATIONS } from "../storage/sqlite/schema.ts";
import { versionOf } from "../storage/sqlite/version.ts";
import { Failure } from "./failure.ts";
import type { HqClient } from "./hq-client.ts";
import type { ExportCommand } from "./options.ts";
import type { Terminal } from "./terminal.ts";

const ZIP = ".zip";

/** Writes an export into a folder or a ZIP file, from a server or from its database alone. Answers the exit status. */
export async function runExport(
  command: ExportCommand,
  client: () => HqClient,
  terminal: Terminal,
): Promise<number> {
  const { out, database } = command;
  if (existsSync(out) && out.endsWith(ZIP)) throw new Failure(`${out} is there already.`);
  if (database === null) await fromServer(command, client());
  else await fromDatabase(command, database);
  const manifest =
    command.wish.format === "journal" ? sha256Of(openArchive(out).read("manifest.json")) : null;
  const files = openArchive(out).names;
  if (command.json) terminal.print(JSON.stringify({ ok: true, out, files, manifest }));
  else terminal.print(wordsOf({ out, files, manifest }));
  return 0;
}

function wordsOf({
  out,
  files,
  manifest,
}: {
  readonly out: string;
  readonly files: readonly string[];
  readonly manifest: string | null;
}): string {
  return [
    `${files.length} files in ${out}.`,
    ...(manifest === null
      ? []
      : [
          `SHA-256 of the manifest: ${manifest}`,
          "Note it down: whoever has it can tell later that the export is still this one.",
        ]),
  ].join("\n");
}

async function fromServer({ wish, out }: ExportCommand, client: HqClient): Promise<void> {
  const bytes = await client.exportZip(wish);
  if (out.endsWith(ZIP)) await pipeline([bytes], createWriteStream(out, { flags: "wx" }));
  else await inFolder(out, filesIn(openZip(bytes)));
}

async function fromDatabase(
  { wish, out }: ExportCommand,
  database: NonNullable<ExportCommand["database"]>,
): Promise<void> {
  await looking(database, async (tx) => {
    const madeAt = instant(Date.now());
    const store = await tx.storeByCode(wish.store);
    if (store === null) throw new Failure(`There is no store ${wish.store}.`);
    const files = exportFiles(tx, { ...wish, store, madeAt });
    if (out.endsWith(ZIP))
      await pipeline(zipped(files, new Date(madeAt)), createWriteStream(out, { flags: "wx" }));
    else await inFolder(out, files);
  });
}

/** One state of a database, read only: not a byte of a file is changed, which may be that of a backup. */
async function looking(
  { kind, place }: NonNullable<ExportCommand["database"]>,
  work: (tx: ReadTransaction) => Promise<void>,
): Promise<void> {
  if (kind === "file") {
    checkDatabase(place);
    const shop = lookAtSqlite(place);
    try {
      return await work(shop.tx);
    } finally {
      shop.close();
    }
  }
  const storage = await openedAt(place);
  try {
    await storage.read(work);
  } finally {
    await storage.close();
  }
}

async function openedAt(url: string): Promise<Storage> {
  try {
    return await PostgresStorage.open(url, {
      looksOnly: true,
      secrets: createSecretBox(keysBeside("server")),
    });
  } catch (error) {
    throw new Failure(databaseWords(error, url));
  }
}

/** An auditor's look changes nothing: a database of another version is left as it is. */
function checkDatabase(file: string): void {
  if (!existsSync(file)) throw new Failure(`There is no file ${file}.`);
  const version = versionOf(file);
  if (version === null) throw new Failure(`${file} is no database of a Onetill server.`);
  if (version !== MIGRATIONS.length)
    throw new Failure(
      `${file} was written by another version of Onetill (schema ${version}, this one has ${MIGRATIONS.length}): export it with that version.`,
    );
}

async function inFolder(
  folder: string,
  files: AsyncIterable<ArchivedFile> | Iterable<ArchivedFile>,
): Promise<void> {
  try {
    await writeFolder(folder, files);
  } catch (error) {
    if (error instanceof Failure || !(error instanceof Error)) throw error;
    throw new Failure(`It cannot be written into ${join(folder)}: ${error.message}.`);
  }
}

function* filesIn(archive: OpenedArchive): Generator<ArchivedFile> {
  for (const name of archive.names) yield { name, chunks: [archive.read(name)] };
}
