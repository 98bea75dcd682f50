import { createHash } from "node:crypto";
import type { Instant } from "#domain/ids.ts";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { registerText } from "#domain/store/till-text.ts";
import {
  type AuditKeys,
  JOURNAL_EXPORT_FORMAT,
  type JournalManifest,
  KEYS_FILE,
  MANIFEST_FILE,
} from "#protocol/hq/journal-export.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";
import { type Days, entriesOf, type Stretch, stretchOf, tillOf } from "./selection.ts";

/** A file that leaves in pieces, to be read once and before the next. */
export interface WrittenFile {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Of which store and days; `register` null: all its tills. */
export interface ExportAsk {
  readonly store: StoreSettings;
  readonly register: number | null;
  readonly days: Days;
  readonly madeAt: Instant;
}

type ExportedTill = JournalManifest["tills"][number];
type FileNote = JournalManifest["files"][number];

const CHUNK_BYTES = 65_536;

/** The tills of a store that were asked for, with the entries that belong to the days. */
export async function exportedTills(
  tx: ReadTransaction,
  { store, register, days }: Pick<ExportAsk, "store" | "register" | "days">,
): Promise<readonly { readonly device: DeviceRecord; readonly stretch: Stretch }[]> {
  const tills: { readonly device: DeviceRecord; readonly stretch: Stretch }[] = [];
  for (const device of await tx.devices()) {
    if (device.store !== store.store || (register !== null && device.register !== register)) continue;
    const stretch = await stretchOf(tx, tillOf(device), { days, timeZone: store.timeZone });
    if (stretch !== null) tills.push({ device, stretch });
  }
  return tills;
}

/** The journal of a store's tills as files: entries as they were signed and received, the tills' keys, and last a manifest with a hash of each file. */
export async function* journalFiles(tx: ReadTransaction, ask: ExportAsk): AsyncGenerator<WrittenFile> {
  const files: FileNote[] = [];
  const tills: ExportedTill[] = [];
  const exported = await exportedTills(tx, ask);
  for (const { device, stretch } of exported) {
    const epochs: ExportedTill["epochs"] = [];
    for (let epoch = stretch.first.epoch; epoch <= stretch.last.epoch; epoch += 1) {
      const written = epochFile(tx, device, within(stretch, epoch));
      yield noted(written.file, files);
      const known = written.known();
      if (known !== null) epochs.push({ epoch, file: written.file.name, ...known });
    }
    const keptAside = await keptAsideLines(tx, device);
    const asideFile = `kept-aside/${nameOf(device)}.ndjson`;
    if (keptAside.length > 0) yield noted({ name: asideFile, chunks: inChunks(keptAside) }, files);
    tills.push({
      device: device.id,
      register: device.register,
      name: device.name,
      revokedAt: device.revokedAt,
      clockOffsetMs: device.clockOffsetMs,
      epochs,
      keptAside: keptAside.length > 0 ? asideFile : null,
    });
  }
  yield noted({ name: KEYS_FILE, chunks: pretty(await keysOf(tx, exported)) }, files);
  yield { name: MANIFEST_FILE, chunks: pretty(manifestOf(ask, tills, files)) };
}

function within({ first, last }: Stretch, epoch: number): Stretch {
  return {
    first: epoch === first.epoch ? first : { epoch, seq: 1 },
    last: epoch === last.epoch ? last : { epoch, seq: Number.MAX_SAFE_INTEGER },
  };
}

function epochFile(
  tx: ReadTransaction,
  device: DeviceRecord,
  stretch: Stretch,
): {
  readonly file: WrittenFile;
  readonly known: () => Omit<ExportedTill["epochs"][number], "epoch" | "file"> | null;
} {
  let first: ExportedTill["epochs"][number]["first"] | null = null;
  let last: ExportedTill["epochs"][number]["last"] | null = null;
  let entries = 0;
  async function* lines(): AsyncGenerator<string> {
    for await (const { entry, receivedAt } of entriesOf(tx, tillOf(device), stretch)) {
      first ??= { seq: entry.seq, prev: entry.prev };
      last = { seq: entry.seq, hash: entry.hash };
      entries += 1;
      yield `${canonicalJson({ receivedAt, entry })}\n`;
    }
  }
  const name = `journal/${nameOf(device)}-epoch-${stretch.first.epoch}.ndjson`;
  return {
    file: { name, chunks: inChunks(lines()) },
    known: () => (first === null || last === null ? null : { entries, first, last }),
  };
}

async function keptAsideLines(tx: ReadTransaction, device: DeviceRecord): Promise<readonly string[]> {
  const kept = await tx.quarantined(device.id);
  return kept.map(({ receivedAt, reason, entry }) => `${canonicalJson({ receivedAt, reason, entry })}\n`);
}

function nameOf({ register }: DeviceRecord): string {
  return `till-${registerText(register)}`;
}

/** Of each till the key of the machine that it is, after those of the machines that it was. */
async function keysOf(
  tx: ReadTransaction,
  exported: readonly { readonly device: DeviceRecord }[],
): Promise<AuditKeys> {
  const keys: AuditKeys["keys"] = [];
  for (const { device } of exported) {
    const { id, register, publicKey } = device;
    let fromEpoch = 1;
    const add = (key: string) =>
      keys.push({ device: id, register, publicKey: key, ...(fromEpoch === 1 ? {} : { fromEpoch }) });
    for (const former of await tx.formerKeys(id)) {
      // A machine that wrote nothing that arrived has signed nothing.
      if (former.untilEpoch >= fromEpoch) add(former.publicKey);
      fromEpoch = Math.max(fromEpoch, former.untilEpoch + 1);
    }
    add(publicKey);
  }
  return { keys };
}

function manifestOf(
  { store, register, days, madeAt }: ExportAsk,
  tills: JournalManifest["tills"],
  files: JournalManifest["files"],
): JournalManifest {
  const { store: id, code, name, retailer, address, vatId, currency, timeZone } = store;
  return {
    format: JOURNAL_EXPORT_FORMAT,
    version: 1,
    madeAt,
    store: { id, code, name, retailer, address: [...address], vatId, currency, timeZone },
    asked: { register, ...days },
    tills,
    files,
  };
}

/** Notes size and hash of a file once it was read. */
function noted({ name, chunks }: WrittenFile, files: FileNote[]): WrittenFile {
  async function* counted(): AsyncGenerator<Uint8Array> {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
    files.push({ name, bytes, sha256: hash.digest("hex") });
  }
  return { name, chunks: counted() };
}

/** Text in pieces that are worth passing on. */
async function* inChunks(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
  let waiting: string[] = [];
  let length = 0;
  for await (const line of lines) {
    waiting.push(line);
    length += line.length;
    if (length < CHUNK_BYTES) continue;
    yield Buffer.from(waiting.join(""), "utf8");
    waiting = [];
    length = 0;
  }
  if (length > 0) yield Buffer.from(waiting.join(""), "utf8");
}

function pretty(value: unknown): readonly Uint8Array[] {
  return [Buffer.from(`${JSON.stringify(value, null, 2)}\n`, "utf8")];
}
