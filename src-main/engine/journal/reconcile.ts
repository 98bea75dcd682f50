import type { Mark } from "./copy-lines.ts";

/** Where an entry is read. */
export type Side = "database" | "file";

/** One of the two copies of the journal, as it was found. */
export interface Found {
  /** What can be read of it, ids ascending. */
  readonly marks: readonly Mark[];
  /** It can be written on as it is; else it is made anew. */
  readonly isSound: boolean;
}

/** What is to be done so that both copies hold the same. */
export interface Mending {
  /** The journal, ids ascending, each with a side that has it. */
  readonly entries: readonly { readonly id: string; readonly from: Side }[];
  readonly file: "keep" | "append" | "anew";
  readonly database: "keep" | "append" | "anew";
  /** Each side has entries, sealed by this till, that the other has in another shape: the database's hold. */
  readonly isForked: boolean;
  /**
   * What may be missing for good, since neither side has it: the first entry that does not follow the one before it, or the end. Null: nothing. Where the
   * end may be missing nothing may be written: it would be written under numbers that were given out.
   */
  readonly lacks: { readonly kind: "entry"; readonly before: string } | { readonly kind: "end" } | null;
}

/**
 * Decides what the journal is where its two copies differ, and how each comes to hold it. An entry that one side lacks is taken from the other: entries are
 * only ever added, so what is there was written. Where both have one in different shapes, the one that this till sealed holds (`isSealed`).
 */
export function reconcile({
  database,
  file,
  isSealed,
}: {
  /** `isLossy`: it may have held entries that cannot be read any more. */
  readonly database: Found & { readonly isLossy: boolean };
  readonly file: Found;
  readonly isSealed: (side: Side, id: string) => boolean;
}): Mending {
  const inFile = new Map(file.marks.map(({ id, sum }) => [id, sum]));
  const from = new Map<string, Side>();
  const wrong: Record<Side, Set<string>> = { database: new Set(), file: new Set() };
  let isForked = false;
  for (const { id, sum } of database.marks) {
    const other = inFile.get(id);
    if (other === undefined || other === sum) {
      from.set(id, "database");
      continue;
    }
    const sealed = { database: isSealed("database", id), file: isSealed("file", id) };
    isForked ||= sealed.database && sealed.file;
    if (!sealed.database) wrong.database.add(id);
    if (!sealed.file || sealed.database) wrong.file.add(id);
    if (sealed.database || sealed.file) from.set(id, sealed.database ? "database" : "file");
  }
  const inDatabase = new Set(database.marks.map(({ id }) => id));
  // What follows on another past than the database's is no part of this journal.
  if (!isForked) for (const { id } of file.marks) if (!inDatabase.has(id)) from.set(id, "file");
  const entries = [...from].map(([id, side]) => ({ id, from: side })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const ids = entries.map(({ id }) => id);
  return {
    entries,
    file: isForked ? "anew" : wayTo(ids, file, wrong.file),
    database: wayTo(ids, database, wrong.database),
    isForked,
    lacks: lacking(ids, { database, file }),
  };
}

/** The file has each entry before the database does: an end that neither has is one that the file lost, or that a database without a file did. */
function lacking(
  ids: readonly string[],
  { database, file }: { readonly database: { readonly isLossy: boolean }; readonly file: Found },
): Mending["lacks"] {
  if (file.marks.length === 0) return database.isLossy ? { kind: "end" } : null;
  const before = ids.find((id, place) => !follows(id, ids[place - 1]));
  return before === undefined ? null : { kind: "entry", before };
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
