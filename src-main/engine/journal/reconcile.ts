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
  /** The end that neither side tells; it is among what lacks until the server was asked. */
  readonly openEnd: Gap | null;
}

/**
 * Decides what the journal is where its two copies differ, and how each comes to hold it. An entry that one side lacks is taken from the other: entries are
 * only ever added, so what is there was written. Where both have one in different shapes, the one that this till sealed holds (`isSealed`). What the database alone has nothing vouches for but
 * its seal: one that is not whole (`unsealed`) is missing. Looked at are the newest, as at every start, and what stands beside something that is missing.
 */
export function reconcile({
  database,
  file,
  given = [],
  isEndAsked = false,
  isSealed,
  unsealed,
}: {
  /** `unread`: what it held and cannot be read any more, by id; `isLossy`: and nobody can tell how far it went. */
  readonly database: Found & { readonly isLossy: boolean; readonly unread: readonly string[] };
  /** `isTorn`: something lies behind its last whole commit; `isEndHurt`: a whole line is among it. */
  readonly file: Found & { readonly isTorn: boolean; readonly isEndHurt: boolean };
  /** What the server gave of what neither has. */
  readonly given?: readonly string[];
  /** The server was asked how far the journal went: what is behind that nobody has. */
  readonly isEndAsked?: boolean;
  readonly isSealed: (side: Side, id: string) => boolean;
  /** Which of these in the database are not as this till sealed them. */
  readonly unsealed: (ids: readonly string[]) => ReadonlySet<string>;
}): Mending {
  const inFile = new Map(file.marks.map(({ id, sum }) => [id, sum]));
  const from = new Map<string, Side | "server">();
  const wrong: Record<Side, Set<string>> = { database: new Set(), file: new Set() };
  let isForked = false;
  const spoiled = spoiledAlone({ database, inFile, unsealed });
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
  for (const id of given) if (!from.has(id)) from.set(id, "server");
  const entries = [...from].map(([id, side]) => ({ id, from: side })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const ids = entries.map(({ id }) => id);
  const openEnd = openEndOf(ids, { database, file });
  return {
    entries,
    file: isForked ? "anew" : wayTo(ids, file, wrong.file),
    database: wayTo(ids, database, wrong.database),
    isForked,
    lacks: lacking(ids, { database, file, spoiled, openEnd: isEndAsked ? null : openEnd }),
    openEnd,
  };
}

type Sides = Pick<Parameters<typeof reconcile>[0], "database" | "file">;

/** Of what the database alone has, those that are not whole, as far as it is looked at. */
function spoiledAlone({
  database,
  inFile,
  unsealed,
}: Pick<Parameters<typeof reconcile>[0], "database" | "unsealed"> & {
  readonly inFile: ReadonlyMap<string, number>;
}): Set<string> {
  const alone = database.marks.flatMap(({ id }) => (inFile.has(id) ? [] : id));
  if (alone.length === 0) return new Set();
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
 * How far the journal went, where neither side tells: the file's end was hurt, and the database's is hurt as well or is older than the file's. Of a commit that was cut off in the file
 * nobody was told, unless the file itself was cut off.
 */
function openEndOf(ids: readonly string[], { database, file }: Sides): Gap | null {
  const inFile = file.marks.at(-1)?.id;
  if (inFile === undefined || !file.isTorn) return null;
  const inDatabase = [database.marks.at(-1)?.id, database.unread.at(-1)]
    .filter((id) => id !== undefined)
    .sort()
    .at(-1);
  const isOlder = inDatabase === undefined || inDatabase < inFile;
  const wasWritten = file.isEndHurt && (database.isLossy || isOlder);
  if (!wasWritten && !database.isLossy) return null;
  return { after: ids.at(-1) ?? null, before: null, last: null, end: wasWritten ? "written" : "perhaps" };
}

/** The file has each entry that somebody was told of: an end that neither has is one that the file lost, or that a database without a file did. */
function lacking(
  ids: readonly string[],
  {
    database,
    file,
    spoiled,
    openEnd,
  }: Sides & { readonly spoiled: ReadonlySet<string>; readonly openEnd: Gap | null },
): Mending["lacks"] {
  if (file.marks.length === 0 && database.isLossy) return { kind: "end" };
  const isFileHurt = file.marks.length === 0 || !file.isSound || file.isTorn;
  const known = gapsIn(ids, { unread: database.unread, spoiled, isFileHurt });
  const atEnd = known.find(({ before }) => before === null);
  const gaps =
    openEnd === null
      ? known
      : [...known.filter((gap) => gap !== atEnd), { ...openEnd, last: atEnd?.last ?? null }];
  return gaps.length === 0 ? null : { kind: "entries", gaps };
}

/**
 * Where entries are missing between those that are whole, and at the end. One that was written and is not whole is (`spoiled`). A row that cannot be read at all is where the file is hurt as well, or
 * where it is the next one: of any other the id itself was hurt, for the file, which has each entry that somebody was told of, does not have it.
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
): readonly Gap[] {
  const isWhole = new Set(whole);
  const gaps: Gap[] = [];
  let after: string | null = null;
  let last: string | null = null;
  for (const id of [...new Set([...whole, ...unread, ...spoiled])].sort()) {
    if (!isWhole.has(id)) {
      if (isFileHurt || spoiled.has(id) || follows(id, last ?? after ?? undefined)) last = id;
      continue;
    }
    if (last !== null || !follows(id, after ?? undefined))
      gaps.push({ after, before: id, last: null, end: null });
    after = id;
    last = null;
  }
  return last === null ? gaps : [...gaps, { after, before: null, last, end: null }];
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
