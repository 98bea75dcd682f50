import { DatabaseError } from "pg";
import { StorageAway, StorageUnavailable } from "../port.ts";

/** Error classes by which what was asked was wrong and the database is well: data, constraints, syntax (PostgreSQL, appendix A). */
const BLAMELESS_FOR: readonly string[] = ["22", "23", "42"];
const CLASS_CHARS = 2;

/** What PostgreSQL says when it cannot go on, or not just now, and what that means. */
const UNAVAILABLE: Readonly<Record<string, string>> = {
  "40001": "two servers wrote at a time",
  "40P01": "two servers waited for each other",
  "53300": "the database has too many connections",
  "55P03": "another server of this database took too long over a write",
  "57014": "a statement took too long",
  "57P01": "the database was stopped",
  "57P02": "the database fell",
  "57P03": "the database is starting or stopping",
  "57P05": "a transaction stood still for too long",
  "25P03": "a transaction stood still for too long",
};
const LOST_CLASSES: readonly string[] = ["08", "57", "58", "53"];
/** These may be of what was asked: something else may go well at the same time. */
const OF_WHAT_WAS_ASKED: readonly string[] = ["40001", "40P01", "57014", "25P03"];

/** Whether an error is of what was asked, and the database is well. */
export function isBlameless(error: unknown): boolean {
  return error instanceof DatabaseError && BLAMELESS_FOR.includes(classOf(error));
}

/** The error as the port has it: one by which the database cannot be asked just now says so. `lost`: by what the connection is gone, where it is. */
export function asUnavailable(error: unknown, lost: { readonly by: unknown } | null): unknown {
  if (error instanceof StorageUnavailable) return error;
  const said = saidBy(error) ?? (lost === null ? null : saidBy(lost.by));
  if (said !== null) return said;
  return lost === null ? error : new StorageAway("the connection to the database was lost", { cause: error });
}

function saidBy(error: unknown): StorageUnavailable | null {
  if (!(error instanceof DatabaseError)) return null;
  const { code = "" } = error;
  const said = UNAVAILABLE[code];
  if (said === undefined && !LOST_CLASSES.includes(classOf(error))) return null;
  const message = said ?? `the database said: ${error.message}`;
  const Said = OF_WHAT_WAS_ASKED.includes(code) ? StorageUnavailable : StorageAway;
  return new Said(message, { cause: error });
}

function classOf(error: DatabaseError): string {
  return (error.code ?? "").slice(0, CLASS_CHARS);
}
