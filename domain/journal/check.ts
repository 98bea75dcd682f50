import type { DeviceId } from "../ids.ts";
import { ok, type Result, refused } from "../result.ts";
import { ticketOf } from "./effects.ts";
import {
  GENESIS_HASH,
  type JournalEntry,
  type Sha256Hex,
  SIGNATURE_CONTEXT,
  type SignatureVerifier,
} from "./entry.ts";
import { hashOfContent } from "./seal.ts";

/** Why an entry is not the next of its chain. `fork`: it stands on another past than the one known. */
export type EntryRefusal =
  | "gap"
  | "fork"
  | "badHash"
  | "badSignature"
  | "wrongDevice"
  | "wrongEpoch"
  | "malformed";

/** Where a chain stands: the next entry has `seq + 1` and `prev` = `hash`. */
export interface ChainHead {
  readonly device: DeviceId;
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
}

export interface ChainCrypto {
  readonly sha256Hex: Sha256Hex;
  readonly verify: SignatureVerifier;
  /** Whether this very entry was found whole before, by the same key. Left out: none was. */
  readonly wasWhole?: (entry: JournalEntry) => boolean;
}

export function genesisHead({
  device,
  epoch,
}: {
  readonly device: DeviceId;
  readonly epoch: number;
}): ChainHead {
  return { device, epoch, seq: 0, hash: GENESIS_HASH };
}

/**
 * An Ed25519 signature's 64 bytes in base64url have one spelling only: the last character carries two bits, its other four are zero. A
 * decoder overlooks those four, so another spelling would pass as the same signature.
 */
export const SIGNATURE_SPELLING = /^[A-Za-z0-9_-]{85}[AQgw]$/;

/**
 * Whether an entry is intact in itself: its hash is of its content and its signature is the till's. Content that has no canonical
 * JSON (a lone surrogate in a text) has no hash either.
 */
export function checkSeal(
  entry: JournalEntry,
  { sha256Hex, verify, wasWhole = () => false }: ChainCrypto,
): Result<JournalEntry, EntryRefusal> {
  if (wasWhole(entry)) return ok(entry);
  if (hashIfAny(entry, sha256Hex) !== entry.hash) return refused("badHash");
  if (!SIGNATURE_SPELLING.test(entry.signature)) return refused("badSignature");
  if (!verify(SIGNATURE_CONTEXT + entry.hash, entry.signature)) return refused("badSignature");
  return ok(entry);
}

function hashIfAny(entry: JournalEntry, sha256Hex: Sha256Hex): string | null {
  try {
    return hashOfContent(entry, sha256Hex);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Whether an entry is the next one after `head`, intact and signed. */
export function checkEntry({
  entry,
  head,
  crypto,
}: {
  readonly entry: JournalEntry;
  readonly head: ChainHead;
  readonly crypto: ChainCrypto;
}): Result<JournalEntry, EntryRefusal> {
  if (entry.device !== head.device) return refused("wrongDevice");
  if (entry.epoch !== head.epoch) return refused("wrongEpoch");
  if (entry.seq > head.seq + 1) return refused("gap");
  const sealed = checkSeal(entry, crypto);
  if (!sealed.ok) return sealed;
  if (entry.seq !== head.seq + 1 || entry.prev !== head.hash) return refused("fork");
  if ((entry.seq === 1) !== (entry.fact.type === "epoch.begun")) return refused("malformed");
  return agreesWithItself(entry) ? ok(entry) : refused("malformed");
}

/** Whether an entry stands right behind another one of its till: the next of its epoch, or the first of a later epoch that names it. */
export function hangsOn(entry: JournalEntry, before: JournalEntry): boolean {
  if (entry.seq > 1)
    return entry.epoch === before.epoch && entry.seq === before.seq + 1 && entry.prev === before.hash;
  const { fact } = entry;
  const past = fact.type === "epoch.begun" ? fact.previous : null;
  return past?.epoch === before.epoch && past.seq === before.seq && past.hash === before.hash;
}

/** A ticket is of the till, the store and the person that its entry names. */
function agreesWithItself(entry: JournalEntry): boolean {
  // A fact of a later version than this one (SPEC S153) completes no ticket that anybody here knows of.
  const ticket = ticketOf(entry.fact) ?? null;
  if (ticket === null) return true;
  return ticket.store === entry.store && ticket.device === entry.device && ticket.staff === entry.staff;
}

export interface CheckedRun {
  /** Entries that are new, in order. */
  readonly fresh: readonly JournalEntry[];
  readonly head: ChainHead;
}

/**
 * Checks a run of entries against the chain known so far. Entries at or below the head are skipped when they are the
 * very same (`hashAt` tells the known hash of a seq) and make the run a fork when not. Nothing is taken when anything is wrong.
 */
export function checkRun({
  entries,
  head,
  hashAt,
  crypto,
}: {
  readonly entries: readonly JournalEntry[];
  readonly head: ChainHead;
  readonly hashAt: (seq: number) => string | undefined;
  readonly crypto: ChainCrypto;
}): Result<CheckedRun, { readonly why: EntryRefusal; readonly seq: number }> {
  const fresh: JournalEntry[] = [];
  let at = head;
  for (const entry of entries) {
    if (entry.device === head.device && entry.epoch === head.epoch && entry.seq <= head.seq) {
      const sealed = checkSeal(entry, crypto);
      if (!sealed.ok) return refused({ why: sealed.reason, seq: entry.seq });
      if (hashAt(entry.seq) !== entry.hash) return refused({ why: "fork", seq: entry.seq });
      continue;
    }
    const checked = checkEntry({ entry, head: at, crypto });
    if (!checked.ok) return refused({ why: checked.reason, seq: entry.seq });
    fresh.push(entry);
    at = { ...at, seq: entry.seq, hash: entry.hash };
  }
  return ok({ fresh, head: at });
}
