import { z } from "zod";

/** Kept for everything that is not a line of somebody who asks: databases, files, mails, shops. */
const KEPT_FOR_ITSELF = 500;

const reportSchema = z.object({
  userLimits: z.object({ open_files: z.object({ soft: z.union([z.number(), z.string()]) }) }),
});

/**
 * How many lines the system lets this process hold: its limit of open files (Node has raised it as far as it may), less what the server needs itself.
 * Null where the system knows no limit.
 */
export function linesAllowed(): number | null {
  const read = reportSchema.safeParse(process.report.getReport());
  return read.success ? linesOf(read.data.userLimits.open_files.soft) : null;
}

/** By a limit as a report of Node tells it: a number, or `unlimited`. At least one. */
export function linesOf(openFiles: number | string): number | null {
  const limit = Number(openFiles);
  return Number.isFinite(limit) ? Math.max(1, limit - KEPT_FOR_ITSELF) : null;
}
