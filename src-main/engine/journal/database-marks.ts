import { z } from "zod";
import type { DraftDocument } from "../database.ts";
import { diskTroubleOf } from "../disk-trouble.ts";
import { isDraftText } from "../drafts.ts";
import { parsed } from "../parsed.ts";
import { connect, type OpenFile } from "../storage/connection.ts";
import { type Mark, sumOf } from "./copy-lines.ts";
import { isDocumentId } from "./journal-document.ts";

/** What of the journal's database can be read, without opening it as one. */
export interface DatabaseRead {
  readonly marks: readonly Mark[];
  readonly isSound: boolean;
  /** There may be entries of which not even the ids can be read. */
  readonly isLossy: boolean;
  /** Ids of rows that are no entries any more. */
  readonly unread: readonly string[];
}

const rowSchema = z.object({ id: z.string(), entry: z.string(), ticketId: z.string(), basketId: z.string() });
const draftSchema = z.object({ id: z.string(), value: z.string() });

/** Reads a journal's database row by row. What is hurt is left out, and said. Throws what is no damage: a disk that is full or must not be written. */
export function readDatabase(file: string, name: string, openFile: OpenFile | undefined): DatabaseRead {
  try {
    return reading(file, openFile, (rows) => {
      const marks: Mark[] = [];
      const unread: string[] = [];
      let isLossy = false;
      for (const row of rows.of(`${name}/journal/0`)) {
        const mark = row === null ? null : markOf(row);
        if (mark !== null) marks.push(mark);
        else if (isDocumentId(row?.id)) unread.push(row.id);
        else isLossy = true;
      }
      const isSound = !isLossy && unread.length === 0 && isWhole(rows);
      return { marks, isSound, isLossy, unread };
    });
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { marks: [], isSound: false, isLossy: true, unread: [] };
  }
}

/** Texts of entries by id, as far as they can be read: all, or those between two ids, both included. */
export function textsInDatabase(
  { file, name, openFile }: DatabasePlace,
  between?: Between,
): ReadonlyMap<string, string> {
  return reading(file, openFile, (rows) => {
    const texts = new Map<string, string>();
    for (const row of rows.of(`${name}/journal/0`, between)) {
      const read = row === null ? null : documentOf(row);
      if (read !== null) texts.set(read.id, read.entry);
    }
    return texts;
  });
}

interface DatabasePlace {
  readonly file: string;
  readonly name: string;
  readonly openFile: OpenFile | undefined;
}

interface Between {
  readonly first: string;
  readonly last: string;
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
  if (diskTroubleOf(error) === "storageDamaged" || error instanceof SyntaxError) return true;
  // RxDB finds what it wrote of its own collections changed.
  return typeof error === "object" && error !== null && "rxdb" in error && error.rxdb === true;
}

type Row = Readonly<Record<string, unknown>>;

interface Rows {
  /** Each row of a table, or of a part of it, null for one that cannot be read; none where there is no such table. */
  of(table: string, between?: Between): Iterable<Row | null>;
  findings(): readonly Row[];
}

function reading<T>(file: string, openFile: OpenFile | undefined, read: (rows: Rows) => T): T {
  const connection = connect(file, { openFile });
  const { database } = connection;
  try {
    return read({
      findings: () => database.prepare("PRAGMA integrity_check(1)").all(),
      *of(table, between) {
        if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get(table) === undefined) return;
        try {
          if (between === undefined)
            yield* database.prepare(`SELECT * FROM "${table}" ORDER BY id`).iterate();
          else
            yield* database
              .prepare(`SELECT * FROM "${table}" WHERE id BETWEEN ? AND ? ORDER BY id`)
              .iterate(between.first, between.last);
        } catch (error) {
          if (!isDamage(error)) throw error;
          yield null;
        }
      },
    });
  } finally {
    connection.release();
  }
}

function isWhole(rows: Rows): boolean {
  const [finding] = rows.findings();
  return finding?.integrity_check === "ok";
}

function markOf(row: Row): Mark | null {
  const read = documentOf(row);
  return read === null ? null : { id: read.id, sum: sumOf(read.entry) };
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
