/** Something that keeps the demo from running and that a person can do something about; the message says what. */
export class Trouble extends Error {}

/** The `code` of a Node system error (`EADDRINUSE`, `ENOSPC` …), or null. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}
