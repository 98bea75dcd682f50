import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { diskTroubleOf } from "./disk-trouble.ts";
import type { Engine, EngineSettings, StartOfTill, TillParts } from "./engine.ts";
import { IdentityFile, PLAIN_VAULT } from "./identity.ts";
import { sha256Hex } from "./journal/journal.ts";
import { JournalLacks, type Lack, missingOf } from "./journal/lacking.ts";
import { Succession } from "./succession.ts";
import { askForMissing } from "./sync/ask-for-missing.ts";
import type { SyncSettings } from "./sync/sync.ts";

/** A server that does not have what is missing, or does not know the question, is asked again this rarely, milliseconds. */
const REST_MS = 5 * 60_000;

/** What a till asks for whose journal lacks entries in both of its copies. */
export interface Lacking {
  readonly lacks: readonly Lack[];
  /** The server has all of it. */
  readonly onGiven: (given: readonly JournalEntry[]) => void;
  /** How long to rest before it asks, milliseconds: what it was given could not be written. */
  readonly restMs: number;
}

type StartTill = (start: StartOfTill) => Promise<Engine>;

/**
 * Starts a till that sells nothing and writes nothing, on an empty journal beside its own, which is left as it is: it asks the server for what both copies lack, and goes on as itself
 * with that. Throws JournalLacks where no server can be asked.
 */
export async function startLacking(
  settings: EngineSettings,
  { error, startTill }: { readonly error: JournalLacks; readonly startTill: StartTill },
): Promise<Engine> {
  const { dataDir, vault = PLAIN_VAULT, clock } = settings;
  const identity = await IdentityFile.load(dataDir, vault, clock);
  if (identity.paired() === null) throw error;
  settings.onDefect?.("journal", error);
  const standIn = (lacks: readonly Lack[], restMs: number): Promise<Engine> =>
    startTill({ settings, lacking: { lacks, restMs, onGiven } });
  const goOn = async (given: readonly JournalEntry[]): Promise<Engine> => {
    await removeStandIn(dataDir);
    try {
      return await startTill({ settings, given });
    } catch (failure) {
      const lacks = failure instanceof JournalLacks ? failure.lacks : error.lacks;
      // What else it meets no waiting heals: the program ends, as at any other start.
      if (!(failure instanceof JournalLacks) && diskTroubleOf(failure) !== "diskFull") throw failure;
      settings.onDefect?.("journal", failure);
      return standIn(lacks, REST_MS);
    }
  };
  const onGiven = (given: readonly JournalEntry[]): void => {
    // Not waited for: who asked is part of what is closed first.
    engine
      .followWith(() => goOn(given))
      .catch((failure: unknown) => {
        settings.onDefect?.("journal", failure);
        settings.onEnded?.(failure);
      });
  };
  const engine = new Succession(await standIn(error.lacks, 0));
  return engine;
}

/** What its sync does in place of keeping in step. */
export function asksFor(
  { lacks, onGiven, restMs }: Lacking,
  { identity, records }: Pick<TillParts, "identity" | "records">,
): NonNullable<SyncSettings["asks"]> {
  let restsFirst = restMs > 0;
  return async (server, heard) => {
    if (restsFirst) {
      restsFirst = false;
      return restMs;
    }
    const crypto = { sha256Hex, verify: identity.verify };
    const answer = await askForMissing({ lacks, server, link: { heard }, crypto });
    if (answer === null) return REST_MS;
    if (answer.not.length === 0) onGiven(answer.given);
    else records.found("incomplete", missingOf(answer.not));
    return REST_MS;
  };
}

/** Where an empty journal lies in place of one that lacks entries. */
export async function openStandIn(dataDir: string): Promise<string> {
  await removeStandIn(dataDir);
  await mkdir(folderOf(dataDir), { recursive: true });
  return folderOf(dataDir);
}

export async function removeStandIn(dataDir: string): Promise<void> {
  await rm(folderOf(dataDir), { recursive: true, force: true });
}

const folderOf = (dataDir: string): string => join(dataDir, "stand-in");
