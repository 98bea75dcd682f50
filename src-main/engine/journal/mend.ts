import { join } from "node:path";
import { checkSeal } from "#domain/journal/check.ts";
import type { SignatureVerifier } from "#domain/journal/entry.ts";
import { entrySchema } from "#protocol/sync/entry.ts";
import { JOURNAL_FILE, type JournalDatabase, openJournalDatabase } from "../database.ts";
import { parsed } from "../parsed.ts";
import type { Clock } from "../ports.ts";
import { syncFolderOf } from "../replace-file.ts";
import type { OpenFile } from "../storage/connection.ts";
import type { OpenAppendFile } from "./append-file.ts";
import { type CopyLine, type CopyRead, linesOf } from "./copy-lines.ts";
import { draftsInDatabase, isDamage, textsInDatabase } from "./database-marks.ts";
import { sha256Hex } from "./journal.ts";
import { documentId, readEntry, toDocument } from "./journal-document.ts";
import type { Mending, Side } from "./reconcile.ts";
import { COPY_FILE, textsOf } from "./second-copy.ts";
import { finishAside, keepAsIs, setAsideDatabase, unfinishedAside } from "./set-aside.ts";
import { writeCopy } from "./write-copy.ts";

/** Entries that are read, or brought back in one commit, together. */
const AT_ONCE = 500;

/** Where a journal lies, and how its files are opened. */
export interface Places {
  readonly dataDir: string;
  /** Of the database. */
  readonly name: string;
  readonly openFile: OpenFile | undefined;
  readonly openAppend: OpenAppendFile;
  readonly clock: Clock;
}

/** Texts of entries where they can be read. */
export class Texts {
  readonly #places: Places;
  readonly #lines: ReadonlyMap<string, CopyLine>;
  readonly #given: ReadonlyMap<string, string>;
  /** All of them: only where they could not be found by their ids. */
  #inDatabase: ReadonlyMap<string, string> | null = null;

  /** `given`: what the server gave. */
  constructor(places: Places, lines: readonly CopyLine[], given: ReadonlyMap<string, string>) {
    this.#places = places;
    this.#given = given;
    this.#lines = new Map(lines.map((line) => [line.id, line]));
  }

