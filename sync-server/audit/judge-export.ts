import { auditTill } from "#domain/audit/audit.ts";
import type { Finding } from "#domain/audit/finding.ts";
import { findingText, placeText } from "#domain/audit/finding-text.ts";
import type { AuditedLine, AuditedTill } from "#domain/audit/journal.ts";
import type { DeviceId } from "#domain/ids.ts";
import type { ChainCrypto } from "#domain/journal/check.ts";
import {
  type AuditKeys,
  auditKeysSchema,
  type JournalManifest,
  journalManifestSchema,
  KEYS_FILE,
  keptAsideSchema,
  MANIFEST_FILE,
  receivedEntrySchema,
} from "#protocol/hq/journal-export.ts";
import type { OpenedArchive } from "../archive/read.ts";
import { readPublicKey, sha256Hex, verifierFor } from "../sync/signatures.ts";
import { sha256Of } from "./written-hash.ts";

const NEWLINE = 0x0a;

/** Something that was found in an export, where it is, and in words. */
export interface ExportFinding {
  readonly level: "error" | "warning";
  readonly kind:
    | Finding["kind"]
    | "fileMissing"
    | "fileChanged"
    | "fileUnknown"
    | "manifestUnreadable"
    | "manifestOther";
  /** Null: it is about a till and not about a file. */
  readonly file: string | null;
  readonly register: number | null;
  readonly epoch: number | null;
  readonly seq: number | null;
  readonly place: string;
  readonly message: string;
}

/** What came of judging an export. `ok`: nothing is wrong; warnings may be there all the same. */
export interface Judgement {
  readonly ok: boolean;
  readonly findings: readonly ExportFinding[];
  readonly counts: {
    readonly tills: number;
    readonly entries: number;
    readonly tickets: number;
    readonly zReports: number;
  };
  /** SHA-256 of the manifest; null where there is none. Whoever noted it when the export was made can tell whether this is still the same. */
  readonly manifest: string | null;
  readonly keys: "pinned" | "export";
}

type FileFindingKind = Extract<ExportFinding["kind"], `file${string}` | `manifest${string}`>;
type AuditKey = AuditKeys["keys"][number];

/**
 * Judges an export of a journal, without the server. `pinned`: the tills' keys as the auditor has them from elsewhere; null takes those in the export, which
 * then proves only that it is of one piece. `manifestHash`: what the manifest's hash was when the export was made, where the auditor noted it.
 */
export function judgeExport(
  archive: OpenedArchive,
  { pinned, manifestHash }: { readonly pinned: AuditKeys | null; readonly manifestHash: string | null },
): Judgement {
  const counts = { tills: 0, entries: 0, tickets: 0, zReports: 0 };
  const keysFrom = pinned === null ? "export" : "pinned";
  const opened = manifestOf(archive);
  if (!opened.ok) return { ok: false, findings: [opened.finding], counts, manifest: null, keys: keysFrom };
  const { manifest, hash } = opened;
  const findings: ExportFinding[] = [];
  if (manifestHash !== null && manifestHash !== hash)
    findings.push(ofFile("manifestOther", MANIFEST_FILE, `its SHA-256 is ${hash}, not ${manifestHash}`));
  findings.push(...fileFindings(archive, manifest));
  const keys = (pinned ?? keysIn(archive)).keys;
  for (const till of manifest.tills) {
    const audit = auditTill(auditedTill(archive, { till, keys, asked: manifest.asked }));
    counts.tills += 1;
    counts.entries += audit.counts.entries;
    counts.tickets += audit.counts.tickets;
    counts.zReports += audit.counts.zReports;
    findings.push(...audit.findings.map(ofTill));
  }
  const ok = findings.every(({ level }) => level !== "error");
  return { ok, findings, counts, manifest: hash, keys: keysFrom };
}

function manifestOf(
  archive: OpenedArchive,
):
  | { readonly ok: true; readonly manifest: JournalManifest; readonly hash: string }
  | { readonly ok: false; readonly finding: ExportFinding } {
  const bytes = archive.names.includes(MANIFEST_FILE) ? archive.read(MANIFEST_FILE) : null;
  const wrong = (why: string) =>
    ({ ok: false, finding: ofFile("manifestUnreadable", MANIFEST_FILE, why) }) as const;
  if (bytes === null) return wrong("there is none: this is no export of a journal");
  const read = journalManifestSchema.safeParse(jsonOf(Buffer.from(bytes).toString("utf8")));
  if (!read.success) return wrong("it is not one that this version reads");
  return { ok: true, manifest: read.data, hash: sha256Of(bytes) };
}

