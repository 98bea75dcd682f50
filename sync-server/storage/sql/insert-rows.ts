import type { Database, Row, SqlGiven, SqlInput, SqlList } from "./database.ts";

/** A statement that says each value never puts more rows than this. */
const MOST_SAID = 32;
/** One that is given a list for each column: what of a large group of sales would be a single statement of megabytes is several. */
const MOST_LISTED = 1_000;
/** Nor is it given more than about so many characters, by one row at least. */
const MOST_CHARS = 4_000_000;

interface Rows {
  /** Table and columns, as `table (one, other)`. */
  readonly into: string;
  readonly rows: readonly (readonly SqlInput[])[];
  readonly tail?: string;
}
interface Statement {
  readonly sql: string;
  readonly values: readonly SqlGiven[];
}

/**
 * Puts rows with as few statements as may be, in their order; of each table few different ones. `tail` is what follows the values, such as what becomes of rows
 * that are there already: where it writes over them, no two rows of one call may be the same one.
 */
export async function insertRows(database: Database, put: Rows): Promise<void> {
  for (const { sql, values } of statements(database, put)) database.send(sql, ...values);
}

/** The same; answers what `tail` has it return. */
export async function insertReturning(
  database: Database,
  put: Rows & { readonly tail: string },
): Promise<readonly Row[]> {
  // Asked at once: a database that is far away is waited for once, and does them in this order.
  const asked = [...statements(database, put)].map(({ sql, values }) => database.all(sql, ...values));
  return (await Promise.all(asked)).flat();
}

function* statements({ engine }: Database, { into, rows, tail = "" }: Rows): Generator<Statement> {
  for (let put = 0; put < rows.length; ) {
    const listed = engine === "postgres" ? within(rows.slice(put, put + MOST_LISTED)) : [];
    const types = listed.length === 0 ? null : typesOf(listed);
    const some = types === null ? rows.slice(put, put + sizeFor(rows.length - put)) : listed;
    yield types === null ? saying({ into, rows: some, tail }) : listing({ into, rows: some, tail }, types);
    put += some.length;
  }
}

function within(rows: Required<Rows>["rows"]): Required<Rows>["rows"] {
  let chars = 0;
  const end = rows.findIndex((row, place) => {
    for (const value of row) if (typeof value === "string") chars += value.length;
    return chars > MOST_CHARS && place > 0;
  });
  return end === -1 ? rows : rows.slice(0, end);
}

/** Each value in a place of its own, as many rows as a power of two. */
function saying({ into, rows, tail }: Required<Rows>): Statement {
  return { sql: textFor(`${into} VALUES`, rows, tail), values: rows.flat() };
}

/** By table and tail, and how many rows: texts of a few thousand characters, which the code alone decides on. */
const texts = new Map<string, Map<number, string>>();

function textFor(into: string, rows: Required<Rows>["rows"], tail: string): string {
  const name = `${into} ${tail}`;
  const sized = texts.get(name) ?? new Map<number, string>();
  texts.set(name, sized);
  const known = sized.get(rows.length);
  if (known !== undefined) return known;
  const places = rows.map((row) => `(${row.map(() => "?").join(", ")})`).join(", ");
  const text = `INSERT INTO ${into} ${places} ${tail}`;
  sized.set(rows.length, text);
  return text;
}

function sizeFor(left: number): number {
  let size = MOST_SAID;
  while (size > left) size /= 2;
  return size;
}

type ListType = "text" | "bigint";

/**
 * A list for each column: PostgreSQL plans it once, whatever the number of rows and wherever one of them has nothing, and reads a list faster than as many values.
 */
function listing({ into, rows, tail }: Required<Rows>, types: readonly (ListType | null)[]): Statement {
  const columns = types.map((type, at) => (type === null ? "NULL" : `c${at}`));
  const filled = types.flatMap((type, at) => (type === null ? [] : [{ type, at }]));
  const lists = filled.map(({ type }) => `?[${type}]`).join(", ");
  const names = filled.map(({ at }) => `c${at}`).join(", ");
  return {
    sql: `INSERT INTO ${into} SELECT ${columns.join(", ")} FROM unnest(${lists}) AS given (${names}) ${tail}`,
    values: filled.map(({ at }) => rows.map((row) => listed(row[at]))),
  };
}

/** As `typesOf` found all of its column to be. */
function listed(value: SqlInput = null): SqlList[number] {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  throw new TypeError("neither text nor a whole number");
}

/** What each column holds in these rows, null: nothing in any; null where one of them cannot be given as a list. */
function typesOf(rows: readonly (readonly SqlInput[])[]): readonly (ListType | null)[] | null {
  const types = (rows[0] ?? []).map((_, at) => {
    const values = rows.flatMap((row) => row[at] ?? []);
    if (values.length === 0) return null;
    if (values.every((value) => typeof value === "string")) return "text";
    return values.every((value) => Number.isSafeInteger(value)) ? "bigint" : "other";
  });
  const known = types.filter((type) => type !== "other");
  const isOneFilled = known.some((type) => type !== null);
  return known.length === types.length && isOneFilled ? known : null;
}
