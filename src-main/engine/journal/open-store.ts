import { existsSync } from "node:fs";
import { join } from "node:path";
import type { JournalEntry, SignatureVerifier } from "#domain/journal/entry.ts";
import { isAfter } from "#domain/journal/order-of-entries.ts";
import type { Missing } from "#protocol/sync/records.ts";
import { JOURNAL_FILE, type JournalDatabase } from "../database.ts";
import { diskTroubleOf } from "../disk-trouble.ts";
import { doEach } from "../do-each.ts";
import { draftTableOf } from "../draft-table.ts";
import type { Clock } from "../ports.ts";
import { connect, type OpenFile } from "../storage/connection.ts";
import { acknowledgedIn } from "./acknowledged.ts";
import { type OpenAppendFile, openAppendFile } from "./append-file.ts";
import { type CopyRead, linesOf } from "./copy-lines.ts";
import { readDatabase } from "./database-marks.ts";
import { documentId, JournalDamaged, placeOf, toDocument } from "./journal-document.ts";
import { JournalLacks, lacksOf } from "./lacking.ts";
import { mendDatabase, mendFile, type Places, Texts } from "./mend.ts";
import { type Mending, reconcile } from "./reconcile.ts";
import { type Recovery, recoveryOf } from "./recovery.ts";
import { COPY_FILE, isWhatACutLeavesOf, readCopy, SecondCopy } from "./second-copy.ts";
import { removeDatabasesAside, undoHalfAside } from "./set-aside.ts";

/** Noted beside the journal as soon as there is a second copy: one that is missing from then on was lost. */
const HAS_COPY_DRAFT = "journal.hasCopy";

export interface StoreSettings {
  readonly dataDir: string;
  /** Of the database. */
  readonly name?: string | undefined;
  readonly openFile?: OpenFile | undefined;
  readonly openAppend?: OpenAppendFile | undefined;
  readonly verify: SignatureVerifier;
  readonly clock: Clock;
  /** What the server gave of what neither copy has. Left out: it was not asked. */
  readonly given?: readonly JournalEntry[] | undefined;
  /** The second copy cannot be written: the till goes on with one. */
  readonly onCopyFailing: (error: unknown) => void;
}

