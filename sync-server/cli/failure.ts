/** Something that keeps a command from being done and that a person can do something about; the message says what. */
export class Failure extends Error {}

/** The `code` of a system error (`ENOENT`, `ECONNREFUSED` …), also when another error wraps it; null where there is none. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ("code" in error && typeof error.code === "string") return error.code;
  return systemCode(error.cause);
}