function fileFindings(archive: OpenedArchive, { files, tills }: JournalManifest): readonly ExportFinding[] {
  const listed = new Map(files.map((file) => [file.name, file]));
  const needed = [
    KEYS_FILE,
    ...tills.flatMap(({ epochs, keptAside }) => [
      ...epochs.map(({ file }) => file),
      ...(keptAside === null ? [] : [keptAside]),
    ]),
  ];
  const missing = needed.filter((name) => !listed.has(name) || !archive.names.includes(name));
  return [
    ...[...new Set(missing)].map((name) => ofFile("fileMissing", name, "it is missing")),
    ...archive.names.flatMap((name) => {
      if (name === MANIFEST_FILE) return [];
      const file = listed.get(name);
      if (file === undefined) return [ofFile("fileUnknown", name, "the manifest does not name it")];
      const bytes = archive.read(name);
      return bytes.length === file.bytes && sha256Of(bytes) === file.sha256
        ? []
        : [ofFile("fileChanged", name, "it is not the file that was exported: its SHA-256 is another")];
    }),
  ];
}

function keysIn(archive: OpenedArchive): AuditKeys {
  if (!archive.names.includes(KEYS_FILE)) return { keys: [] };
  const read = auditKeysSchema.safeParse(jsonOf(Buffer.from(archive.read(KEYS_FILE)).toString("utf8")));
  return read.success ? read.data : { keys: [] };
}

function auditedTill(
  archive: OpenedArchive,
  {
    till,
    keys,
    asked,
  }: {
    readonly till: JournalManifest["tills"][number];
    readonly keys: readonly AuditKey[];
    readonly asked: JournalManifest["asked"];
  },
): AuditedTill {
  const { device, register, epochs, keptAside } = till;
  return {
    device,
    register,
    isWhole: asked.from === null,
    crypto: cryptoFor(device, Number.MAX_SAFE_INTEGER, keys),
    keptAside: keptAside === null ? [] : keptAsideIn(archive, keptAside),
    epochs: epochs.map(({ epoch, first, last, file }) => ({
      epoch,
      first,
      last,
      crypto: cryptoFor(device, epoch, keys),
      lines: entriesIn(archive, file),
    })),
  };
}

/** What checks an epoch: a till that went on at another machine has a key of each. */
function cryptoFor(device: DeviceId, epoch: number, keys: readonly AuditKey[]): ChainCrypto | null {
  const known = keys.filter((each) => each.device === device && (each.fromEpoch ?? 1) <= epoch);
  const since = Math.max(...known.map(({ fromEpoch }) => fromEpoch ?? 1));
  const key = known.find(({ fromEpoch }) => (fromEpoch ?? 1) === since)?.publicKey;
  if (key === undefined || readPublicKey(key) === null) return null;
  return { sha256Hex, verify: verifierFor(key) };
}

function* entriesIn(archive: OpenedArchive, name: string): Generator<AuditedLine> {
  for (const line of linesIn(archive, name)) {
    const read = receivedEntrySchema.safeParse(jsonOf(line));
    if (read.success) {
      yield { ok: true, ...read.data };
    } else {
      const [issue] = read.error.issues;
      yield { ok: false, problem: `${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim() };
    }
  }
}

function keptAsideIn(archive: OpenedArchive, name: string): AuditedTill["keptAside"] {
  return [...linesIn(archive, name)].flatMap((line) => {
    const read = keptAsideSchema.safeParse(jsonOf(line));
    return read.success ? [read.data.entry] : [];
  });
}

/** Line by line: a file of years is longer than a text may be. */
function* linesIn(archive: OpenedArchive, name: string): Generator<string> {
  if (!archive.names.includes(name)) return;
  const bytes = archive.read(name);
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found === -1 ? bytes.length : found;
    yield Buffer.from(bytes.subarray(start, end)).toString("utf8");
    start = end + 1;
  }
}

function ofTill(finding: Finding): ExportFinding {
  const { level, kind, place } = finding;
  const { register, epoch, seq } = place;
  return {
    level,
    kind,
    file: null,
    register,
    epoch,
    seq,
    place: placeText(finding),
    message: findingText(finding),
  };
}

function ofFile(kind: FileFindingKind, file: string, why: string): ExportFinding {
  const message = `The file cannot be relied on: ${why}.`;
  return { level: "error", kind, file, register: null, epoch: null, seq: null, place: file, message };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
