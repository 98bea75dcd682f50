import { ok, type Result, refused } from "#domain/result.ts";
import { booksQuerySchema, exportQuerySchema } from "#protocol/hq/journal-export.ts";
import type { ExportCommand } from "./options.ts";

const RANGE_HELP = `  --store CODE     the store, e.g. BER1
  --register N     only this till of it
  --from DAY       what was written from this day on, e.g. 2026-11-01
  --until DAY      what was written until this day, itself included
  --out PLACE      a new folder, or a ZIP file where the name ends in .zip
  --database FILE  read the server's database (server.sqlite) itself, without a server
  --database-url URL   the same of a PostgreSQL database: postgres://user@host/onetill (the password better in PGPASSWORD)`;

export const JOURNAL_HELP = (
  common: string,
): string => `Export the signed journal of a store's tills for auditors, or judge such an export. docs/audit.md describes the files.

  npm run hq -- journal export --store CODE [--register N] [--from DAY] [--until DAY] --out PLACE
  npm run hq -- journal verify PLACE [--keys FILE] [--sha256 HASH]

${RANGE_HELP}
  --keys FILE      verify with these public keys of the tills, and not those in the export
  --sha256 HASH    what the export's manifest is known to hash to
${common}

Exit status: 0 done and nothing is wrong, 1 not done or something is wrong (each finding with its place), 2 wrong command line.`;

export const EXPORT_HELP = (common: string): string => `Write books for accountants and tax offices.

  npm run hq -- export --format FORMAT --store CODE [--register N] [--from DAY] [--until DAY] --out PLACE

  --format FORMAT  csv, json, dsfinvk (DSFinV-K 2.3, Germany) or saft (in the manner of OECD SAF-T 2.0)
${RANGE_HELP}
${common}

Exit status: 0 done, 1 not done, 2 wrong command line.`;

/** What is to be exported, from the options; a sentence where they say it wrongly. */
export function exportWishOf(
  verb: "journal" | "export",
  { store, register, from, until, format }: Readonly<Record<string, unknown>>,
): Result<ExportCommand["wish"], string> {
  if (store === undefined) return refused("--store CODE is missing: of which store?");
  const asked = { store, register, from, until };
  const known = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const read = exportQuerySchema.safeParse(known);
  if (!read.success) {
    const wrong = read.error.issues[0]?.path[0];
    return refused(`--${String(wrong)} ${String(known[String(wrong)])}: that is not how it is written.`);
  }
  const { data } = read;
  const wish = {
    store: data.store,
    register: data.register ?? null,
    days: { from: data.from ?? null, until: data.until ?? null },
  };
  if (verb === "journal") return ok({ format: "journal", ...wish });
  const books = booksQuerySchema.safeParse({ ...known, format });
  if (!books.success) return refused("--format is missing or unknown: csv, json, dsfinvk or saft?");
  return ok({ format: books.data.format, ...wish });
}
