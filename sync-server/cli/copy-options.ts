import { ok, type Result, refused } from "#domain/result.ts";
import { type Place, placeIn } from "../storage/copies/place.ts";

/** A backup of a shop, beside its running servers. */
export interface BackupCommand {
  readonly verb: "backup";
  readonly json: boolean;
  readonly from: Place;
  readonly out: string;
  /** Whether the tills' journals are judged in it. */
  readonly judgesJournals: boolean;
}

/** A backup put back. */
export interface RestoreCommand {
  readonly verb: "restore";
  readonly json: boolean;
  readonly folder: string;
  readonly to: Place;
  readonly replace: boolean;
}

/** A shop brought into another database. */
export interface MoveCommand {
  readonly verb: "move";
  readonly json: boolean;
  readonly from: Place;
  readonly to: Place;
  readonly replace: boolean;
  readonly judgesJournals: boolean;
}

export type CopyCommand = BackupCommand | RestoreCommand | MoveCommand;
export type CopyVerb = CopyCommand["verb"];

const PLACE_HELP = `A PLACE is sqlite:DIR (a server's data folder), sqlite:FILE, or postgres://user@host:5432/onetill (the password better in PGPASSWORD: other users of
this machine see command lines).`;
const SKIP_HELP =
  "  --skip-journals  do not judge the tills' journals (chain, signatures, numbers, sums): with years of many tills it takes its time";
const END_HELP = "  --json           print one JSON object instead of words\n  --help           this text";

export const COPY_HELPS: Readonly<Record<CopyVerb, string>> = {
  backup: `Copy a shop while its servers run, and compare the copy with it, row by row. docs/backup.md says what is in it and what is not.

  npm run hq -- backup --from PLACE --out DIR

  --from PLACE     the server's database
  --out DIR        a new folder
${SKIP_HELP}
${END_HELP}

${PLACE_HELP}
Exit status: 0 taken and nothing is wrong, 1 not taken, or taken and something is wrong in the shop's own data, 2 wrong command line.`,
  restore: `Put a backup back, into SQLite or PostgreSQL, whichever it was taken from. No server may run there.

  npm run hq -- restore DIR --to PLACE [--replace]

  --to PLACE       the database; where there is one already, nothing is done without
  --replace        put the backup in its place, and keep what was there beside it
${END_HELP}

${PLACE_HELP}
All of the backup is checked before anything is changed. Afterwards tills pull anew and send again what the backup does not have.
Exit status: 0 done, 1 not done and nothing changed, 2 wrong command line.`,
  move: `Move a shop into another database, from SQLite to PostgreSQL or back, and compare it row by row. No server may run on either meanwhile.

  npm run hq -- move --from PLACE --to PLACE [--replace]

  --from PLACE     where the shop is; no server starts there any more once it was moved
  --to PLACE       where it goes: an empty database
  --replace        the shop that is there already makes room, and is kept beside
${SKIP_HELP}
${END_HELP}

${PLACE_HELP}
Tills notice nothing: their tokens, checkpoints and journals go on. Broken off, the same command goes on.
Exit status: 0 moved, 1 not moved, 2 wrong command line.`,
};

/** What is for verbs that ask a server. */
const NOT_ASKED = ["server", "key", "data"] as const;

type Values = Readonly<Record<string, unknown>>;

/** What is to be copied where, from the options; a sentence where they say it wrongly. */
export function copyCommandOf(
  verb: CopyVerb,
  words: readonly string[],
  values: Values,
): Result<CopyCommand, string> {
  const [foreign] = NOT_ASKED.filter((name) => values[name] !== undefined);
  if (foreign !== undefined)
    return refused(`hq ${verb} takes no --${foreign}: it works on the database itself.`);
  const { from, to, out, replace, json, "skip-journals": skips } = values;
  const common = { json: json === true };
  const judgesJournals = skips !== true;
  const [folder, ...more] = verb === "restore" ? words : [undefined, ...words];
  const [excess] = more;
  if (excess !== undefined) return refused(`hq ${verb} takes no "${excess}".`);
  if (verb === "restore") {
    if (folder === undefined) return refused("Which backup? Name its folder after restore.");
    const place = placeOf("--to", to);
    return place.ok ? ok({ ...common, verb, folder, to: place.value, replace: replace === true }) : place;
  }
  const source = placeOf("--from", from);
  if (!source.ok) return source;
  if (verb === "backup")
    return typeof out === "string"
      ? ok({ ...common, verb, from: source.value, out, judgesJournals })
      : refused("--out DIR is missing: where to?");
  const target = placeOf("--to", to);
  return target.ok
    ? ok({ ...common, verb, from: source.value, to: target.value, replace: replace === true, judgesJournals })
    : target;
}

function placeOf(option: string, given: unknown): Result<Place, string> {
  if (typeof given !== "string") return refused(`${option} PLACE is missing: sqlite:DIR or postgres://…?`);
  const place = placeIn(given);
  // A password may stand in it.
  return place === null
    ? refused(`${option}: write sqlite:DIR, sqlite:FILE or postgres://user@host:5432/onetill.`)
    : ok(place);
}
