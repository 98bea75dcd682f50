import { readFileSync } from "node:fs";
import { type AuditKeys, auditKeysSchema } from "#protocol/hq/journal-export.ts";
import { type OpenedArchive, openArchive } from "../archive/read.ts";
import { type ExportFinding, type Judgement, judgeExport } from "../audit/judge-export.ts";
import { Failure, systemCode } from "./failure.ts";
import type { JournalVerifyCommand } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** Judges an export without any server. Answers the exit status: 1 where something is wrong with it. */
export function runJournalVerify(command: JournalVerifyCommand, terminal: Terminal): number {
  const pinned = command.keys === null ? null : keysFrom(command.keys);
  const judged = judgeExport(opened(command.file), { pinned, manifestHash: command.manifestHash });
  terminal.print(command.json ? JSON.stringify(judged) : wordsOf(judged));
  return judged.ok ? 0 : 1;
}

function opened(file: string): OpenedArchive {
  try {
    return openArchive(file);
  } catch (error) {
    if (systemCode(error) === "ENOENT") throw new Failure(`There is no file or folder ${file}.`);
    throw new Failure(`${file} is neither a folder nor a ZIP file that can be read.`);
  }
}

function keysFrom(file: string): AuditKeys {
  try {
    return auditKeysSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const code = systemCode(error);
    throw new Failure(
      code === null
        ? `${file} holds no keys of tills: see keys.json of an export for how it is written.`
        : `The keys cannot be read from ${file} (${code}).`,
    );
  }
}

function wordsOf({ ok, findings, counts, manifest, keys }: Judgement): string {
  const errors = findings.filter(({ level }) => level === "error");
  const warnings = findings.filter(({ level }) => level === "warning");
  const gone = `${counts.entries} entries of ${counts.tills} tills, ${counts.tickets} tickets, ${counts.zReports} Z reports`;
  return [
    ...errors.map((finding) => `WRONG    ${lineOf(finding)}`),
    ...warnings.map((finding) => `to know  ${lineOf(finding)}`),
    ...(findings.length === 0 ? [] : [""]),
    ok
      ? `Nothing is wrong: ${gone}; chain, signatures, numbers and sums are right.`
      : `${errors.length} ${errors.length === 1 ? "thing is" : "things are"} WRONG: ${gone}.`,
    keys === "pinned"
      ? "Signatures were checked with the keys that you gave."
      : "Signatures were checked with the keys in the export itself: give the tills' own with --keys FILE to rule out that all of it was made up.",
    ...(manifest === null ? [] : [`SHA-256 of the manifest: ${manifest}`]),
  ].join("\n");
}

function lineOf({ place, message }: ExportFinding): string {
  return `${place}: ${message}`;
}
