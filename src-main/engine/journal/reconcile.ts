import { SEALS_CHECKED } from "./check-tail.ts";
import type { Mark } from "./copy-lines.ts";

/** One of the two copies of the journal. */
export type Side = "database" | "file";

/** One of the two copies of the journal, as it was found. */
export interface Found {
  /** What can be read of it, ids ascending. */
  readonly marks: readonly Mark[];
  /** It can be written on as it is; else it is made anew. */
  readonly isSound: boolean;
}

/** Entries that are in neither copy. */
export interface Gap {
  /** The last one before them; null: they are the journal's beginning. */
  readonly after: string | null;
  /** The first one behind them; null: they are its end. */
  readonly before: string | null;
  /** The newest of them that is known to have been written; null where `before` tells, or where none is. */
  readonly last: string | null;
  /** Nobody can tell how far the journal went: at least one was `written` behind `after`, or `perhaps` none was. Null: it is known. */
  readonly end: "written" | "perhaps" | null;
}

/** What is to be done so that both copies hold the same. */
export interface Mending {
  /** The journal, ids ascending, each with a side that has it, or given by the server. */
  readonly entries: readonly { readonly id: string; readonly from: Side | "server" }[];
  readonly file: "keep" | "append" | "anew";
  readonly database: "keep" | "append" | "anew";
  /** Each side has entries, sealed by this till, that the other has in another shape: the database's hold. */
  readonly isForked: boolean;
  /**
   * What neither side has: entries in between or at the end, or, where there is no file and nobody can tell, perhaps the end. Null: nothing. Nothing may be written then: it
   * would be written under numbers that were given out.
   */
  readonly lacks:
    | { readonly kind: "entries"; readonly gaps: readonly Gap[] }
    | { readonly kind: "end" }
    | null;
  /** The end that neither side tells; it is among what lacks until the server was asked, and left open where that does not tell it either. */
  readonly openEnd: Gap | null;
}

/**
 * Decides what the journal is where its two copies differ, and how each comes to hold it. An entry that one side lacks is taken from the other: entries are
 * only ever added, so what is there was written. Where both have one in different shapes, the one that this till sealed holds (`isSealed`). What the database alone has nothing vouches for but
 * its seal: one that is not whole (`unsealed`) is missing. Looked at is all of it where either was hurt; of a file that is gone or merely behind the newest, as at every start, and what stands beside something that is missing.
 */
