const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;
/** There is no room for what processes share of a database. SQLite counts it as a failure to read or write. */
const SQLITE_IOERR_SHMSIZE = 4_874;
/** SQLite's extended codes say more in their upper bits. */
const PRIMARY_CODE = 0xff;

/** A page or a document of a file is lost, as SQLite itself does not say it. */
export class Damaged extends Error {
  readonly errcode = SQLITE_CORRUPT;
}

/** What of a failure is the disk's doing; null when it is something else. */
export function diskTroubleOf(error: unknown): "diskFull" | "storageDamaged" | null {
  if (typeof error !== "object" || error === null) return null;
  if ("errcode" in error && error.errcode === SQLITE_IOERR_SHMSIZE) return "diskFull";
  const errcode = primaryCodeOf(error);
  if (errcode === SQLITE_FULL || ("code" in error && error.code === "ENOSPC")) return "diskFull";
  const damaged = [SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB].some((code) => code === errcode);
  return damaged || ("code" in error && error.code === "EIO") ? "storageDamaged" : null;
}

/** What is read in a file makes no sense, and will not the next time either. */
export function isCorrupt(error: unknown): boolean {
  if (error instanceof SyntaxError) return true;
  if (typeof error !== "object" || error === null) return false;
  const errcode = primaryCodeOf(error);
  return errcode === SQLITE_CORRUPT || errcode === SQLITE_NOTADB;
}

/** The disk does not read or write, perhaps for a moment only. */
export function isFailing(error: unknown): boolean {
  return diskTroubleOf(error) === "storageDamaged" && !isCorrupt(error);
}

function primaryCodeOf(error: object): number | null {
  return "errcode" in error && typeof error.errcode === "number" ? error.errcode & PRIMARY_CODE : null;
}
