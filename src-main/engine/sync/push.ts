import { type JournalEntry, SIGNATURE_CONTEXT } from "#domain/journal/entry.ts";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { type EnrolAnswer, type EnrolRequest, MAX_PLACES } from "#protocol/sync/enrol.ts";
import { MAX_ENTRIES_PER_PUSH, MAX_PUSH_BYTES, type PushAnswer } from "#protocol/sync/journal.ts";
import type { CustomerKeys } from "../customers/customer-keys.ts";
import type { IdentityFile } from "../identity.ts";
import type { DiskJournal } from "../journal/journal.ts";
import type { OwnRecords } from "../journal/own-records.ts";
import { isBeginningLost } from "./contained.ts";
import type { Link } from "./link.ts";
import { NotAServer, type ServerClient, ServerRefusal } from "./server-client.ts";

/** Left free of the server's limit for the envelope around the entries. */
const ENVELOPE_BYTES = 64 * 1024;
/** A clone of this till that forks it again and again is people's business, not a race to win. */
const MAX_EPOCHS_PER_RUN = 3;

/** Of a server that lost an epoch from its beginning, and may have lost what earlier ones told as well. */
const NOTHING: AppliedUpTo = { epoch: 0, seq: 0 };

/** The version of servers that look up what a till names of its journal; one before refuses a key that it does not know. */
export const READS_PLACES_FROM = 4;

/** An epoch that cannot go on: another machine has written on in it, or the server has lost it from its beginning. */
export interface EpochOver {
  readonly epoch: number;
  /** Of the server that said so. */
  readonly serverVersion: number;
}

export interface PushSettings {
  readonly journal: DiskJournal;
  readonly identity: IdentityFile;
  readonly customerKeys: Pick<CustomerKeys, "of">;
  readonly records: Pick<OwnRecords, "found">;
  readonly client: () => ServerClient;
  readonly link: Pick<Link, "heard">;
  /** An epoch that is known to be over. */
  readonly epochOver: EpochOver | null;
  /** How far the server has the journal has changed. */
  readonly onAcknowledged: () => Promise<void>;
}

/**
 * Sends what the server does not have, in order, until it has everything (`drained`) or will not take an entry as it is (`refused`: the till
 * keeps its copy). Throws Unreachable, ServerRefusal, or what the disk throws.
 */
export async function pushJournal(asked: PushSettings): Promise<"drained" | "refused"> {
  // One for the whole run: of which version the server is, it knows by what was answered before. Behind a balancer one server may still be of version 3: if it is asked for the next epoch after
  // a later one answered, it may answer `badRequest` to what it does not know; the till asks again, and is answered once that one is asked no more.
  const server = asked.client();
  const settings: PushSettings = { ...asked, client: () => server };
  const { journal, link, epochOver, onAcknowledged } = settings;
  if (journal.head.epoch === 0) await beginAgain(settings);
  const epochAtStart = journal.head.epoch;
  let atMost = MAX_ENTRIES_PER_PUSH;
  while (journal.head.epoch - epochAtStart <= MAX_EPOCHS_PER_RUN) {
    const run = nextRun(journal.unsent(), atMost);
    const first = run[0];
    if (first === undefined) {
      if (epochOver === null || journal.head.epoch !== epochOver.epoch) return "drained";
      // What it writes next would be refused, and what the server lost, or took of another machine since, is told again.
      const readsPlaces = epochOver.serverVersion >= READS_PLACES_FROM;
      await beginNextEpoch(settings, { readsPlaces, unlessKnown: NOTHING });
      continue;
    }
    const answer = await pushed(run, settings);
    if (answer === "tooLarge") {
      atMost = Math.ceil(run.length / 2);
      continue;
    }
    link.heard(answer.serverTime);
    const goesOn = answer.ok
      ? await taken(run.at(-1) ?? first, answer.acknowledged, settings)
      : await refused(first, answer, settings);
    if (!goesOn) return "refused";
    await onAcknowledged();
  }
  return "refused";
}

/** `tooLarge` when half of it may go through. */
async function pushed(
  run: readonly JournalEntry[],
  { client, customerKeys }: PushSettings,
): Promise<PushAnswer | "tooLarge"> {
  try {
    const keys = customerKeys.of(run);
    return await client().push({ entries: run, ...(keys.length === 0 ? {} : { keys }) });
  } catch (error) {
    if (run.length > 1 && error instanceof ServerRefusal && error.reason === "tooLarge") return "tooLarge";
    throw error;
  }
}

