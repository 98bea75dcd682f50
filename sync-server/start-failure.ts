import type { ServerOptions } from "./options.ts";

/** Why the server did not start, in a sentence that says what to do. */
export function plainWords(error: unknown, { data, port }: Pick<ServerOptions, "data" | "port">): string {
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return `Port ${port} is taken by another program. Stop it, or choose another port with --port N.`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `The server may not use ${data} or port ${port}. Choose a folder you can write to with --data DIR.`;
    case "ENOSPC":
      return `The disk that holds ${data} is full. Free some space and start again: nothing was lost.`;
    default:
      return `The server could not start: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** SQLITE_FULL, as node:sqlite reports it. */
const SQLITE_FULL = 13;

function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null) return null;
  if ("errcode" in error && error.errcode === SQLITE_FULL) return "ENOSPC";
  return "code" in error && typeof error.code === "string" ? error.code : null;
}
