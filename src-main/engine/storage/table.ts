import type { SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { getIndexableStringMonad, type RxDocumentData, type RxJsonSchema } from "rxdb";
import type { Connection } from "./connection.ts";

/** A range of one index, as RxDB's query planner asks for it, with bounds already as index strings. */
export interface IndexRange {
  readonly index: readonly string[];
  readonly from: string;
  readonly fromInclusive: boolean;
  readonly to: string;
  readonly toInclusive: boolean;
}

/** A document whose JSON is written already, as the table keeps it. */
export interface WrittenRow {
  readonly id: string;
  /** Time of this write, milliseconds. */
  readonly lwt: number;
  readonly isDeleted: boolean;
  /** The whole document, RxDB's own fields included. */
  readonly json: string;
}

/** A document as it was found in its table. */
export interface StoredRow {
  readonly id: string;
  readonly isDeleted: boolean;
  readonly json: string;
}

/** Where in the file's own order it lies. */
export interface PlacedRow extends StoredRow {
  readonly place: number;
}

/** Rows put by one statement where there are as many: calling SQLite costs as much as half a row does. */
const ROWS_PER_STATEMENT = 20;

/** No id holds it, and it is behind all that they may hold. */
const LAST_CHARACTER = "\u{10ffff}";

/** How many deleted documents one cleanup step removes: a step must not hold the event loop. */
const CLEANUP_STEP = 500;

/**
 * One collection as a table: id, time of last write, deletion mark, the document as JSON, and a column per index of the schema that
 * holds RxDB's own index string. Ordering by that string is ordering as RxDB defines it, so ranges need no translation.
 */
export class DocumentTable<RxDocType> {
  readonly name: string;
  readonly #connection: Connection;
  readonly #primary: string;
  readonly #isReadById: boolean;
  readonly #indexes: readonly {
    readonly key: string;
    readonly column: string;
    readonly stringOf: (document: RxDocumentData<RxDocType>) => string;
  }[];
  readonly #statements = new Map<string, StatementSync>();
  /** By how many rows each puts. */
  readonly #puts = new Map<number, StatementSync>();
  #insert: StatementSync | null = null;
  #update: StatementSync | null = null;

  constructor({
    connection,
    name,
    primary,
    schema,
    isReadById = false,
  }: {
    readonly connection: Connection;
    readonly name: string;
    readonly primary: string;
    /** It is read by id and through: nothing is kept that finds what was written since. */
    readonly isReadById?: boolean;
    readonly schema: Readonly<RxJsonSchema<RxDocumentData<RxDocType>>>;
  }) {
    this.name = quoted(name);
    this.#connection = connection;
    this.#primary = primary;
    this.#isReadById = isReadById;
    this.#indexes = (schema.indexes ?? []).map((index, position) => {
      const fields = typeof index === "string" ? [index] : [...index];
      return {
        key: fields.join("|"),
        column: `x${position}`,
        stringOf: getIndexableStringMonad(schema, fields),
      };
    });
    this.#create(name);
  }

  #create(name: string): void {
    const columns = this.#indexes.map((index) => `, ${index.column} TEXT NOT NULL`).join("");
    const indexOf = (what: string, on: string): string =>
      `INDEX ${quoted(`${name} ${what}`)} ON ${this.name} ${on}`;
    const wanted = [
      `TABLE ${this.name} (id TEXT PRIMARY KEY NOT NULL, lwt REAL NOT NULL, deleted INTEGER NOT NULL, data TEXT NOT NULL${columns}) STRICT`,
      ...(this.#isReadById ? [] : [indexOf("lwt", "(lwt, id)")]),
      indexOf("deleted", "(lwt) WHERE deleted = 1"),
      ...this.#indexes.map(({ column }) => indexOf(column, `(${column})`)),
    ];
    if (this.#is(name, wanted)) return;
    const { database } = this.#connection;
    this.#connection.tableChanges();
    this.#connection.transaction(() => {
      this.#dropFormerIndexes(name);
      if (this.#isReadById) database.exec(`DROP INDEX IF EXISTS ${quoted(`${name} lwt`)}`);
      for (const each of wanted) database.exec(`CREATE ${each.replace(/^\w+/, "$& IF NOT EXISTS")}`);
    });
  }

  /** Whether the file has the table and its indexes just so, and no others: nearly always, and a till that starts has no transaction to wait for then. */
  #is(name: string, wanted: readonly string[]): boolean {
    const texts = this.#connection.madeBy(name);
    return texts.size === wanted.length && wanted.every((each) => texts.has(`CREATE ${each}`));
  }

  /** Indexes of an earlier version that the schema does not name any more: a document could not be written without them. What is in the table stays. */
  #dropFormerIndexes(name: string): void {
    const { database } = this.#connection;
    const wanted = new Set(this.#indexes.map(({ column }) => column));
    for (const row of database.prepare(`SELECT name FROM pragma_table_info(?)`).all(name)) {
      const column = String(row.name);
      if (!/^x\d+$/.test(column) || wanted.has(column)) continue;
      database.exec(`DROP INDEX IF EXISTS ${quoted(`${name} ${column}`)}`);
      database.exec(`ALTER TABLE ${this.name} DROP COLUMN ${column}`);
    }
  }

  /** The stored documents of these ids, by id; deleted ones included. */
  byIds(ids: readonly string[]): Map<string, RxDocumentData<RxDocType>> {
    const found = new Map<string, RxDocumentData<RxDocType>>();
    const [id] = ids;
    if (id === undefined) return found;
    if (ids.length === 1) {
      // As nearly always; a list costs three times as much.
      const row = this.#prepare(`SELECT data FROM ${this.name} WHERE id = ?`).get(id);
      return row === undefined ? found : found.set(id, this.#parse(row.data));
    }
    const rows = this.#prepare(
      `SELECT id, data FROM ${this.name} WHERE id IN (SELECT value FROM json_each(?))`,
    ).iterate(JSON.stringify(ids));
    for (const row of rows) found.set(String(row.id), this.#parse(row.data));
    return found;
  }

  insert(document: RxDocumentData<RxDocType>): void {
    this.#insert ??= this.#connection.database.prepare(
      `INSERT INTO ${this.name} (lwt, deleted, data${this.#columns(", ", "")}, id) VALUES (?, ?, ?${", ?".repeat(this.#indexes.length)}, ?)`,
    );
    this.#insert.run(...this.#values(document));
  }

  /** Writes rows over whatever is there under their ids. Only for a table without indexes of its own. */
  put(rows: readonly WrittenRow[]): void {
    let start = 0;
    for (; start + ROWS_PER_STATEMENT <= rows.length; start += ROWS_PER_STATEMENT)
      this.#putAtOnce(rows.slice(start, start + ROWS_PER_STATEMENT));
    for (const row of rows.slice(start)) this.#putAtOnce([row]);
  }

  #putAtOnce(rows: readonly WrittenRow[]): void {
    const values: SQLInputValue[] = [];
    for (const { id, lwt, isDeleted, json } of rows) values.push(id, lwt, isDeleted ? 1 : 0, json);
    let put = this.#puts.get(rows.length);
    if (put === undefined) {
      const places = rows.map(() => "(?, ?, ?, ?)").join(", ");
      put = this.#connection.database.prepare(
        `INSERT INTO ${this.name} (id, lwt, deleted, data) VALUES ${places} ON CONFLICT (id) DO UPDATE SET lwt = excluded.lwt, deleted = excluded.deleted, data = excluded.data`,
      );
      this.#puts.set(rows.length, put);
    }
    put.run(...values);
  }

  /** Writes a document over whatever is there under its id. */
  replace(document: RxDocumentData<RxDocType>): void {
    if (this.update(document) === 0) this.insert(document);
  }

  /** How many were there to be written over: one, or none. */
  update(document: RxDocumentData<RxDocType>): number {
    this.#update ??= this.#connection.database.prepare(
      `UPDATE ${this.name} SET lwt = ?, deleted = ?, data = ?${this.#columns(", ", " = ?")} WHERE id = ?`,
    );
    return Number(this.#update.run(...this.#values(document)).changes);
  }

  /** Documents of a range in index order, one at a time: the caller stops when it has enough. */
  *range(range: IndexRange): Generator<RxDocumentData<RxDocType>> {
    const { sql, bounds } = this.#rangeSql("data", range);
    // A statement of its own: two ranges may be read in turn, and one statement cannot be in two places.
    for (const row of this.#connection.database
      .prepare(`${sql} ORDER BY ${this.#columnOf(range)}`)
      .iterate(...bounds)) {
      yield this.#parse(row.data);
    }
  }

  /** At most `limit` documents of a range after `skip` of them, in index order. */
  page({
    range,
    skip,
    limit,
  }: {
    readonly range: IndexRange;
    readonly skip: number;
    readonly limit: number;
  }): RxDocumentData<RxDocType>[] {
    const { sql, bounds } = this.#rangeSql("data", range);
    const rows = this.#prepare(`${sql} ORDER BY ${this.#columnOf(range)} LIMIT ? OFFSET ?`).all(
      ...bounds,
      Number.isFinite(limit) ? limit : -1,
      skip,
    );
    return rows.map((row) => this.#parse(row.data));
  }

  count(range: IndexRange): number {
    const { sql, bounds } = this.#rangeSql("count(*) AS n", range);
    return Number(this.#prepare(sql).get(...bounds)?.n);
  }

  /** How SQLite would read a range: what the test on index use looks at. */
  plan(range: IndexRange): readonly string[] {
    const { sql, bounds } = this.#rangeSql("data", range);
    const rows = this.#connection.database
      .prepare(`EXPLAIN QUERY PLAN ${sql} ORDER BY ${this.#columnOf(range)}`)
      .all(...bounds);
    return rows.map((row) => String(row.detail));
  }

  changedSince({
    lwt,
    id,
    limit,
  }: {
    readonly lwt: number;
    readonly id: string;
    readonly limit: number;
  }): RxDocumentData<RxDocType>[] {
    const rows = this.#prepare(
      `SELECT data FROM ${this.name} WHERE (lwt, id) > (?, ?) ORDER BY lwt, id LIMIT ?`,
    ).all(lwt, id, limit);
    return rows.map((row) => this.#parse(row.data));
  }

  /** The JSON of at most `limit` documents after the one of this id, in the order of ids; deleted ones included. */
  after(id: string, limit: number): readonly StoredRow[] {
    const rows = this.#prepare(
      `SELECT id, deleted, data FROM ${this.name} WHERE id > ? ORDER BY id LIMIT ?`,
    ).all(id, limit);
    return rows.map(asStored);
  }

  /** As `after`, behind a place in the file and in its order: without the ids' index, and nothing is read behind the last of them. */
  behind(place: number, limit: number): readonly PlacedRow[] {
    const rows = this.#prepare(
      // A number that makes no sense would be too large to be read as an integer.
      `SELECT CAST(rowid AS REAL) AS place, id, deleted, data FROM ${this.name} NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT ?`,
    ).all(place, limit);
    return rows.map((row) => ({ ...asStored(row), place: Number(row.place) }));
  }

  /** At most `limit` documents before the one of this id, the last first; without deleted ones. */
  before(id: string, limit: number): readonly RxDocumentData<RxDocType>[] {
    const rows = this.#prepare(
      `SELECT data FROM ${this.name} WHERE id < ? AND deleted = 0 ORDER BY id DESC LIMIT ?`,
    ).all(id, limit);
    return rows.map((row) => this.#parse(row.data));
  }

  /** The document of this id; null where there is none, or a deleted one. */
  live(id: string): RxDocumentData<RxDocType> | null {
    const row = this.#prepare(`SELECT data FROM ${this.name} WHERE id = ? AND deleted = 0`).get(id);
    return row === undefined ? null : this.#parse(row.data);
  }

  /** The JSON of documents after the one of this id ("": of all) that hold a text somewhere: a plain scan, without an index. Deleted ones are left out. */
  mentioning(
    text: string,
    { after, limit }: { readonly after: string; readonly limit: number },
  ): readonly string[] {
    // The plus keeps SQLite from going by the ids' index, which would fetch each row by itself.
    const rows = this.#prepare(
      `SELECT data FROM ${this.name} WHERE deleted = 0 AND +id > ? AND data GLOB ? AND instr(data, ?) > 0 LIMIT ?`,
    ).all(after, globOf(text), text, limit);
    return rows.map((row) => String(row.data));
  }

  /** Live documents whose ids begin with this text, in the order of ids. */
  beginning(text: string): readonly RxDocumentData<RxDocType>[] {
    const rows = this.#prepare(
      `SELECT data FROM ${this.name} WHERE deleted = 0 AND id >= ? AND id < ? ORDER BY id`,
    ).all(text, `${text}${LAST_CHARACTER}`);
    return rows.map((row) => this.#parse(row.data));
  }

  /** Ids of deleted documents that are not forgotten yet. */
  deletedIds(): readonly string[] {
    return this.#prepare(`SELECT id FROM ${this.name} WHERE deleted = 1`)
      .all()
      .map((row) => String(row.id));
  }

  /** Writes the live documents anew into pages that were overwritten: also of what lay between documents nothing is left. For a small table. */
  rewrite(): void {
    const { database } = this.#connection;
    this.#connection.transaction(() => {
      database.exec(`CREATE TEMP TABLE kept AS SELECT * FROM ${this.name} WHERE deleted = 0`);
      database.exec(`DELETE FROM ${this.name}`);
      database.exec(`INSERT INTO ${this.name} SELECT * FROM temp.kept`);
      database.exec("DROP TABLE temp.kept");
    });
  }

  /** Forgets documents deleted before `lwt` (milliseconds). Returns whether none is left. */
  purgeDeletedBefore(lwt: number): boolean {
    const purged = this.#prepare(
      `DELETE FROM ${this.name} WHERE id IN (SELECT id FROM ${this.name} WHERE deleted = 1 AND lwt <= ? LIMIT ${CLEANUP_STEP})`,
    ).run(lwt);
    return Number(purged.changes) < CLEANUP_STEP;
  }

  /** Lets go of its statements, each of which holds its database in memory, closed or not. */
  leave(): void {
    this.#statements.clear();
    this.#puts.clear();
    this.#insert = null;
    this.#update = null;
  }

  drop(): void {
    this.leave();
    this.#connection.tableChanges();
    this.#connection.database.exec(`DROP TABLE IF EXISTS ${this.name}`);
  }

  #rangeSql(
    select: string,
    range: IndexRange,
  ): { readonly sql: string; readonly bounds: readonly [string, string] } {
    const column = this.#columnOf(range);
    return {
      sql: `SELECT ${select} FROM ${this.name} WHERE ${column} ${range.fromInclusive ? ">=" : ">"} ? AND ${column} ${range.toInclusive ? "<=" : "<"} ?`,
      bounds: [range.from, range.to],
    };
  }

  #columnOf(range: IndexRange): string {
    const key = range.index.join("|");
    const index = this.#indexes.find((each) => each.key === key);
    if (index === undefined) throw new Error(`the collection has no index over ${range.index.join(", ")}`);
    return index.column;
  }

  #columns(before: string, after: string): string {
    return this.#indexes.map((index) => `${before}${index.column}${after}`).join("");
  }

  #values(document: RxDocumentData<RxDocType>): SQLInputValue[] {
    return [
      document._meta.lwt,
      document._deleted ? 1 : 0,
      JSON.stringify(document),
      ...this.#indexes.map((index) => index.stringOf(document)),
      String(Reflect.get(document, this.#primary)),
    ];
  }

  /** The one place where stored JSON is a document again: only `insert`, `update` and `put` ever wrote it. */
  #parse(data: unknown): RxDocumentData<RxDocType> {
    return JSON.parse(String(data)) as RxDocumentData<RxDocType>;
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/**
 * A pattern that whatever holds the text fits. SQLite leaps from one place where the first letter of it stands to the next, where `instr` goes byte by byte: without a quote before it, which
 * JSON is full of, that takes half of the time.
 */
function globOf(text: string): string {
  return `*${text.replace(/^"/, "").replaceAll(/[*?[]/g, "[$&]")}*`;
}

function asStored(row: Readonly<Record<string, SQLOutputValue>>): StoredRow {
  return { id: String(row.id), isDeleted: row.deleted !== 0, json: String(row.data) };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
