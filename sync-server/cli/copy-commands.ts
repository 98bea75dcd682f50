import { type Instant, instant } from "#domain/ids.ts";
import { type JournalsJudged, judgeJournals } from "../backup/judge-journals.ts";
import { type Backup, takeBackup } from "../storage/copies/backup.ts";
import type { OnCopied } from "../storage/copies/contents.ts";
import type { ShopFacts } from "../storage/copies/facts.ts";
import { NotCopied } from "../storage/copies/held.ts";
import { type Move, moveShop } from "../storage/copies/move.ts";
import { nameOf } from "../storage/copies/place.ts";
import { type Restored, restoreBackup } from "../storage/copies/restore.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { BackupCommand, CopyCommand, MoveCommand, RestoreCommand } from "./copy-options.ts";
import { Failure, systemCode } from "./failure.ts";
import type { Terminal } from "./terminal.ts";

/** So many wrong things are told one by one. */
const TOLD = 20;

/** Takes a backup, puts one back or moves a shop. Answers the exit status. */
export async function runCopy(command: CopyCommand, terminal: Terminal): Promise<number> {
  const run = { now: instant(Date.now()), terminal };
  try {
    if (command.verb === "backup") return await backup(command, run);
    return command.verb === "restore" ? await restore(command, run) : await move(command, run);
  } catch (error) {
    if (error instanceof NotCopied) throw new Failure(error.message);
    // A disk that is full, a folder that may not be written to, a database that went away.
    if (systemCode(error) !== null && error instanceof Error)
      throw new Failure(`It could not be done: ${error.message}. What was there is as it was.`);
    throw error;
  } finally {
    terminal.progress(null);
  }
}

interface Run {
  readonly now: Instant;
  readonly terminal: Terminal;
}

async function backup(command: BackupCommand, { now, terminal }: Run): Promise<number> {
  const { from, out, judgesJournals, json } = command;
  const taken = await takeBackup({
    from,
    out,
    now,
    onCopied: progress(terminal),
    check: (tx) => judged(tx, judgesJournals, now),
  });
  terminal.progress(null);
  const wrong = wrongIn(taken.facts, taken.checked);
  if (json) terminal.print(JSON.stringify({ ok: wrong.length === 0, out, ...asJson(taken), wrong }));
  else terminal.print([...backupWords(out, taken), "", ...wrongWords(wrong)].join("\n"));
  return wrong.length === 0 ? 0 : 1;
}

async function restore(
  { folder, to, replace, json }: RestoreCommand,
  { now, terminal }: Run,
): Promise<number> {
  const done = await restoreBackup({
    folder,
    to,
    replace,
    aside: asideOf(now),
    now,
    onCopied: progress(terminal),
  });
  terminal.progress(null);
  const { manifest, facts, kept } = done;
  const { takenAt } = manifest;
  if (json) terminal.print(JSON.stringify({ ok: true, to: nameOf(to), takenAt, kept, shop: facts }));
  else terminal.print(restoreWords(nameOf(to), done).join("\n"));
  return 0;
}

async function move(command: MoveCommand, { now, terminal }: Run): Promise<number> {
  const { from, to, replace, judgesJournals, json } = command;
  const done = await moveShop({
    from,
    to,
    replace,
    aside: asideOf(now),
    now,
    onCopied: progress(terminal),
    check: (tx) => judged(tx, judgesJournals, now),
  });
  terminal.progress(null);
  const places = { from: nameOf(from), to: nameOf(to) };
  const wrong = done.kind === "moved" ? wrongIn(done.facts, done.checked) : [];
  if (json) terminal.print(JSON.stringify({ ok: true, ...places, ...moveAsJson(done), wrong }));
  else
    terminal.print(
      [...moveWords(places, done), ...(wrong.length === 0 ? [] : ["", ...wrongWords(wrong)])].join("\n"),
    );
  return 0;
}

/** Null: the journals are not to be judged. */
async function judged(tx: ReadTransaction, judges: boolean, now: Instant): Promise<JournalsJudged | null> {
  return judges ? judgeJournals(tx, now) : null;
}

/** What a shop that is replaced is kept as. */
function asideOf(now: Instant): string {
  return `before_${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "_")}`;
}

function progress(terminal: Terminal): OnCopied {
  return (table, rows) => terminal.progress(`${table}: ${rows} rows`);
}

/** What is wrong in the shop's own data, and was before. */
function wrongIn({ stockWrong }: ShopFacts, journals: JournalsJudged | null): readonly string[] {
  return [
    ...(stockWrong === 0 ? [] : [`the stock of ${stockWrong} articles is not the sum of their movements`]),
    ...(journals?.wrong ?? []),
  ];
}

