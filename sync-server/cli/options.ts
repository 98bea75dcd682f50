import { parseArgs } from "node:util";
import type { KeyScope } from "#domain/access/key-scopes.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { keyScopeSchema } from "#protocol/hq/keys.ts";
import type { ExportWish } from "../audit/export-files.ts";
import { isDatabaseUrl } from "../storage/postgres/trouble.ts";
import { COPY_HELPS, type CopyCommand, copyCommandOf } from "./copy-options.ts";
import { EXPORT_HELP, exportWishOf, JOURNAL_HELP } from "./export-options.ts";

const DEFAULT_SERVER = "http://127.0.0.1:8787";

/** What every verb can be told about the server it talks to. */
interface Common {
  readonly server: URL;
  readonly key: string | null;
  /** Folder of a server's data, where its key lies; null looks where the demo and the server keep theirs. */
  readonly data: string | null;
  readonly json: boolean;
}

export interface ImportCommand extends Common {
  readonly verb: "import";
  readonly file: string;
  readonly dryRun: boolean;
  readonly store: string | null;
  readonly list: string | null;
}

export interface PairCommand extends Common {
  readonly verb: "pair";
  readonly store: string;
}

export type KeyCommand = Common & { readonly verb: "key" } & (
    | {
        readonly act: "make";
        readonly scope: KeyScope;
        readonly name: string;
        /** Empty: every channel. */
        readonly channels: readonly string[];
      }
    | { readonly act: "list" }
    | { readonly act: "revoke"; readonly id: string }
  );

/** An export into a folder, or a ZIP file where `out` ends so; from a database alone where one is named. */
export interface ExportCommand extends Common {
  readonly verb: "export";
  readonly wish: Omit<ExportWish, "madeAt" | "store"> & { readonly store: string };
  readonly out: string;
  readonly database: { readonly kind: "file" | "postgres"; readonly place: string } | null;
}

export interface JournalVerifyCommand extends Common {
  readonly verb: "journal verify";
  readonly file: string;
  /** File with the tills' public keys; null: those in the export. */
  readonly keys: string | null;
  readonly manifestHash: string | null;
}

export type Command =
  | ImportCommand
  | PairCommand
  | KeyCommand
  | ExportCommand
  | JournalVerifyCommand
  | CopyCommand;

/** What to print instead of doing something: help that was asked for, or what is wrong with the command line. */
export interface NoCommand {
  readonly text: string;
  readonly isHelp: boolean;
}

const COMMON_HELP = `  --server URL   the sync server (default ${DEFAULT_SERVER})
  --key KEY      HQ's key; without it ONETILL_HQ_KEY, then the file hq.key of the server's data folder
  --data DIR     that folder (default: where npm start and npm run server keep theirs, for a server on this machine)
  --json         print one JSON object instead of words
  --help         this text`;

const HELP = `Work of headquarters from the command line.

  npm run hq -- import FILE.csv [--dry-run] [--store CODE] [--list LIST]   bring the catalogue in line with a product export
  npm run hq -- pair --store CODE                                          a one-time code that makes a till of this store
  npm run hq -- key --scope shop [--name NAME] [--channel NAME]            a key by which a web shop places orders
  npm run hq -- key list                                                   the keys there are
  npm run hq -- key revoke ID                                              a key that opens nothing from now on
  npm run hq -- journal export --store CODE --out DIR|FILE.zip             the signed journal, for auditors
  npm run hq -- journal verify DIR|FILE.zip                                judges such an export without trusting the server
  npm run hq -- export --format FORMAT --store CODE --out DIR|FILE.zip     books as csv, json, dsfinvk (Germany) or saft
  npm run hq -- backup --from PLACE --out DIR                              a checked copy of the shop while its servers run
  npm run hq -- restore DIR --to PLACE [--replace]                         a backup put back
  npm run hq -- move --from PLACE --to PLACE                               the shop into another database, SQLite or PostgreSQL

${COMMON_HELP}

npm run hq -- VERB --help tells more.`;

const IMPORT_HELP = `Bring the catalogue in line with a product export of Shopify (CSV, UTF-8).

  npm run hq -- import FILE.csv [--dry-run] [--store CODE] [--list LIST]

  --dry-run      only tell what would change
  --store CODE   the file's quantities are the stock of this store; without it stock is left alone
  --list LIST    the price list the prices are for (default: the one every store falls back on)
${COMMON_HELP}

Rows that cannot be used are listed with their line and left out. Exit status: 0 imported, 1 not imported, 2 wrong command line.`;

