import { lstatSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { idOf } from "#domain/ids.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { copyReplica } from "../database.ts";
import type { EngineSettings, PartsSettings, TillParts } from "../engine.ts";
import { IdentityFile, PLAIN_VAULT } from "../identity.ts";
import type { Enrolment } from "../ports.ts";
import { missNoLentKey } from "../replica/replica.ts";
import { readSetups, writeSetups } from "../shop/printer-setups.ts";
import { createShop, type Shop } from "../shop/verbs.ts";
import { SYSTEM_TIMERS } from "../sync/alarm.ts";
import { createServerLine } from "../sync/server-line.ts";
import { TillKeys } from "../till-keys.ts";
import { trainingDocuments, trainingPrinters } from "./training-paper.ts";

/** People and their things are not practised with. */
const LEFT_OUT = [
  "customers",
  "orders",
  "receipts",
  "balances",
  "notices",
  "cases",
  "counts",
] as const satisfies readonly ReplicaCollection[];

/** A shop to practise in; closing it leaves nothing of it. */
export interface Practice {
  readonly shop: Pick<Shop, "verbs" | "views">;
  close(): Promise<void>;
}

export interface PracticeParts {
  readonly settings: EngineSettings;
  readonly real: Pick<TillParts, "identity" | "drafts" | "keys">;
  readonly openParts: (settings: PartsSettings, closing: AbortSignal) => Promise<TillParts>;
  readonly onDefect: (what: string, error: unknown) => void;
}

const noNetwork: typeof fetch = () => Promise.reject(new TypeError("there is no network in training"));

/** Removes what a training left that did not end by itself. */
export async function removePractice(dataDir: string): Promise<void> {
  const folder = folderOf(dataDir);
  if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined)
    await rm(folder, { recursive: true, force: true });
}

/** Opens a shop on a copy of what the till knows now. Throws what the disk throws, and leaves nothing then. */
export async function openPractice({
  settings,
  real,
  openParts,
  onDefect,
}: PracticeParts): Promise<Practice> {
  const folder = folderOf(settings.dataDir);
  const closing = new AbortController();
  const opened: { close(): Promise<unknown> }[] = [];
  const close = async (): Promise<void> => {
    closing.abort();
    for (const each of opened.splice(0)) await each.close();
    await removePractice(settings.dataDir);
  };
  await removePractice(settings.dataDir);
  try {
    await mkdir(folder, { recursive: true });
    await copyReplica({ from: settings.dataDir, to: folder, without: LEFT_OUT, settle: missNoLentKey });
    await makeUpTill(folder, settings, real);
    // What still reads when the files are closed under it has not failed.
    const tell: PracticeParts["onDefect"] = (what, error) => {
      if (!closing.signal.aborted) onDefect(what, error);
    };
    const parts = await openParts(
      {
        ...settings,
        dataDir: folder,
        journalName: "training",
        fetch: noNetwork,
        onDefect: tell,
      },
      closing.signal,
    );
    opened.push(...parts.opened);
    await writeSetups(parts.drafts, await readSetups(real.drafts));
    const offset = real.identity.clockOffsetMs();
    const shop = await openShop({ settings, parts, tries: real.drafts, offset, onDefect: tell });
    opened.unshift(shop);
    return { shop, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function folderOf(dataDir: string): string {
  return join(dataDir, "training");
}

/** A till that no server knows, at the place of the real one. It writes in a later epoch than any of which the replica tells. */
async function makeUpTill(
  folder: string,
  { clock, newId, vault = PLAIN_VAULT }: EngineSettings,
  { identity, keys }: PracticeParts["real"],
): Promise<void> {
  const paired = identity.paired();
  if (paired === null) throw new Error("a till that is not paired has nothing to practise with");
  const made = await IdentityFile.load(folder, vault, clock);
  await TillKeys.load(folder, vault, { own: keys.own });
  await made.pairedWith({
    server: "https://training.invalid",
    token: "training",
    epoch: paired.epoch + 1,
    identity: { ...paired.identity, device: idOf<"Device">(`training-${newId()}`), pairedAt: clock.now() },
  });
}

function openShop({
  settings,
  parts,
  tries,
  offset,
  onDefect,
}: {
  readonly settings: EngineSettings;
  readonly parts: TillParts;
  /** The real till's: nobody guesses PINs in training that open it. */
  readonly tries: TillParts["drafts"];
  readonly offset: number;
  readonly onDefect: PracticeParts["onDefect"];
}): Promise<Shop> {
  const { identity, replica } = parts;
  const settingsNow = () => replica.settings();
  // Whoever practises is not reminded of the server: it was heard just now, always.
  const enrolment: Enrolment = {
    identity: () => identity.identity(),
    awayMs: () => 0,
    watch: (onChange) => identity.watch(onChange),
  };
  const never = { online: false, clockOffsetMs: offset, watch: () => () => undefined };
  return createShop({
    journal: parts.journal,
    replica,
    drafts: parts.drafts,
    tries,
    customerKeys: parts.customerKeys,
    enrolment,
    receiptSigner: identity.receiptSigner,
    clock: settings.clock,
    newId: settings.newId,
    openPrinter: trainingPrinters(settings.openPrinter, settingsNow),
    printerCatalogue: settings.printerCatalogue ?? { models: [], find: async () => undefined },
    drawDocument: trainingDocuments(settings.drawDocument, settingsNow),
    carrier: null,
    openTerminal: null,
    openFiscalDevice: null,
    server: createServerLine({ sync: never, client: () => parts.connect() }),
    timers: settings.timers ?? SYSTEM_TIMERS,
    offlinePolicy: () => "ok",
    training: true,
    onTrouble: (error) => onDefect("training", error),
  });
}