  /** Of entries that a side has, in their order. Throws what the disk throws, and where there is none. */
  of(entries: Mending["entries"]): readonly { readonly id: string; readonly entry: string }[] {
    const lines = entries.flatMap(({ id, from }) => (from === "file" ? (this.#lines.get(id) ?? []) : []));
    const inFile = textsOf(join(this.#places.dataDir, COPY_FILE), lines).values();
    const wanted = entries.flatMap(({ id, from }) => (from === "database" ? id : []));
    const inDatabase = this.#textsInDatabase(wanted);
    return entries.map(({ id, from }) => {
      const elsewhere = from === "server" ? this.#given : inDatabase;
      const entry = from === "file" ? inFile.next().value : elsewhere.get(id);
      if (entry === undefined) throw new Error(`entry ${id} is not where it was`);
      return { id, entry };
    });
  }

  /** As `of`, some at a time: a journal of years is never in memory as a whole. */
  *inPieces(entries: Mending["entries"]): Generator<ReturnType<Texts["of"]>> {
    for (let start = 0; start < entries.length; start += AT_ONCE)
      yield this.of(entries.slice(start, start + AT_ONCE));
  }

  /** Which of these, as a side has them, are not what this till sealed. */
  unsealed(side: Side, ids: readonly string[], verify: SignatureVerifier): ReadonlySet<string> {
    const wrong = new Set<string>();
    for (const piece of this.inPieces(ids.map((id) => ({ id, from: side }))))
      for (const { id, entry: text } of piece) if (!isSealedAs(id, text, verify)) wrong.add(id);
    return wrong;
  }

  /** By their ids. A database that is hurt may not find by them what reading all of it does. */
  #textsInDatabase(ids: readonly string[]): ReadonlyMap<string, string> {
    if (ids.length === 0) return new Map();
    if (this.#inDatabase !== null) return this.#inDatabase;
    const { dataDir, name, openFile } = this.#places;
    const database = { file: join(dataDir, JOURNAL_FILE), name, openFile };
    const found = textsInDatabase(database, ids);
    if (ids.every((id) => found.has(id))) return found;
    this.#inDatabase = textsInDatabase(database);
    return this.#inDatabase;
  }
}

function isSealedAs(id: string, text: string, verify: SignatureVerifier): boolean {
  const entry = entrySchema.safeParse(parsed(text));
  return entry.success && documentId(entry.data) === id && checkSeal(entry.data, { sha256Hex, verify }).ok;
}

/** Makes the second copy hold the journal. Returns where its next line goes. The old file is kept aside where it said something else. */
export async function mendFile(
  { dataDir, openAppend, clock }: Places,
  {
    mending,
    file,
    texts,
  }: { readonly mending: Mending; readonly file: CopyRead | null; readonly texts: Texts },
): Promise<number> {
  const path = join(dataDir, COPY_FILE);
  const end = file?.end ?? 0;
  if (mending.file === "keep" && file !== null) return end;
  if (mending.file !== "append") {
    const letGo = file === null ? async () => undefined : await keepAsIs(dataDir, path, clock.now());
    try {
      return await writeCopy(path, texts.inPieces(mending.entries));
    } catch (error) {
      // It lies there as it did.
      await letGo();
      throw error;
    }
  }
  // One commit of many: a power cut leaves all of it or nothing.
  const lines = linesOf(texts.of(mending.entries.slice(file?.lines.length ?? 0)));
  const appended = openAppend(path);
  try {
    appended.write(lines, end);
    // What lay behind the last whole commit may be longer. Cutting syncs what was written as well.
    appended.cut(end + lines.length);
  } finally {
    appended.close();
  }
  await syncFolderOf(path);
  return end + lines.length;
}

/**
 * Opens the database once it holds what the second copy does, of which it has the first `has` entries. One that was hurt is set aside and made anew, with the
 * drafts that could be read in it. A crash meanwhile is only another start: until all is there, what was set aside is marked as needed. Throws what hurt it where
 * the second copy is not whole (`isFileWhole`): nothing else has the journal then. `letGo` is called before it is set aside: nobody else may have it open.
 */
export async function mendDatabase(
  places: Places,
  {
    mending,
    has,
    texts,
    isFileWhole,
    letGo,
  }: {
    readonly mending: Mending;
    readonly has: number;
    readonly texts: Texts;
    readonly isFileWhole: boolean;
    readonly letGo: () => void;
  },
): Promise<{ readonly database: JournalDatabase; readonly wasMadeAnew: boolean }> {
  const { dataDir, clock } = places;
  const opened = mending.database === "anew" ? null : await openUnlessHurt(places, isFileWhole);
  if (opened === null) {
    letGo();
    await setAsideDatabase(dataDir, join(dataDir, JOURNAL_FILE), clock.now());
  }
  const database = opened ?? (await openJournalDatabase(dataDir, places));
  try {
    await bringDrafts(database, places);
    await bringIn(database, texts, opened === null ? mending.entries : mending.entries.slice(has));
    await finishAside(dataDir);
    return { database, wasMadeAnew: opened === null };
  } catch (error) {
    await database.database.close();
    throw error;
  }
}

/** Brings along the drafts of databases that were set aside and are needed yet; what is there already is newer. */
async function bringDrafts({ drafts }: JournalDatabase, { dataDir, name, openFile }: Places): Promise<void> {
  for (const file of await unfinishedAside(dataDir, join(dataDir, JOURNAL_FILE))) {
    const read = draftsInDatabase(file, name, openFile);
    const there = await drafts.findByIds(read.map(({ id }) => id)).exec();
    const { error } = await drafts.bulkInsert(read.filter(({ id }) => !there.has(id)));
    if (error[0] !== undefined)
      throw new Error(`the drafts refused ${error[0].documentId}: ${error[0].status}`);
  }
}

async function openUnlessHurt(places: Places, isFileWhole: boolean): Promise<JournalDatabase | null> {
  try {
    return await openJournalDatabase(places.dataDir, places);
  } catch (error) {
    // RxDB reads what it wrote of its own collections unchecked: one that has another name there ends in a TypeError.
    if (isFileWhole && (isDamage(error) || error instanceof TypeError)) return null;
    throw error;
  }
}

/** Oldest first, so that a crash leaves a beginning, which the next start goes on from. */
async function bringIn(
  { journal }: JournalDatabase,
  texts: Texts,
  entries: Mending["entries"],
): Promise<void> {
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    // What the server gave is not in a file that cannot be written.
    const part = entries
      .slice(start, start + AT_ONCE)
      .map(({ id, from }) => ({ id, from: from === "server" ? from : ("file" as const) }));
    const { error } = await journal.bulkInsert(texts.of(part).map((each) => toDocument(readEntry(each))));
    if (error[0] !== undefined)
      throw new Error(`the journal refused ${error[0].documentId}: ${error[0].status}`);
  }
}
