import type { MovedAway } from "./backup/port.ts";
import type { ServerOptions } from "./options.ts";
import { DatabaseTrouble } from "./storage/postgres/trouble.ts";

/** The shop of this database is in another one now: two servers that each take in sales would be two shops. */
export class MovedAwayTrouble extends Error {
  constructor({ to, at }: MovedAway) {
    super(
      `The shop of this database was moved to ${to} at ${new Date(at).toISOString()}. Start the server on that one. ` +
        `Is there no shop in it, since the move was cut off? Then run npm run hq -- move again: it goes on.`,
    );
  }
}

/** Why the server did not start, in a sentence that says what to do. */
export function plainWords(error: unknown, { data, port }: Pick<ServerOptions, "data" | "port">): string {
  if (error instanceof DatabaseTrouble || error instanceof MovedAwayTrouble) return error.message;
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return `Port ${port} is taken by another program. Stop it, or choose another port with --port N.`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `The server may not use ${data} or port ${port}. Choose a folder you can write to with --data DIR.`;
    case "EEXIST":
    case "ENOTDIR":
      return `${data} is a file, not a folder. Choose a folder with --data DIR.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return "This machine does not have the address given with --host. Leave --host out to use 127.0.0.1.";
    case "ENOSPC":
      return `The disk that holds ${data} is full. Free some space and start again: nothing was lost.`;
    case "busy":
      return `Another program holds the database in ${data}: another server, a backup that is put back or a move. Start again when it is done.`;
    case "damaged":
      return `The database in ${data} is damaged. Put a backup back; the tills send again what it does not have.`;
    default:
      return `The server could not start: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Result codes of SQLite (sqlite.org/rescode.html); the lower byte is the primary one. */
const PRIMARY_CODE = 0xff;
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null) return null;
  const sqlite =
    "errcode" in error && typeof error.errcode === "number" ? error.errcode & PRIMARY_CODE : null;
  if (sqlite === SQLITE_BUSY) return "busy";
  if (sqlite === SQLITE_FULL) return "ENOSPC";
  if (sqlite === SQLITE_READONLY || sqlite === SQLITE_CANTOPEN) return "EACCES";
  if (sqlite === SQLITE_CORRUPT || sqlite === SQLITE_NOTADB) return "damaged";
  return "code" in error && typeof error.code === "string" ? error.code : null;
}
