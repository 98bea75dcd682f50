import { type Logger, pino } from "pino";

const MAX_CAUSES = 3;

/**
 * What the server writes to its log, one JSON object a line. It names no people and holds no secrets: requests by the template of their address, errors
 * without what they quote, for that is what somebody sent.
 */
export function createLogger(level: string, to?: { write(line: string): void }): Logger {
  const options = {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => errorForLog(error) },
  };
  return to === undefined ? pino(options) : pino(options, to);
}

/** An error as it may stand in a log: what kind it is and where it came from, and none of what it was about. */
export function errorForLog(error: unknown, depth = 0): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { cause } = error;
  return {
    type: error.name,
    message: withoutQuoted(error.message),
    stack: framesOf(error.stack ?? ""),
    ...known(error, ["code", "errcode", "severity", "schema", "table", "constraint", "routine"]),
    ...(cause === undefined || depth >= MAX_CAUSES ? {} : { cause: errorForLog(cause, depth + 1) }),
  };
}

/** Databases and parsers quote what they were given; addresses, keys and numbers of people stand unquoted as well. */
function withoutQuoted(text: string): string {
  return text
    .replace(/"[^"]*"?|'[^']*'?|`[^`]*`?/g, "…")
    .replace(/\S+@\S+/g, "…")
    .replace(/[\w-]{20,}|\+?\d[\d ./-]{5,}/g, "…");
}

function framesOf(stack: string): readonly string[] {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
}

function known(error: Error, names: readonly string[]): Readonly<Record<string, unknown>> {
  const all = new Map<string, unknown>(Object.entries(error));
  return Object.fromEntries(names.flatMap((name) => (all.has(name) ? [[name, all.get(name)]] : [])));
}
