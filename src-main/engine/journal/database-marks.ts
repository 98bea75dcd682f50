import { z } from "zod";
import type { DraftDocument } from "../database.ts";
import { isCorrupt, isFailing } from "../disk-trouble.ts";
import { isDraftText } from "../drafts.ts";
import { parsed } from "../parsed.ts";
import { connect, type OpenFile } from "../storage/connection.ts";
import { type Mark, sumOf } from "./copy-lines.ts";
import { documentId, isDocumentId } from "./journal-document.ts";

/** What of the journal's database can be read, without opening it as one. */
export interface DatabaseRead {
  readonly marks: readonly Mark[];
  readonly isSound: boolean;
  /** Nobody can tell how far it goes: there may be entries behind those that are read. */
  readonly isLossy: boolean;
  /** Ids of rows that are no entries any more, ascending. */
  readonly unread: readonly string[];
}

const rowSchema = z.object({ id: z.string(), entry: z.string(), ticketId: z.string(), basketId: z.string() });
const placeSchema = z.object({ epoch: z.int().positive(), seq: z.int().positive() });
const draftSchema = z.object({ id: z.string(), value: z.string() });

/** Reads a journal's database row by row. What is hurt is left out, and said. Throws what is no damage: a disk that is full or must not be written. */
export function readDatabase(file: string, name: string, openFile: OpenFile | undefined): DatabaseRead {
  try {
    return reading(file, openFile, (rows) => {
      const marks = new Map<string, Mark>();
      const unread = new Set<string>();
      let isLossy = false;
      const take = (row: Row): void => {
        const mark = markOf(row);
        const id = mark?.id ?? idOf(row);
        if (mark !== null) marks.set(mark.id, mark);
        else if (id !== null) unread.add(id);
        else isLossy = true;
      };
      const table = `${name}/journal/0`;
      let isCutShort = false;
      for (const row of rows.of(table)) {
        if (row === null) isCutShort = true;
        else take(row);
      }
      if (isCutShort) {
        let isEndKnown = false;
        for (const row of rows.fromTheEnd(table)) {
          isEndKnown = true;
          if (!marks.has(String(row.id))) take(row);
        }
        isLossy ||= !isEndKnown;
      }
      for (const id of marks.keys()) unread.delete(id);
      const isSound = !isCutShort && !isLossy && unread.size === 0 && isWhole(rows);
      const byId = [...marks.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      return { marks: byId, isSound, isLossy, unread: [...unread].sort() };
    });
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { marks: [], isSound: false, isLossy: true, unread: [] };
  }
}

/** Texts of entries by id, as far as they can be read: all, or those of these ids. */
export function textsInDatabase(
  { file, name, openFile }: DatabasePlace,
  ids?: readonly string[],
): ReadonlyMap<string, string> {
  return reading(file, openFile, (rows) => {
    const texts = new Map<string, string>();
    const table = `${name}/journal/0`;
    for (const row of ids === undefined ? everyRow(rows, table) : rows.having(table, ids)) {
      const read = row === null ? null : documentOf(row);
      if (read !== null) texts.set(read.id, read.entry);
    }
    return texts;
  });
}

function* everyRow(rows: Rows, table: string): Generator<Row | null> {
  yield* rows.of(table);
  yield* rows.fromTheEnd(table);
}

interface DatabasePlace {
  readonly file: string;
  readonly name: string;
  readonly openFile: OpenFile | undefined;
}

/** Drafts in a database that may be hurt: those that can be read. */
export function draftsInDatabase(
  file: string,
  name: string,
  openFile: OpenFile | undefined,
): readonly DraftDocument[] {
  const drafts: DraftDocument[] = [];
  try {
    reading(file, openFile, (rows) => {
      for (const row of rows.of(`${name}/drafts/0`)) {
        const read = row === null || row.deleted !== 0 ? null : draftSchema.safeParse(parsed(row.data));
        if (read?.success === true && read.data.id === row?.id && isDraftText(read.data.value))
          drafts.push(read.data);
      }
    });
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  return drafts;
}

/** The file is hurt, or says what makes no sense. */
export function isDamage(error: unknown): boolean {
  if (isCorrupt(error) || isFailing(error)) return true;
  // RxDB finds what it wrote of its own collections changed.
  return typeof error === "object" && error !== null && "rxdb" in error && error.rxdb === true;
}

type Row = Readonly<Record<string, unknown>>;

interface Rows {
  /** Each row of a table by its id, and null where it could not be read on; none where there is no such table. */
  of(table: string): Iterable<Row | null>;
  /** The rows of these ids that can be read. */
  having(table: string, ids: readonly string[]): Iterable<Row>;
  /**
   * What can be read of a table from its end: some rows twice, and of some the id alone, which stands in an index as well. None where not even its newest row's id
   * can be read.
   */
  fromTheEnd(table: string): Iterable<Row>;
  findings(): readonly Row[];
}

function reading<T>(file: string, openFile: OpenFile | undefined, read: (rows: Rows) => T): T {
  const connection = connect(file, { openFile });
  const { database } = connection;
  const has = (table: string): boolean =>
    database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get(table) !== undefined;
  try {
    return read({
      findings: () => database.prepare("PRAGMA integrity_check(1)").all(),
      *of(table) {
        if (!has(table)) return;
        yield* untilDamage(() => database.prepare(`SELECT * FROM "${table}" ORDER BY id`).iterate());
      },
      *having(table, ids) {
        if (!has(table)) return;
        const one = database.prepare(`SELECT * FROM "${table}" WHERE id = ?`);
        for (const id of ids) yield* readable(untilDamage(() => one.iterate(id)));
      },
      *fromTheEnd(table) {
        if (!has(table)) return;
        const seen = new Set<unknown>();
        const scan = database.prepare(`SELECT * FROM "${table}" NOT INDEXED ORDER BY rowid DESC`);
        for (const row of readable(untilDamage(() => scan.iterate()))) {
          seen.add(row.id);
          yield row;
        }
        // Of its index alone: it needs no page of the table.
        const ids = database.prepare(`SELECT id FROM "${table}" ORDER BY id DESC`);
        const one = database.prepare(`SELECT * FROM "${table}" WHERE id = ?`);
        for (const known of readable(untilDamage(() => ids.iterate()))) {
          if (seen.has(known.id)) continue;
          const [row = known] = readable(untilDamage(() => one.iterate(String(known.id))));
          yield row;
        }
      },
    });
  } finally {
    connection.release();
  }
}

/** The rows of a statement, and null where it could not go on. */
function* untilDamage(rows: () => Iterable<Row>): Generator<Row | null> {
  try {
    yield* rows();
  } catch (error) {
    if (!isDamage(error)) throw error;
    yield null;
  }
}

function* readable(rows: Iterable<Row | null>): Generator<Row> {
  for (const row of rows) if (row !== null) yield row;
}

function isWhole(rows: Rows): boolean {
  const [finding] = rows.findings();
  return finding?.integrity_check === "ok";
}

function markOf(row: Row): Mark | null {
  const read = documentOf(row);
  return read === null ? null : { id: read.id, sum: sumOf(read.entry) };
}

/** Which entry a row that is none any more was: its id stands in it three times, and two that agree were not both hurt. Null where nothing tells. */
function idOf(row: Row): string | null {
  const data = z.object({ id: z.unknown(), entry: z.unknown() }).safeParse(parsed(row.data)).data;
  const place = placeSchema.safeParse(parsed(data?.entry)).data;
  const inside = place === undefined ? undefined : documentId(place);
  const names = [row.id, data?.id, inside].filter(isDocumentId);
  return names.find((id, at) => names.indexOf(id) < at) ?? names[0] ?? null;
}

/** Null where the row is no entry, or is found by what is not its own. */
function documentOf(row: Row): z.infer<typeof rowSchema> | null {
  const read = rowSchema.safeParse(parsed(row.data));
  if (!read.success || row.deleted !== 0 || row.id !== read.data.id) return null;
  const { entry, ticketId, basketId } = read.data;
  const found = `${String(row.x0)} ${String(row.x1)}`;
  const isFound = [ticketId, basketId].every((id) => entry.includes(id) && found.includes(id));
  return isFound ? read.data : null;
}
