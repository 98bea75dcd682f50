import { DatabaseError } from "pg";
import { StorageUnavailable } from "../port.ts";

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

/** Whether an error is of what was asked, and the database is well. */
export function isBlameless(error: unknown): boolean {
  return error instanceof DatabaseError && BLAMELESS_FOR.includes(classOf(error));
}

/** The error as the port has it: one by which the database cannot be asked just now says so. `isLost`: the connection is gone. */
export function asUnavailable(error: unknown, isLost: boolean): unknown {
  if (error instanceof StorageUnavailable) return error;
  if (error instanceof DatabaseError) {
    const said = UNAVAILABLE[error.code ?? ""];
    if (said !== undefined) return new StorageUnavailable(said, { cause: error });
    if (LOST_CLASSES.includes(classOf(error)))
      return new StorageUnavailable(`the database said: ${error.message}`, { cause: error });
  }
  return isLost ? new StorageUnavailable("the connection to the database was lost", { cause: error }) : error;
}

function classOf(error: DatabaseError): string {
  return (error.code ?? "").slice(0, CLASS_CHARS);
}
