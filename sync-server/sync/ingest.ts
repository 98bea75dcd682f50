import type { Exception } from "#domain/exceptions/exceptions.ts";
import type { DeviceId, Instant } from "#domain/ids.ts";
import { type ChainCrypto, checkRun, checkSeal } from "#domain/journal/check.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { momentOf } from "#domain/journal/moment.ts";
import type { PushAnswer, PushRequest } from "#protocol/sync/journal.ts";
import { raiseException } from "../exceptions/raise.ts";
import { type DeviceRecord, type ReadTransaction, StorageAway } from "../storage/port.ts";
import type { Booking } from "./booking.ts";
import { BY_COUNT, JournalLine, type LinePace, type Taken, type Taking } from "./journal-line.ts";
import type { Publication, Publisher } from "./publisher.ts";
import { chainCryptoOf, type LookedAt, type LooksAhead, NOT_AHEAD } from "./seals.ts";

type Refusal = Extract<PushAnswer, { readonly ok: false }>;

/** What opens the entries that say something sealed of a customer. */
type EntryKeys = NonNullable<PushRequest["keys"]>;

export interface Ingestion {
  /**
   * Takes a run of entries in, in order: all of it, or nothing where anything in it is wrong. What is there already is skipped, so that pushing twice is harmless. An entry
   * that cannot be booked is in the journal all the same, and holds nothing up. A fork is kept aside whole and raised as an exception. `isLater`: the
   * till is of a later version, so that its facts may be of kinds that nobody knows here. `onTurn` is told whenever its turn in the line begins. Resolves once all of it is durable (SPEC S10).
   */
  ingest(
    device: DeviceRecord,
    entries: readonly JournalEntry[],
    keys?: EntryKeys,
    isLater?: boolean,
    onTurn?: () => void,
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
  looksAhead = NOT_AHEAD,
  pace = BY_COUNT,
  onTaken = () => undefined,
}: {
  readonly publisher: Publisher;
  readonly booking: Pick<Booking, "book">;
  readonly now: () => Instant;
  readonly looksAhead?: LooksAhead;
  readonly pace?: LinePace;
  /** Told how many entries were new, once they are durable. */
  readonly onTaken?: (entries: number) => void;
}): Ingestion {
  const line = new JournalLine<Publication, PushAnswer>({
    pace,
    within: (work) =>
      publisher.publish(async (publication) => {
        publication.tell({ live: ["sales"] });
        await work(publication);
      }),
    isAway: (error) => error instanceof StorageAway,
  });
  return {
    ingest: async (asked, entries, keys = [], isLater = false, onTurn = () => undefined) => {
      const ahead = await looksAhead(asked.publicKey, entries);
      const keyOf = new Map(keys.map(({ entry, key }) => [entry, key]));
      return line.take(new Run({ asked, entries, keyOf, isLater, ahead, booking, now, onTaken, onTurn }));
    },
    ingestWithin: async (publication, asked, entries) => {
      const ahead = await NOT_AHEAD(asked.publicKey, entries);
      const run = new Run({
        asked,
        entries,
        keyOf: new Map(),
        isLater: false,
        ahead,
        booking,
        now,
        onTaken: () => undefined,
        onTurn: () => undefined,
      });
      const { answer } = await run.take(publication, () => true);
      if (answer === null) throw new Error("a run that may go on to its end was left in the middle");
      return answer;
    },
  };
}

interface RunSettings {
  readonly asked: DeviceRecord;
  readonly entries: readonly JournalEntry[];
  readonly keyOf: ReadonlyMap<string, string>;
  readonly isLater: boolean;
  readonly ahead: LookedAt;
  readonly booking: Pick<Booking, "book">;
  readonly now: () => Instant;
  readonly onTaken: (entries: number) => void;
  readonly onTurn: () => void;
}

/** One push, as far as it has been taken in. */
class Run implements Taking<Publication, PushAnswer> {
  readonly device: DeviceId;
  readonly #of: RunSettings;
  /** Entries of it that are durable. */
  #done = 0;
  /** What was found whole, and by which key: a run that takes several turns is looked at once. */
  #whole: { readonly publicKey: string; readonly entries: ReadonlySet<JournalEntry> } | null = null;

  constructor(of: RunSettings) {
    this.device = of.asked.id;
    this.#of = of;
  }

  left(): number {
    return this.#of.entries.length - this.#done;
  }

  async take(publication: Publication, goesOn: () => boolean): Promise<Taken<PushAnswer>> {
    const { asked, booking, keyOf, isLater, ahead, now, onTaken, onTurn } = this.#of;
    onTurn();
    const entries = this.#of.entries.slice(this.#done);
    const serverTime = now();
    // Read again within the transaction: the epoch may have moved on since the request was authenticated.
    const device = (await publication.tx.device(asked.id)) ?? asked;
    const head = await publication.tx.chainHead({
      store: device.store,
      device: device.id,
      epoch: device.epoch,
    });
    const refuse = (reason: Refusal["reason"], atSeq: number): Taken<PushAnswer> => ({
      entries: 0,
      answer: { ok: false, reason, atSeq, acknowledged: head.seq, headHash: head.hash, serverTime },
      settle: () => undefined,
    });
    const stray = entries.find(
      (entry) =>
        entry.store !== device.store || (ticketOf(entry.fact)?.store ?? device.store) !== device.store,
    );
    if (stray !== undefined) return refuse("malformed", stray.seq);
    const { publicKey } = device;
    const whole = this.#whole?.publicKey === publicKey ? this.#whole.entries : null;
    const crypto: ChainCrypto = {
      ...chainCryptoOf(publicKey, ahead),
      wasWhole: (entry) => whole?.has(entry) === true,
    };
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
    this.#whole = { publicKey, entries: new Set(entries) };
    const { fresh } = checked.value;
    let { actedTo } = device;
    let taken = 0;
    for (const entry of fresh) {
      if (!goesOn() && taken > 0) break;
      const { clockOffsetMs } = device;
      const actedAt = momentOf({ entry, clockOffsetMs, receivedAt: publication.at, notBefore: actedTo });
      // What is carried over into an epoch happened before that began.
      if (entry.fact.type !== "epoch.begun") actedTo = actedAt;
      await publication.tx.addEntry(entry, publication.at);
      await booking.book(publication, device, { entry, actedAt, key: keyOf.get(entry.id) ?? null, isLater });
      taken += 1;
    }
    if (actedTo > device.actedTo) await publication.tx.noteActs({ device: device.id, actedTo });
    const isWhole = taken === fresh.length;
    return {
      entries: taken,
      answer: isWhole ? { ok: true, acknowledged: checked.value.head.seq, serverTime } : null,
      settle: () => {
        this.#done += entries.length - fresh.length + taken;
        onTaken(taken);
      },
    };
  }
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