const PAIR_HELP = `Ask for a one-time code that makes a till of a store.

  npm run hq -- pair --store CODE

  --store CODE   the store, e.g. BER1
${COMMON_HELP}

Exit status: 0 here is the code, 1 the server gave none, 2 wrong command line.`;

const KEY_HELP = `Make a key for a program, list the keys, or revoke one.

  npm run hq -- key --scope SCOPE [--name NAME] [--channel NAME …]
  npm run hq -- key list
  npm run hq -- key revoke ID

  --scope SCOPE  shop: places and follows orders, shares baskets; catalogue: keeps products and prices (PIM);
                 erp: keeps the books, follows events; reports: reads figures; hq: may do everything
  --name NAME    whose it is (default: the scope)
  --channel NAME the shop's key reaches the orders of this channel only; say it again for several (default: every channel)
${COMMON_HELP}

Exit status: 0 done, 1 the server did not do it, 2 wrong command line.`;

const HELPS = {
  import: IMPORT_HELP,
  pair: PAIR_HELP,
  key: KEY_HELP,
  journal: JOURNAL_HELP(COMMON_HELP),
  export: EXPORT_HELP(COMMON_HELP),
  ...COPY_HELPS,
} as const;

const OPTIONS = {
  server: { type: "string" },
  key: { type: "string" },
  data: { type: "string" },
  store: { type: "string" },
  list: { type: "string" },
  scope: { type: "string" },
  name: { type: "string" },
  channel: { type: "string", multiple: true },
  "dry-run": { type: "boolean" },
  register: { type: "string" },
  from: { type: "string" },
  until: { type: "string" },
  out: { type: "string" },
  database: { type: "string" },
  "database-url": { type: "string" },
  format: { type: "string" },
  keys: { type: "string" },
  sha256: { type: "string" },
  to: { type: "string" },
  replace: { type: "boolean" },
  "skip-journals": { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** Which options a verb takes besides the common ones. */
const OWN_OPTIONS = {
  import: ["store", "list", "dry-run"],
  pair: ["store"],
  key: ["scope", "name", "channel"],
  journal: ["store", "register", "from", "until", "out", "database", "database-url", "keys", "sha256"],
  export: ["store", "register", "from", "until", "out", "database", "database-url", "format"],
  backup: ["from", "out", "skip-journals"],
  restore: ["to", "replace"],
  move: ["from", "to", "replace", "skip-journals"],
} as const;
const COMMON_OPTIONS: readonly string[] = ["server", "key", "data", "json", "help"];

/** Reads the command line after `npm run hq --`. */
export function readCommand(args: readonly string[]): Result<Command, NoCommand> {
  const [verb, ...rest] = args;
  if (verb === undefined || verb === "--help" || verb === "help")
    return refused({ text: HELP, isHelp: verb !== undefined });
  if (!isVerb(verb)) return wrong(`There is no verb "${verb}".`, HELP);
  const help = HELPS[verb];
  const read = parsed(rest);
  if (!read.ok) return wrong(read.reason, help);
  const { values, positionals } = read.value;
  if (values.help === true) return refused({ text: help, isHelp: true });
  const own: readonly string[] = OWN_OPTIONS[verb];
  const foreign = Object.keys(values).find((name) => !own.includes(name) && !COMMON_OPTIONS.includes(name));
  if (foreign !== undefined) return wrong(`hq ${verb} takes no --${foreign}.`, help);
  if (verb === "backup" || verb === "restore" || verb === "move") {
    const read = copyCommandOf(verb, positionals, values);
    return read.ok ? read : wrong(read.reason, help);
  }
  const server = serverOf(values.server ?? DEFAULT_SERVER);
  if (server === null)
    return wrong(`--server ${values.server}: write it as an address, e.g. ${DEFAULT_SERVER}.`, help);
  const common: Common = {
    server,
    key: values.key ?? null,
    data: values.data ?? null,
    json: values.json ?? false,
  };
  if (verb === "journal" && positionals[0] === "verify")
    return verifyCommand(common, positionals.slice(1), values);
  if (verb === "journal" || verb === "export")
    return exportCommand({ common, verb, words: positionals, values });
  if (verb === "key") return keyCommand({ common, words: positionals, values });
  if (verb === "pair") {
    if (positionals.length > 0) return wrong(`hq pair takes no "${positionals[0]}".`, help);
    if (values.store === undefined)
      return wrong("--store CODE is missing: which store is the till for?", help);
    return ok({ ...common, verb, store: values.store.toUpperCase() });
  }
  const [file, ...more] = positionals;
  if (file === undefined) return wrong("Which file shall be imported? Name it after import.", help);
  if (more.length > 0) return wrong(`One file at a time: "${more[0]}" is one too many.`, help);
  return ok({
    ...common,
    verb,
    file,
    dryRun: values["dry-run"] ?? false,
    store: values.store?.toUpperCase() ?? null,
    list: values.list ?? null,
  });
}

function keyCommand({
  common,
  words: [act, id, ...more],
  values,
}: {
  readonly common: Common;
  readonly words: readonly string[];
  readonly values: { readonly scope?: string; readonly name?: string; readonly channel?: string[] };
}): Result<Command, NoCommand> {
  const excess = act === "revoke" ? more[0] : id;
  if (excess !== undefined) return wrong(`hq key ${act} takes no "${excess}".`, KEY_HELP);
  if (act === undefined) {
    const scope = keyScopeSchema.safeParse(values.scope);
    if (!scope.success)
      return wrong("--scope SCOPE is missing or unknown: shop, catalogue, erp, reports or hq?", KEY_HELP);
    const channels = values.channel ?? [];
    if (scope.data !== "shop" && channels.length > 0)
      return wrong("--channel goes with --scope shop: other keys reach every channel.", KEY_HELP);
    const name = values.name ?? scope.data;
    return ok({ ...common, verb: "key", act: "make", scope: scope.data, name, channels });
  }
  const [foreign] = Object.keys(values).filter((name) => OWN_OPTIONS.key.some((own) => own === name));
  if (foreign !== undefined) return wrong(`hq key ${act} takes no --${foreign}.`, KEY_HELP);
  if (act === "list") return ok({ ...common, verb: "key", act });
  if (act !== "revoke") return wrong(`hq key takes no "${act}".`, KEY_HELP);
  if (id === undefined) return wrong("Which key? hq key list tells the ids.", KEY_HELP);
  return ok({ ...common, verb: "key", act, id });
}

function isVerb(word: string): word is keyof typeof HELPS {
  return Object.hasOwn(HELPS, word);
}

type Values = Readonly<Partial<Record<keyof typeof OPTIONS, string | boolean | string[]>>>;

function verifyCommand(
  common: Common,
  [file, more]: readonly string[],
  values: Values,
): Result<Command, NoCommand> {
  const foreign = OWN_OPTIONS.journal.find(
    (name) => name !== "keys" && name !== "sha256" && values[name] !== undefined,
  );
  if (foreign !== undefined) return wrong(`hq journal verify takes no --${foreign}.`, HELPS.journal);
  if (file === undefined) return wrong("Which export? Name its folder or ZIP file.", HELPS.journal);
  if (more !== undefined) return wrong(`One export at a time: "${more}" is one too many.`, HELPS.journal);
  const { keys, sha256 } = values;
  return ok({
    ...common,
    verb: "journal verify",
    file,
    keys: typeof keys === "string" ? keys : null,
    manifestHash: typeof sha256 === "string" ? sha256.toLowerCase() : null,
  });
}

function exportCommand({
  common,
  verb,
  words,
  values,
}: {
  readonly common: Common;
  readonly verb: "journal" | "export";
  readonly words: readonly string[];
  readonly values: Values;
}): Result<Command, NoCommand> {
  const help = HELPS[verb];
  const [act, ...excess] = verb === "journal" ? words : ["export", ...words];
  if (act !== "export") return wrong(`hq journal takes export or verify, not "${act ?? ""}".`, help);
  if (excess.length > 0) return wrong(`hq ${verb} takes no "${excess[0]}".`, help);
  if (values.keys !== undefined || values.sha256 !== undefined)
    return wrong("--keys and --sha256 go with journal verify.", help);
  if (typeof values.out !== "string") return wrong("--out DIR or FILE.zip is missing: where to?", help);
  const wish = exportWishOf(verb, values);
  if (!wish.ok) return wrong(wish.reason, help);
  const { database: file, "database-url": url } = values;
  if (file !== undefined && url !== undefined)
    return wrong("--database and --database-url: one of the two.", help);
  if (url !== undefined && !(typeof url === "string" && isDatabaseUrl(url)))
    return wrong("--database-url: an address such as postgres://user@host:5432/onetill.", help);
  const database =
    typeof url === "string"
      ? ({ kind: "postgres", place: url } as const)
      : typeof file === "string"
        ? ({ kind: "file", place: file } as const)
        : null;
  return ok({ ...common, verb: "export", wish: wish.value, out: values.out, database });
}

function parsed(args: readonly string[]) {
  try {
    return ok(parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }));
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
}

function wrong(sentence: string, help: string) {
  return refused({ text: `${sentence}\n\n${help}`, isHelp: false });
}

function serverOf(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.protocol === "http:" || url?.protocol === "https:" ? url : null;
}
