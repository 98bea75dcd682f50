import type { ServerOptions } from "./options.ts";

/** Why the server did not start, in a sentence that says what to do. */
export function plainWords(error: unknown, { data, port }: Pick<ServerOptions, "data" | "port">): string {
  if (error instanceof DatabaseTrouble) return error.message;
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
    case "damaged":
      return `The database in ${data} is damaged. Put a backup back; the tills send again what it does not have.`;
    default:
      return `The server could not start: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** A database that cannot be used; the message says why, and what to do. */
export class DatabaseTrouble extends Error {}

/** Why a PostgreSQL database cannot be used, in words that name it without who connects and by which password. */
export function databaseWords(error: unknown, url: string): string {
  const place = placeOf(url);
  switch (codeOf(error)) {
    case "ECONNREFUSED":
    case "ENOENT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ETIMEDOUT":
    case "ECONNRESET":
    case "57P03":
      return `The database at ${place} does not answer. See that PostgreSQL runs there and can be reached from this machine.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `There is no machine of the name in --database-url (${place}).`;
    case "28P01":
    case "28000":
      return `The database at ${place} does not let this user in: see to the user and the password (PGPASSWORD, or in ONETILL_DATABASE_URL).`;
    case "3D000":
      return `PostgreSQL at ${place} has no database of this name. Make it: CREATE DATABASE onetill ENCODING 'UTF8' TEMPLATE template0.`;
    case "42501":
      return `The user of the database at ${place} may not make tables in it. Let it own the database.`;
    case "53300":
      return `PostgreSQL at ${place} has no connection left for this server: raise max_connections, 16 for each server.`;
    default:
      return isSilence(error)
        ? `The database at ${place} does not answer. See that PostgreSQL runs there and can be reached from this machine.`
        : `The database at ${place} cannot be used: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

function isSilence(error: unknown): boolean {
  return error instanceof Error && /timeout|Connection terminated/.test(error.message);
}

/** Host and database of an address, without who connects. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${decodeURIComponent(host)}${pathname}`;
}

/** Result codes of SQLite (sqlite.org/rescode.html); the lower byte is the primary one. */
const PRIMARY_CODE = 0xff;
const SQLITE_READONLY = 8;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null) return null;
  const sqlite =
    "errcode" in error && typeof error.errcode === "number" ? error.errcode & PRIMARY_CODE : null;
  if (sqlite === SQLITE_FULL) return "ENOSPC";
  if (sqlite === SQLITE_READONLY || sqlite === SQLITE_CANTOPEN) return "EACCES";
  if (sqlite === SQLITE_CORRUPT || sqlite === SQLITE_NOTADB) return "damaged";
  return "code" in error && typeof error.code === "string" ? error.code : null;
}