function wrongWords(wrong: readonly string[]): readonly string[] {
  if (wrong.length === 0) return ["Nothing is wrong."];
  const more = wrong.length - TOLD;
  return [
    `The copy is what the shop is, but ${wrong.length} things are WRONG in the shop itself. Keep your earlier backups.`,
    ...wrong.slice(0, TOLD).map((each) => `WRONG    ${each}`),
    ...(more > 0 ? [`… and ${more} more: --json tells all.`] : []),
  ];
}

function rowsIn({ manifest }: Pick<Backup<unknown>, "manifest">): {
  readonly tables: number;
  readonly rows: number;
} {
  const tables = Object.values(manifest.tables);
  return { tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0) };
}

function asJson({ manifest, checked }: Backup<JournalsJudged | null>) {
  const { takenAt, engine, schema, era, tills, entries, tickets, sealed, data } = manifest;
  const { tables, rows } = rowsIn({ manifest });
  const journals = checked === null ? null : { tills: checked.tills, entries: checked.entries };
  return { takenAt, engine, schema, era, tills, entries, tickets, sealed, tables, rows, ...data, journals };
}

function moveAsJson(done: Move<JournalsJudged | null>) {
  if (done.kind === "movedBefore") return { movedBefore: true, at: done.at };
  return { movedBefore: false, kept: done.kept, shop: done.facts };
}

function shopWords({ tills, entries, tickets }: Pick<ShopFacts, "tills" | "entries" | "tickets">): string {
  return `${tills} tills, ${entries} entries of their journals, ${tickets} tickets`;
}

function backupWords(out: string, { manifest, checked }: Backup<JournalsJudged | null>): readonly string[] {
  const { tables, rows } = rowsIn({ manifest });
  return [
    `${out}: the shop as it was at ${manifest.takenAt}: ${shopWords(manifest)}.`,
    `${rows} rows in ${tables} tables, ${manifest.data.bytes} bytes; read again and compared with the shop, row by row.`,
    checked === null
      ? "The tills' journals were not judged."
      : `${checked.entries} entries judged: chain, signatures, numbers and sums.`,
    ...(manifest.sealed === 0
      ? []
      : [
          `${manifest.sealed} secrets in it are sealed by a key that is NOT in it: secrets.key of the server's data folder, or ONETILL_SECRETS_KEY. Keep a copy of that key elsewhere.`,
        ]),
  ];
}

function keyWords(sealed: number): readonly string[] {
  if (sealed === 0) return [];
  return [
    `${sealed} secrets in it open only by the key they were sealed with: the server needs the same secrets.key in its data folder, or ONETILL_SECRETS_KEY.`,
  ];
}

function restoreWords(to: string, { manifest, facts, kept }: Restored): readonly string[] {
  return [
    `${to} is the shop as it was at ${manifest.takenAt}: ${shopWords(facts)}.`,
    ...(kept === null ? [] : [`What was there before is kept as ${kept}.`]),
    ...keyWords(facts.sealed),
    "Start the server. Tills read their replica anew by themselves and send again every entry that the backup does not have: leave them switched on and connected.",
    "Lost is what only the server had since: what HQ changed (prices, articles, people), orders of web shops that no till acted on (let the shop place them again).",
    "Tills paired since are let in again by themselves. New ones get higher numbers, so that no number is two tills'.",
    "Valid again is what was revoked since (tills, API keys, people), and customers erased since are there again: do it again. Everybody signs in to the console anew.",
    "What waited to be sent then (mails, webhooks) goes out again, under the same ids.",
  ];
}

function moveWords(
  { from, to }: { readonly from: string; readonly to: string },
  done: Move<JournalsJudged | null>,
): readonly string[] {
  if (done.kind === "movedBefore")
    return [
      `The shop of ${from} was moved to ${to} at ${new Date(done.at).toISOString()}. There is nothing left to do.`,
    ];
  return [
    `${to} has the shop now: ${shopWords(done.facts)}. Every table was read again and compared with ${from}.`,
    done.checked === null
      ? "The tills' journals were not judged."
      : `${done.checked.entries} entries judged: chain, signatures, numbers and sums.`,
    ...(done.kept === null ? [] : [`What was there before is kept as ${done.kept}.`]),
    ...keyWords(done.facts.sealed),
    `Start the servers on it, under the address that the tills know. ${from} is left as it was, and no server starts on it any more.`,
  ];
}
