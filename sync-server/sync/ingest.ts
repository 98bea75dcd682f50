import type { Exception } from "#domain/exceptions/exceptions.ts";
import type { Instant } from "#domain/ids.ts";
import { type ChainCrypto, checkRun, checkSeal } from "#domain/journal/check.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { momentOf } from "#domain/journal/moment.ts";
import type { PushAnswer, PushRequest } from "#protocol/sync/journal.ts";
import { raiseException } from "../exceptions/raise.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";
import type { Booking } from "./booking.ts";
import type { Publication, Publisher } from "./publisher.ts";
import { sha256Hex, verifierFor } from "./signatures.ts";

type Refusal = Extract<PushAnswer, { readonly ok: false }>;

/** What opens the entries that say something sealed of a customer. */
type EntryKeys = NonNullable<PushRequest["keys"]>;

export interface Ingestion {
  /**
   * Takes a run of entries in: all of it in one transaction, or nothing. What is there already is skipped, so that pushing twice is harmless. An entry
   * that cannot be booked is in the journal all the same, and holds nothing up. A fork is kept aside whole and raised as an exception. `isLater`: the
   * till is of a later version, so that its facts may be of kinds that nobody knows here.
   */
  ingest(
    device: DeviceRecord,
    entries: readonly JournalEntry[],
    keys?: EntryKeys,
    isLater?: boolean,
  ): Promise<PushAnswer>;
  /** The same within a transaction that does more. */
  ingestWithin(
    publication: Publication,
    device: DeviceRecord,
    entries: readonly JournalEntry[],
  ): Promise<PushAnswer>;
}

export function createIngestion({
  publisher,
  booking,
  now,
  onTaken = () => undefined,
}: {
  readonly publisher: Publisher;
  readonly booking: Pick<Booking, "book">;
  readonly now: () => Instant;
  /** Told how many entries were new, once they are durable. */
  readonly onTaken?: (entries: number) => void;
}): Ingestion {
  return {
    ingest: async (device, entries, keys = [], isLater = false) => {
      const { answer, fresh } = await publisher.publish((publication) => {
        publication.tell({ live: ["sales"] });
        return take({ publication, booking, asked: device, entries, keys, isLater, serverTime: now() });
      });
      onTaken(fresh);
      return answer;
    },
    ingestWithin: async (publication, asked, entries) => {
      const serverTime = now();
      const run = { publication, booking, asked, entries, keys: [], isLater: false, serverTime };
      return (await take(run)).answer;
    },
  };
}

async function take({
  publication,
  booking,
  asked,
  entries,
  keys,
  isLater,
  serverTime,
}: {
  readonly publication: Publication;
  readonly booking: Pick<Booking, "book">;
  readonly asked: DeviceRecord;
  readonly entries: readonly JournalEntry[];
  readonly keys: EntryKeys;
  readonly isLater: boolean;
  readonly serverTime: Instant;
}): Promise<{ readonly answer: PushAnswer; readonly fresh: number }> {
  // Read again within the transaction: the epoch may have moved on since the request was authenticated.
  const device = (await publication.tx.device(asked.id)) ?? asked;
  const head = await publication.tx.chainHead({
    store: device.store,
    device: device.id,
    epoch: device.epoch,
  });
  const refuse = (reason: Refusal["reason"], atSeq: number) => {
    const refusal: Refusal = {
      ok: false,
      reason,
      atSeq,
      acknowledged: head.seq,
      headHash: head.hash,
      serverTime,
    };
    return { answer: refusal, fresh: 0 };
  };
  const stray = entries.find(
    (entry) => entry.store !== device.store || (ticketOf(entry.fact)?.store ?? device.store) !== device.store,
  );
  if (stray !== undefined) return refuse("malformed", stray.seq);
  const crypto: ChainCrypto = { sha256Hex, verify: verifierFor(device.publicKey) };
  const known = await knownHashes(publication.tx, device, entries, head.seq);
  const checked = checkRun({
    entries,
    head: { device: device.id, epoch: device.epoch, ...head },
    hashAt: (seq) => known.get(seq),
    crypto,
  });
  if (!checked.ok) {
    const { why, seq } = checked.reason;
    if (why === "fork" || why === "wrongEpoch")
      await keepAside({ publication, device, entries, crypto, why, seq });
    return refuse(why, seq);
  }
  let { actedTo } = device;
  const keyOf = new Map(keys.map(({ entry, key }) => [entry, key]));
  for (const entry of checked.value.fresh) {
    const { clockOffsetMs } = device;
    const actedAt = momentOf({ entry, clockOffsetMs, receivedAt: publication.at, notBefore: actedTo });
    // What is carried over into an epoch happened before that began.
    if (entry.fact.type !== "epoch.begun") actedTo = actedAt;
    await publication.tx.addEntry(entry, publication.at);
    await booking.book(publication, device, { entry, actedAt, key: keyOf.get(entry.id) ?? null, isLater });
  }
  if (actedTo > device.actedTo) await publication.tx.noteActs({ device: device.id, actedTo });
  const answer: PushAnswer = { ok: true, acknowledged: checked.value.head.seq, serverTime };
  return { answer, fresh: checked.value.fresh.length };
}

async function knownHashes(
  tx: ReadTransaction,
  device: DeviceRecord,
  entries: readonly JournalEntry[],
  headSeq: number,
): Promise<ReadonlyMap<number, string>> {
  const known = new Map<number, string>();
  for (const entry of entries) {
    if (entry.seq > headSeq) continue;
    const hash = await tx.entryHash({
      store: device.store,
      device: device.id,
      epoch: device.epoch,
      seq: entry.seq,
    });
    if (hash !== null) known.set(entry.seq, hash);
  }
  return known;
}

/** Only entries that the till itself signed are worth keeping; anyone could invent others. */
async function keepAside({
  publication,
  device,
  entries,
  crypto,
  why,
  seq,
}: {
  readonly publication: Publication;
  readonly device: DeviceRecord;
  readonly entries: readonly JournalEntry[];
  readonly crypto: ChainCrypto;
  readonly why: "fork" | "wrongEpoch";
  readonly seq: number;
}): Promise<void> {
  const genuine = entries.filter((entry) => entry.device === device.id && checkSeal(entry, crypto).ok);
  if (genuine.length === 0) return;
  const unseen: JournalEntry[] = [];
  for (const entry of genuine) {
    const hash = await publication.tx.entryHash({
      store: device.store,
      device: device.id,
      epoch: entry.epoch,
      seq: entry.seq,
    });
    if (hash !== entry.hash) unseen.push(entry);
  }
  if (unseen.length === 0) return;
  await publication.tx.quarantine({ entries: unseen, reason: why, at: publication.at });
  await raise(publication, device, {
    id: `forked:${device.id}:${entries[0]?.epoch ?? device.epoch}`,
    kind: "forked",
    detail: { register: String(device.register), device: device.name, seq: String(seq) },
  });
}

async function raise(
  publication: Publication,
  device: DeviceRecord,
  raised: Pick<Exception, "id" | "kind" | "detail">,
): Promise<void> {
  await raiseException(publication, { ...raised, store: device.store, subject: null });
}
