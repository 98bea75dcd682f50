import { isList, type SqlGiven } from "../sql/database.ts";
import { type ListType, packedList } from "./lists.ts";

/** A statement as PostgreSQL gets it. */
export interface Worded {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A piece of a statement: text in quotes, a place for a value or, with the type of its members, for a list of them, or words. */
const PIECES = /'(?:[^']|'')*'|"[^"]*"|\?(\d*)(?:\[(\w+)\])?|[^'"?]+/g;

/** One of a list. Given as JSON, the planner knows nothing of how long it is; as a list of its own, it looks each up in an index. */
const LISTS =
  /'(?:[^']|'')*'|"[^"]*"|\b(NOT )?IN \(SELECT (?:value|(CAST\(value AS BIGINT\))) FROM json_each\((\?\d*)\)\)/g;

/** What is said otherwise: what SQLite's planner must be told, and PostgreSQL's finds by itself, and words that mean the same under another name. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bINDEXED BY \w+/g, ""],
  [/(?<=[\s(])\+(?=[a-z])/g, ""],
  // SQLite's LIKE knows no large and small letters.
  [/\bLIKE\b/g, "ILIKE"],
  [/\bjson_object\(/g, "json_build_object("],
];

/** SQLite goes through the tables of a cross join in their order, so it is one that has a condition. */
const JOINS = /'(?:[^']|'')*'|"[^"]*"|\bCROSS (JOIN \w+(?:\([^()]*\))?(?: (?!ON\b)(?:AS )?\w+)? ON\b)/g;

/** Statements whose words are kept; those that are put together from many parts are never the same. */
const MOST_KEPT = 2_000;
/** By the statement and which of its values are of what type: nothing else makes its words. */
const kept = new Map<string, Phrase>();

/** A place for a value; `list`: what its members are, where it is one. */
interface Place {
  readonly index: number;
  readonly list: ListType | null;
}

/** A statement in PostgreSQL's words, and which of the values stand in its places, in their order; `list`: as the members of one. */
interface Phrase {
  readonly text: string;
  readonly places: readonly Place[];
}

/**
 * A statement of `storage/sql` in PostgreSQL's words. Each value says its type, and nothing is written as NULL: a place of unknown type, as in
 * `?1 IS NULL OR store = ?1`, is refused there.
 */
export function inPostgresWords(sql: string, values: readonly SqlGiven[]): Worded {
  const { text, places } = phraseOf(sql, values);
  return {
    text,
    values: places.map(({ index, list }) =>
      list === null ? (values[index] ?? null) : listOf(list, values[index]),
    ),
  };
}

/** A list comes as one, or as its JSON where SQLite reads the same statement. */
function listOf(type: ListType, given: SqlGiven = null): unknown {
  const members: unknown = isList(given) ? given : JSON.parse(String(given));
  return Array.isArray(members) ? (packedList(type, members) ?? members) : members;
}

function phraseOf(sql: string, values: readonly SqlGiven[]): Phrase {
  let key = sql;
  for (const value of values) key += value === null ? " -" : ` ${typeOf(value)}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const phrase = phrased(sql, values);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, phrase);
  return phrase;
}

function phrased(sql: string, values: readonly SqlGiven[]): Phrase {
  const places: Place[] = [];
  const named = new Map<string, string>();
  let next = 0;
  const listed = sql.replace(
    LISTS,
    (piece, not: string | undefined, numbers: string | undefined, list: string | undefined) =>
      list === undefined
        ? piece
        : `${not === undefined ? "= ANY" : "<> ALL"} (${list}[${numbers === undefined ? "text" : "bigint"}])`,
  );
  const text = listed.replace(PIECES, (piece, number: string | undefined, list: string | undefined) => {
    if (piece.startsWith("'") || piece.startsWith('"')) return piece;
    if (!piece.startsWith("?")) return WORDS.reduce((words, [from, to]) => words.replace(from, to), piece);
    const index = number === undefined || number === "" ? next : Number(number) - 1;
    next = Math.max(next, index + 1);
    const name = `${index} ${list ?? ""}`;
    const value = values[index] ?? null;
    const type = list === undefined ? value !== null && typeOf(value) : `${list}[]`;
    const place =
      named.get(name) ??
      (value === null
        ? `NULL${list === undefined ? "" : `::${type}`}`
        : `$${places.push({ index, list: list === undefined ? null : listType(list) })}::${type}`);
    named.set(name, place);
    return place;
  });
  return { text: text.replace(JOINS, (piece, join: string | undefined) => join ?? piece), places };
}

function typeOf(value: NonNullable<SqlGiven>): string {
  if (isList(value)) return "list";
  if (typeof value === "string") return "text";
  if (typeof value === "bigint") return "bigint";
  if (typeof value === "number") return Number.isInteger(value) ? "bigint" : "double precision";
  return "bytea";
}

function listType(word: string): ListType {
  if (word === "text" || word === "bigint") return word;
  throw new RangeError(`no list of ${word}`);
}

/** Statements of a schema in PostgreSQL's words: its types, how text is ordered and numbers are given out, and an index's expressions in brackets. */
export function schemaInPostgresWords(ddl: string): string {
  return ddl
    .replace(/\bINTEGER PRIMARY KEY AUTOINCREMENT\b/g, "INTEGER PRIMARY KEY")
    .replace(/\bINTEGER PRIMARY KEY(?! CHECK)/g, "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY")
    .replace(/\bINTEGER\b/g, "BIGINT")
    .replace(/\bBLOB\b/g, "BYTEA")
    .replace(/\bTEXT\b([^,()]*?) COLLATE NOCASE/g, "TEXT COLLATE nocase$1")
    .replace(/\bTEXT\b(?! COLLATE)/g, 'TEXT COLLATE "C"')
    .replace(/\) STRICT\b(, WITHOUT ROWID)?/g, ")")
    .replace(/\bREAL\b/g, "DOUBLE PRECISION")
    .replace(/\bCREATE (?:UNIQUE )?INDEX[^;]*/g, (index) =>
      index.replace(/(\w+ ->> '[^']*')(?=[,)])/g, "($1)"),
    );
}
