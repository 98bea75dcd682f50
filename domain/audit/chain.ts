import type { Instant } from "../ids.ts";
import { type ChainCrypto, checkSeal } from "../journal/check.ts";
import { ticketOf } from "../journal/effects.ts";
import { GENESIS_HASH, type JournalEntry } from "../journal/entry.ts";
import { type Finding, type FindingPlace, fault, note } from "./finding.ts";
import type { AuditedTill, PromisedEpoch } from "./journal.ts";

const SECOND_MS = 1_000;
/** A clock that is set right by this much or less is no finding. */
export const CLOCK_SLACK_MS = 120_000;

/** Where a chain stands while it is gone through; `at` the till's time of its newest entry. */
export interface ChainState {
  readonly seq: number;
  readonly hash: string;
  readonly at: Instant | null;
}

export function chainBefore({ first }: PromisedEpoch): ChainState {
  return { seq: first.seq - 1, hash: first.prev, at: null };
}

/** Whether an entry is intact, this till's, and the next of its chain. `isCarried`: it was written in an earlier epoch and keeps that time. */
export function checkLink({
  entry,
  receivedAt,
  state,
  till,
  epoch,
  isCarried,
}: {
  readonly entry: JournalEntry;
  readonly receivedAt: Instant;
  readonly state: ChainState;
  readonly till: Pick<AuditedTill, "device" | "register" | "crypto">;
  readonly epoch: number;
  readonly isCarried: boolean;
}): { readonly state: ChainState; readonly findings: readonly Finding[] } {
  const place = { device: till.device, register: till.register, epoch, seq: entry.seq };
  const findings = [
    ...ownFaults(entry, place),
    ...sealFaults(entry, till.crypto, place),
    ...orderFaults(entry, state, place),
    ...clockNotes({ entry, receivedAt, state, place, isCarried }),
  ];
  return { state: { seq: entry.seq, hash: entry.hash, at: isCarried ? state.at : entry.at }, findings };
}

/** Whether a chain ended where the manifest says that it does. */
export function checkEnd(
  state: ChainState,
  promised: PromisedEpoch,
  place: Omit<FindingPlace, "seq">,
): readonly Finding[] {
  const { last } = promised;
  if (state.seq === last.seq && state.hash === last.hash) return [];
  const where = { ...place, seq: state.seq };
  return [fault("endsWrong", where, { found: String(state.seq), expected: String(last.seq) })];
}

function ownFaults(entry: JournalEntry, place: FindingPlace): readonly Finding[] {
  const ticket = ticketOf(entry.fact);
  const isOdd =
    (ticket !== null &&
      (ticket.store !== entry.store || ticket.device !== entry.device || ticket.staff !== entry.staff)) ||
    (entry.seq === 1) !== (entry.fact.type === "epoch.begun");
  return [
    ...(entry.device === place.device ? [] : [fault("wrongTill", place, { found: entry.device })]),
    ...(entry.epoch === place.epoch ? [] : [fault("wrongEpoch", place, { found: String(entry.epoch) })]),
    ...(isOdd ? [fault("contradictsItself", place)] : []),
  ];
}

function sealFaults(
  entry: JournalEntry,
  crypto: ChainCrypto | null,
  place: FindingPlace,
): readonly Finding[] {
  if (crypto === null) return [];
  const sealed = checkSeal(entry, crypto);
  if (sealed.ok) return [];
  return [fault(sealed.reason === "badHash" ? "badHash" : "badSignature", place)];
}

function orderFaults(entry: JournalEntry, state: ChainState, place: FindingPlace): readonly Finding[] {
  const expected = state.seq + 1;
  if (entry.seq !== expected)
    return [fault("gap", place, { expected: String(expected), found: String(entry.seq) })];
  const isLinked = entry.prev === state.hash && (entry.seq !== 1 || entry.prev === GENESIS_HASH);
  return isLinked ? [] : [fault("broken", place)];
}

function clockNotes({
  entry,
  receivedAt,
  state,
  place,
  isCarried,
}: {
  readonly entry: JournalEntry;
  readonly receivedAt: Instant;
  readonly state: ChainState;
  readonly place: FindingPlace;
  readonly isCarried: boolean;
}): readonly Finding[] {
  const back = state.at === null || isCarried ? 0 : state.at - entry.at;
  const ahead = entry.at - receivedAt;
  return [
    ...(back > CLOCK_SLACK_MS ? [note("clockBack", place, { seconds: seconds(back) })] : []),
    ...(ahead > CLOCK_SLACK_MS ? [note("clockAhead", place, { seconds: seconds(ahead) })] : []),
  ];
}

function seconds(ms: number): string {
  return String(Math.round(ms / SECOND_MS));
}