/** The journal's database and its second copy, which hold the same. */
export interface JournalStore {
  readonly database: JournalDatabase;
  readonly copy: SecondCopy;
  /** Null where nothing was wrong but what a crash leaves. */
  readonly recovery: Recovery | null;
  /** Leaves nothing of drafts that were removed in any file, also none that was set aside: both copies of the journal are whole. Throws what the disk throws. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the journal's database and its second copy, and mends what differs: first the file, then the database by it, so that a crash at any moment
 * is mended at the next start. What was hurt is set aside, never thrown away. Throws JournalLacks where both are hurt at the same entries, JournalDamaged where it is not known what
 * is missing, both before anything is touched, and what the disk throws that is no damage.
 */
export async function openJournalStore(settings: StoreSettings): Promise<JournalStore> {
  const { dataDir, openFile } = settings;
  const file = join(dataDir, JOURNAL_FILE);
  await undoHalfAside(dataDir, file);
  const hadDatabase = existsSync(file);
  const letGo = heldOpen(file, openFile);
  try {
    return await openHeld(settings, { hadDatabase, letGo });
  } finally {
    letGo();
  }
}

/** Keeps a database open from its being read to its being opened: in between its log would be written back and begun anew, and its tables be read once more. */
function heldOpen(file: string, openFile: OpenFile | undefined): () => void {
  try {
    return connect(file, { openFile }).release;
  } catch {
    // Whoever reads it meets the same.
    return () => undefined;
  }
}

/** `letGo`: nobody has the database open then. */
async function openHeld(
  settings: StoreSettings,
  { hadDatabase, letGo }: { readonly hadDatabase: boolean; readonly letGo: () => void },
): Promise<JournalStore> {
  const { dataDir, name = "journal", openFile, openAppend = openAppendFile, verify, clock, given } = settings;
  const places: Places = { dataDir, name, openFile, openAppend, clock };
  const path = join(dataDir, COPY_FILE);
  const read = readDatabase(join(dataDir, JOURNAL_FILE), name, openFile);
  const file = fileAsFound(path);
  const textsGiven = new Map(given?.map((entry) => [documentId(entry), toDocument(entry).entry]));
  const texts = new Texts(places, file?.lines ?? [], textsGiven);
  const mending = reconcile({
    database: read,
    file: {
      marks: file?.lines ?? [],
      isSound: file !== null && file.damaged === 0,
      isTorn: file?.isTorn === true,
      hurtAtEnd: file?.hurtAtEnd ?? 0,
    },
    given: given && [...textsGiven.keys()],
    isSealed: (side, id) => texts.unsealed(side, [id], verify).size === 0,
    unsealed: (ids) => texts.unsealed("database", ids, verify),
  });
  refuseWhatIsLost(mending, texts);
  const unsure = unsureEndOf(mending, texts);
  const cutOff = file === null ? null : cutOffIn(path, { mending, file, texts });
  const { isWhole, makeCopy } = await fileMended(settings, {
    path,
    open: openAppend,
    mending,
    isTorn: mending.file === "keep" && file?.isTorn === true,
    work: () => mendFile(places, { mending, file, texts }),
  });
  const whole =
    mending.file === "keep" ? texts : new Texts(places, fileAsFound(path)?.lines ?? [], textsGiven);
  const { database, wasMadeAnew } = await mendDatabase(places, {
    mending,
    has: read.marks.length,
    texts: whole,
    isFileWhole: isWhole,
    letGo,
  });
  try {
    const drafts = draftTableOf(database.drafts);
    const hadCopy = drafts.live(HAS_COPY_DRAFT) !== null;
    const copy = makeCopy();
    if (!hadCopy && !copy.isFailing) drafts.put({ id: HAS_COPY_DRAFT, value: "true" });
    const databaseFound = wasMadeAnew ? { ...read, isSound: false } : read;
    // What the server has, somebody was told of: both copies had it on the disk then, and the file lost it since.
    const isCopyCutOff = cutOff !== null && isAfter(placeOf(cutOff), acknowledgedIn(drafts));
    const found = { database: databaseFound, hadDatabase, file, hadCopy, isCopyCutOff };
    return {
      database,
      copy,
      recovery: recoveryOf(found, wasMadeAnew ? { ...mending, database: "anew" } : mending, {
        at: clock.now(),
        unsure,
      }),
      async scrub() {
        await doEach(
          () => database.scrub(),
          () => removeDatabasesAside(dataDir, JOURNAL_FILE),
        );
      },
      async close() {
        await copy.close();
        await database.database.close();
      },
    };
  } catch (error) {
    await database.database.close();
    throw error;
  }
}

/** Throws, before anything is touched, where both copies are hurt and something is in neither. */
function refuseWhatIsLost({ lacks, entries }: Mending, texts: Texts): void {
  if (lacks === null) return;
  if (lacks.kind === "end")
    throw new JournalDamaged("entries cannot be read, nor how many there were, and there is no second copy");
  throw new JournalLacks(lacksOf(lacks.gaps, { entries, texts }));
}

/** What may have been written behind all that either copy and the server have; null where nothing was. */
function unsureEndOf({ openEnd, entries }: Mending, texts: Texts): Missing | null {
  if (openEnd === null) return null;
  const [lack] = lacksOf([openEnd], { entries, texts });
  return lack?.missing ?? null;
}

/** The newest entry, where the file lacks nothing else, as where the power went while both copies were being synced; null where more is wrong, or the disk does not say. */
function cutOffIn(
  path: string,
  { mending, file, texts }: { readonly mending: Mending; readonly file: CopyRead; readonly texts: Texts },
): string | null {
  const missing = mending.entries.slice(file.lines.length);
  const [newest] = missing;
  if (mending.file !== "append" || missing.length > 1 || newest?.from !== "database") return null;
  try {
    return isWhatACutLeavesOf(linesOf(texts.of(missing)), path, file.end) ? newest.id : null;
  } catch {
    // It only decides whether anything is said. Whoever mends meets the same, and knows what to do.
    return null;
  }
}

/** One that cannot be read at all is as good as damaged all over. */
function fileAsFound(path: string): CopyRead | null {
  try {
    return readCopy(path);
  } catch {
    return { lines: [], end: 0, isTorn: true, hurtAtEnd: 0, damaged: 1 };
  }
}

/**
 * Mends the second copy, and tells how to open it. Where it cannot be written the till goes on with the database alone, if that can be mended, and writes it at a
 * later start. A full disk is thrown unless the database is whole: what would be written to it has no room either.
 */
async function fileMended(
  { onCopyFailing: onFailing }: StoreSettings,
  {
    path,
    open,
    mending,
    isTorn,
    work,
  }: {
    readonly path: string;
    readonly open: OpenAppendFile;
    readonly mending: Mending;
    readonly isTorn: boolean;
    readonly work: () => Promise<number>;
  },
): Promise<{ readonly isWhole: boolean; readonly makeCopy: () => SecondCopy }> {
  try {
    const end = await work();
    return { isWhole: true, makeCopy: () => SecondCopy.open({ path, end, isTorn, open, onFailing }) };
  } catch (error) {
    const { database } = mending;
    if (database === "anew" || (database === "append" && diskTroubleOf(error) === "diskFull")) throw error;
    return { isWhole: false, makeCopy: () => SecondCopy.failing(error, onFailing) };
  }
}