/** Only what was sent counts as taken: what the server has besides may be of another machine, and is told apart by sending this till's own. */
async function taken(
  { epoch, seq }: JournalEntry,
  acknowledged: number,
  settings: PushSettings,
): Promise<boolean> {
  const { journal } = settings;
  const isAheadOfTill = epoch === journal.head.epoch && acknowledged > journal.head.seq;
  journal.acknowledge({ epoch, seq: Math.min(acknowledged, seq) });
  // The server knows entries of this till that the till does not: it was restored from a backup. Going on would fork.
  if (isAheadOfTill) await beginNextEpoch(settings);
  return true;
}

async function refused(
  { epoch, seq }: JournalEntry,
  answer: Extract<PushAnswer, { ok: false }>,
  settings: PushSettings,
): Promise<boolean> {
  switch (answer.reason) {
    case "gap": {
      // The server has less than this till believed, because it was restored from a backup: back to where it stands.
      const has = { epoch, seq: answer.acknowledged };
      if (!isBeginningLost(settings.journal.acknowledged, has))
        // Who pulls may have heard of it while this run was on its way.
        return (await settings.journal.rewind(has)) || seq > has.seq + 1;
      await beginNextEpoch(settings, { unlessKnown: NOTHING });
      return true;
    }
    case "fork":
    case "wrongEpoch":
      await beginNextEpoch(settings);
      return true;
    case "badHash":
    case "badSignature":
    case "wrongDevice":
    case "malformed":
      return false;
  }
}

/** As many entries of one epoch as one call may carry. */
function nextRun(unsent: readonly JournalEntry[], atMost: number): readonly JournalEntry[] {
  const run: JournalEntry[] = [];
  let bytes = ENVELOPE_BYTES;
  for (const entry of unsent.slice(0, atMost)) {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    if (run.length > 0 && (bytes > MAX_PUSH_BYTES || entry.epoch !== run[0]?.epoch)) break;
    run.push(entry);
  }
  return run;
}

/**
 * This till's journal goes on in the epoch that the server hands out, with all that the server does not have. `unlessKnown`: what it has for certain where it does not say it; left out, what
 * it acknowledged. Throws what the call and the disk throw.
 */
export async function beginNextEpoch(
  { journal, identity, client }: Pick<PushSettings, "journal" | "identity" | "client">,
  {
    readsPlaces = client().serverVersion >= READS_PLACES_FROM,
    unlessKnown,
  }: { readonly readsPlaces?: boolean; readonly unlessKnown?: AppliedUpTo } = {},
): Promise<void> {
  const { epoch } = journal.head;
  const acknowledged = await journal.acknowledgedPlaces(MAX_PLACES);
  const answer = await askForEpoch({
    identity,
    client,
    epoch,
    ...(readsPlaces ? { acknowledged: [...acknowledged] } : {}),
  });
  const known = answer.known ?? unlessKnown;
  await journal.carryOver({
    epoch: answer.epoch,
    register: answer.register,
    ...(known === undefined ? {} : { known }),
  });
  await identity.beganEpoch(answer.epoch);
}

/** The journal was lost with both of its copies: it goes on in the next epoch, from where the server knows it (SPEC S4b). */
async function beginAgain({ journal, identity, client, records }: PushSettings): Promise<void> {
  const paired = identity.paired();
  if (paired === null) throw new Error("a till that is not paired has no epoch");
  const answer = await askForEpoch({ identity, client, epoch: paired.epoch, lost: true });
  const { epoch, register, takenOver } = answer;
  if (takenOver === undefined)
    throw new NotAServer("the server does not say where this till's journal ended");
  await journal.beginEpoch({ epoch, register, takenOver });
  await identity.beganEpoch(epoch);
  records.found("lost");
}

function askForEpoch({
  identity,
  client,
  epoch,
  ...known
}: Pick<PushSettings, "identity" | "client"> &
  Pick<NextEpoch, "epoch" | "acknowledged" | "lost">): Promise<EnrolAnswer> {
  const till = identity.identity();
  if (till === null) throw new Error("a till that is not paired has no epoch");
  return client().enrol({
    kind: "nextEpoch",
    epoch,
    signature: identity.sign(`${SIGNATURE_CONTEXT}next-epoch:${till.device}:${epoch}`),
    ...known,
  });
}

type NextEpoch = Extract<EnrolRequest, { readonly kind: "nextEpoch" }>;
