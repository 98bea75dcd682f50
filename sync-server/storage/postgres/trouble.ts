/** Whether it names a PostgreSQL database, without saying anything of it: a password may stand in it. */
export function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\/./.test(text) && URL.canParse(text);
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
export function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${decodeURIComponent(host)}${pathname}`;
}

/** Of PostgreSQL, or of the system where it cannot be reached. */
function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