export function reconcile({
  database,
  file,
  given,
  isSealed,
  unsealed,
}: {
  /** `unread`: what it held and cannot be read any more, by id; `isLossy`: and nobody can tell how far it went. */
  readonly database: Found & { readonly isLossy: boolean; readonly unread: readonly string[] };
  /** `isTorn`: something lies behind its last whole commit; `hurtAtEnd`: so many entries are where a whole line among it was hurt. */
  readonly file: Found & { readonly isTorn: boolean; readonly hurtAtEnd: number };
  /** What the server gave of what neither has, and of how far the journal went: what is behind that nobody has. Left out: it was not asked. */
  readonly given?: readonly string[] | undefined;
  readonly isSealed: (side: Side, id: string) => boolean;
  /** Which of these in the database are not as this till sealed them. */
  readonly unsealed: (ids: readonly string[]) => ReadonlySet<string>;
}): Mending {
  const inFile = new Map(file.marks.map(({ id, sum }) => [id, sum]));
  const from = new Map<string, Side | "server">();
  const wrong: Record<Side, Set<string>> = { database: new Set(), file: new Set() };
  let isForked = false;
  const spoiled = spoiledAlone({ database, file, inFile, unsealed });
  for (const { id, sum } of database.marks) {
    const other = inFile.get(id);
    if (spoiled.has(id)) {
      wrong.database.add(id);
      continue;
    }
    if (other === undefined || other === sum) {
      from.set(id, "database");
      continue;
    }
    const sealed = { database: isSealed("database", id), file: isSealed("file", id) };
    isForked ||= sealed.database && sealed.file;
    if (!sealed.database) wrong.database.add(id);
    if (!sealed.file || sealed.database) wrong.file.add(id);
    if (sealed.database || sealed.file) from.set(id, sealed.database ? "database" : "file");
    else spoiled.add(id);
  }
  const inDatabase = new Set(database.marks.map(({ id }) => id));
  // What follows on another past than the database's is no part of this journal.
  if (!isForked) for (const { id } of file.marks) if (!inDatabase.has(id)) from.set(id, "file");
  for (const id of given ?? []) if (!from.has(id)) from.set(id, "server");
  const entries = [...from].map(([id, side]) => ({ id, from: side })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const ids = entries.map(({ id }) => id);
  const isFileHurt = file.marks.length === 0 || !file.isSound || file.isTorn;
  const { between, beyond } = gapsIn(ids, { unread: database.unread, spoiled, isFileHurt });
  const end = endOf(ids, { database, file, beyond });
  return {
    entries,
    file: isForked ? "anew" : wayTo(ids, file, wrong.file),
    database: wayTo(ids, database, wrong.database),
    isForked,
    lacks: lacking({ database, file }, { between, end, isEndAsked: given !== undefined }),
    openEnd: end?.end === null ? null : end,
  };
}

type Sides = Pick<Parameters<typeof reconcile>[0], "database" | "file">;

/** Of what the database alone has, those that are not whole, as far as it is looked at. */
function spoiledAlone({
  database,
  file,
  inFile,
  unsealed,
}: Pick<Parameters<typeof reconcile>[0], "database" | "file" | "unsealed"> & {
  readonly inFile: ReadonlyMap<string, number>;
}): Set<string> {
  const alone = database.marks.flatMap(({ id }) => (inFile.has(id) ? [] : id));
  if (alone.length === 0) return new Set();
  const isHurt = !file.isSound || file.hurtAtEnd > 0 || !database.isSound;
  if (inFile.size > 0 && isHurt) return new Set(unsealed(alone));
  const spoiled = new Set<string>();
  const looked = new Set<string>();
  let all = [...new Set([...database.marks.map(({ id }) => id), ...inFile.keys()])].sort();
  for (let look = alone.slice(-SEALS_CHECKED); look.length > 0; ) {
    for (const id of look) looked.add(id);
    for (const id of unsealed(look)) spoiled.add(id);
    all = all.filter((id) => !spoiled.has(id));
    // One that turns out to be missing is a gap itself.
    const beside = new Set(all.flatMap((id, at) => (follows(id, all[at - 1]) ? [] : [all[at - 1], id])));
    look = alone.filter((id) => beside.has(id) && !looked.has(id));
  }
  return spoiled;
}

/**
 * Whether nobody can tell how far the journal went: the file's end was hurt, and the database's is hurt as well or is older than the file's. Of a commit that was cut off in the file
 * nobody was told, unless the file itself was cut off. Null: it is known, be it that all of the file's whole lines were found elsewhere.
 */
function openAs(ids: readonly string[], { database, file }: Sides): Gap["end"] {
  const inFile = file.marks.at(-1)?.id;
  if (inFile === undefined || !file.isTorn) return null;
  const inDatabase = [database.marks.at(-1)?.id, database.unread.at(-1)]
    .filter((id) => id !== undefined)
    .sort()
    .at(-1);
  if (file.hurtAtEnd > 0 && ids.filter((id) => id > inFile).length >= file.hurtAtEnd) return null;
  const goesFurther = inDatabase !== undefined && inDatabase > inFile;
  const isOlder = inDatabase === undefined || inDatabase < inFile;
  if (file.hurtAtEnd > 0 && (isOlder || (database.isLossy && !goesFurther))) return "written";
  return database.isLossy ? "perhaps" : null;
}

/**
 * What is missing at the journal's end, or may be (`beyond`: what is known to have been there); null: nothing. A single entry that the database alone had, behind a file that is as it was or was
 * cut off, is what the power leaves that went while both were being synced: nobody was told of it then.
 */
function endOf(
  ids: readonly string[],
  { database, file, beyond }: Sides & { readonly beyond: readonly string[] },
): Gap | null {
  const open = openAs(ids, { database, file });
  const [after, last] = [ids.at(-1) ?? null, beyond.at(-1) ?? null];
  if (last === null) return open === null ? null : { after, before: null, last, end: open };
  const isNext = after !== null && after === file.marks.at(-1)?.id && follows(last, after);
  const isUntold = beyond.length === 1 && isNext && file.hurtAtEnd === 0;
  return { after, before: null, last, end: isUntold ? "perhaps" : open === null ? null : "written" };
}

/** Nothing where the server was asked and what is left is an end of which nobody knows more. */
function lacking(
  { database, file }: Sides,
  {
    between,
    end,
    isEndAsked,
  }: { readonly between: readonly Gap[]; readonly end: Gap | null; readonly isEndAsked: boolean },
): Mending["lacks"] {
  if (file.marks.length === 0 && database.isLossy) return { kind: "end" };
  const isLeftOpen = isEndAsked && (end?.end === "perhaps" || end?.last === null);
  const gaps = end === null || isLeftOpen ? between : [...between, end];
  return gaps.length === 0 ? null : { kind: "entries", gaps };
}

/**
 * Where entries are missing between those that are whole, and which at the end. One that was written and is not whole is (`spoiled`). A row that cannot be read at all is where the file is hurt as
 * well, or where it is the next one, as the database may have had it alone: of any other the id itself was hurt, for what the database has alone follows on what the file has.
 */
function gapsIn(
  whole: readonly string[],
  {
    unread,
    spoiled,
    isFileHurt,
  }: {
    readonly unread: readonly string[];
    readonly spoiled: ReadonlySet<string>;
    readonly isFileHurt: boolean;
  },
): { readonly between: readonly Gap[]; readonly beyond: readonly string[] } {
  const isWhole = new Set(whole);
  const between: Gap[] = [];
  let after: string | null = null;
  let run: string[] = [];
  for (const id of [...new Set([...whole, ...unread, ...spoiled])].sort()) {
    if (!isWhole.has(id)) {
      if (isFileHurt || spoiled.has(id) || follows(id, run.at(-1) ?? after ?? undefined)) run.push(id);
      continue;
    }
    if (run.length > 0 || !follows(id, after ?? undefined))
      between.push({ after, before: id, last: null, end: null });
    after = id;
    run = [];
  }
  return { between, beyond: run };
}

/** Ids are `epoch-seq`: a journal begins with the first of an epoch, and so does each epoch after it. */
function follows(id: string, before: string | undefined): boolean {
  const [epoch, seq] = id.split("-").map(Number);
  if (before === undefined || seq === 1) return seq === 1;
  const [lastEpoch, lastSeq] = before.split("-").map(Number);
  return epoch === lastEpoch && seq === Number(lastSeq) + 1;
}

/** How a copy comes to hold these ids. */
function wayTo(
  ids: readonly string[],
  { marks, isSound }: Found,
  wrong: ReadonlySet<string>,
): "keep" | "append" | "anew" {
  const isBeginning = marks.length <= ids.length && marks.every(({ id }, place) => id === ids[place]);
  if (!isSound || wrong.size > 0 || !isBeginning) return "anew";
  return marks.length === ids.length ? "keep" : "append";
}
