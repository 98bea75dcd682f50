import type { Exception } from "#domain/exceptions/exceptions.ts";
import type { DeviceId, Instant } from "#domain/ids.ts";
import { type ChainCrypto, checkRun, checkSeal, genesisHead } from "#domain/journal/check.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { momentOf } from "#domain/journal/moment.ts";
import { plainSaleOf } from "#domain/journal/plain-sale.ts";
import { pointsMovesOf } from "#domain/loyalty/moves.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { PushAnswer, PushRequest } from "#protocol/sync/journal.ts";
import { raiseException } from "../exceptions/raise.ts";
import { type ChainPosition, type DeviceRecord, type ReadTransaction, StorageAway } from "../storage/port.ts";
import { type Booking, NotTogether, type ToBook } from "./booking.ts";
import { BY_COUNT, JournalLine, type LinePace, type Taken, type Turn, type Waits } from "./journal-line.ts";
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
  readonly booking: Pick<Booking, "bookRuns">;
  readonly now: () => Instant;
  readonly looksAhead?: LooksAhead;
  readonly pace?: LinePace;
  /** Told how many entries were new, once they are durable. */
  readonly onTaken?: (entries: number) => void;
}): Ingestion {
  const line = new JournalLine<Run, Group, PushAnswer>({
    pace,
    within: (work, isAgain) =>
      publisher.publish(async (publication) => {
        publication.tell({ live: ["sales"] });
        await work({ publication, guarded: isAgain });
      }),
    take: (group, turns) => take(group, turns, { booking, now, onTaken }),
    isAway: (error) => error instanceof StorageAway,
    isToBeDoneAgain: (error) => error instanceof NotTogether,
  });
  return {
    ingest: async (asked, entries, keys = [], isLater = false, onTurn = () => undefined) => {
      const ahead = await looksAhead(asked.publicKey, entries);
      const keyOf = new Map(keys.map(({ entry, key }) => [entry, key]));
      return line.take(new Run({ asked, entries, keyOf, isLater, ahead, onTurn }));
    },
    ingestWithin: async (publication, asked, entries) => {
      const ahead = await NOT_AHEAD(asked.publicKey, entries);
      const keyOf = new Map<string, string>();
      const run = new Run({ asked, entries, keyOf, isLater: false, ahead, onTurn: () => undefined });
      const turn = { run, most: Number.POSITIVE_INFINITY };
      const group = { publication, guarded: true };
      const [taken] = await take(group, [turn], { booking, now, onTaken: () => undefined });
      if (taken === undefined || taken.answer === null)
        throw new Error("a run that may go on to its end was left in the middle");
      return taken.answer;
    },
  };
}

/** The transaction in which runs are taken in. */
interface Group {
  readonly publication: Publication;
  /** Whether one sale that cannot be booked is found in it, and undone alone: else all of it fails, and is done again guarded. */
  readonly guarded: boolean;
}

interface RunSettings {
  readonly asked: DeviceRecord;
  readonly entries: readonly JournalEntry[];
  readonly keyOf: ReadonlyMap<string, string>;
  readonly isLater: boolean;
  readonly ahead: LookedAt;
  readonly onTurn: () => void;
}

/** An entry that is booked by itself, against a plain sale among many: about as many statements more. */
const COST_ALONE = 10;
/** A plain sale that somebody earns points by, against one that nobody does: all that ever moved theirs is gone through for it. */
const COST_EARNING = 2;

/** One push, as far as it has been taken in. */
class Run implements Waits {
  readonly device: DeviceId;
  readonly of: RunSettings;
  /** Which of its entries are plain sales: looked at once, however many turns it takes. What a later till means by one is not known here. */
  readonly #sales: ReadonlyMap<JournalEntry, Ticket>;
  /** Entries of it that are durable. */
  done = 0;
  /** What was found whole, and by which key: a run that takes several turns is looked at once. */
  whole: { readonly publicKey: string; readonly entries: ReadonlySet<JournalEntry> } | null = null;

  constructor(of: RunSettings) {
    this.device = of.asked.id;
    this.of = of;
    this.#sales = new Map(
      of.entries.flatMap((entry) => {
        const ticket = of.isLater ? null : plainSaleOf(entry.fact);
        return ticket === null ? [] : [[entry, ticket]];
      }),
    );
  }

  saleOf(entry: JournalEntry): Ticket | null {
    return this.#sales.get(entry) ?? null;
  }

  costOf(entry: JournalEntry): number {
    const sale = this.#sales.get(entry);
    if (sale === undefined) return COST_ALONE;
    return pointsMovesOf(sale).length === 0 ? 1 : COST_EARNING;
  }

  get left(): number {
    return this.of.entries.length - this.done;
  }

  costs(): readonly number[] {
    return this.of.entries.slice(this.done).map((entry) => this.costOf(entry));
  }
}

/** Takes what is new of each run into the journal, as much as may be in this turn, and books it. */
async function take(
  { publication, guarded }: Group,
  turns: readonly Turn<Run>[],
  {
    booking,
    now,
    onTaken,
  }: {
    readonly booking: Pick<Booking, "bookRuns">;
    readonly now: () => Instant;
    readonly onTaken: (entries: number) => void;
  },
): Promise<readonly Taken<PushAnswer>[]> {
  const { tx, at } = publication;
  for (const { run } of turns) run.of.onTurn();
  const serverTime = now();
  // Read again within the transaction: an epoch may have moved on since its request was authenticated.
  const known = await tx.devicesOf(turns.map(({ run }) => run.device));
  const devices = turns.map(({ run }) => known.get(run.device) ?? run.of.asked);
  const heads = await tx.chainHeads(devices.map(({ id, store, epoch }) => ({ store, device: id, epoch })));
  const taken: Taken<PushAnswer>[] = [];
  const begun: (readonly ToBook[])[] = [];
  const acts: { readonly device: DeviceId; readonly actedTo: Instant }[] = [];
  for (const [place, { run, most }] of turns.entries()) {
    const device = devices[place] ?? run.of.asked;
    const head = heads[place] ?? genesisHead({ device: device.id, epoch: device.epoch });
    const entries = run.of.entries.slice(run.done);
    const checked = await check(publication, { run, device, head, entries });
    if (!checked.ok) {
      const { reason, atSeq } = checked.reason;
      const refusal = { ok: false, reason, atSeq, acknowledged: head.seq, headHash: head.hash } as const;
      taken.push({ cost: 0, answer: { ...refusal, serverTime }, settle: () => undefined });
      continue;
    }
    const { fresh } = checked.value;
    const some = dated(device, fresh.slice(0, most), { run, receivedAt: at });
    const actedTo = some.at(-1)?.actedTo ?? device.actedTo;
    if (actedTo > device.actedTo) acts.push({ device: device.id, actedTo });
    begun.push(some);
    const isWhole = some.length === fresh.length;
    taken.push({
      cost: some.reduce((sum, { booked }) => sum + run.costOf(booked.entry), 0),
      answer: isWhole ? { ok: true, acknowledged: checked.value.head.seq, serverTime } : null,
      settle: () => {
        run.done += entries.length - fresh.length + some.length;
        onTaken(some.length);
      },
    });
  }
  await tx.addEntries(
    begun.flatMap((run) => run.map(({ booked }) => booked.entry)),
    at,
  );
  await tx.noteActs(acts);
  await booking.bookRuns(publication, begun, guarded);
  return taken;
}

/** Each entry with the moment that it happened at. */
function dated(
  device: DeviceRecord,
  entries: readonly JournalEntry[],
  { run, receivedAt }: { readonly run: Run; readonly receivedAt: Instant },
): readonly (ToBook & { readonly actedTo: Instant })[] {
  const { keyOf, isLater } = run.of;
  const { clockOffsetMs } = device;
  let { actedTo } = device;
  return entries.map((entry) => {
    const actedAt = momentOf({ entry, clockOffsetMs, receivedAt, notBefore: actedTo });
    // What is carried over into an epoch happened before that began.
    if (entry.fact.type !== "epoch.begun") actedTo = actedAt;
    const booked = { entry, actedAt, key: keyOf.get(entry.id) ?? null, isLater };
    return { device, booked, sale: run.saleOf(entry), actedTo };
  });
}

/** What of a run is new, where all of it is right. */
async function check(
  publication: Publication,
  {
    run,
    device,
    head,
    entries,
  }: {
    readonly run: Run;
    readonly device: DeviceRecord;
    readonly head: ChainPosition;
    readonly entries: readonly JournalEntry[];
  },
): Promise<
  Result<
    { readonly fresh: readonly JournalEntry[]; readonly head: ChainPosition },
    Pick<Refusal, "reason" | "atSeq">
  >
> {
  const stray = entries.find(
    (entry) => entry.store !== device.store || (ticketOf(entry.fact)?.store ?? device.store) !== device.store,
  );
  if (stray !== undefined) return refused({ reason: "malformed", atSeq: stray.seq });
  const { publicKey } = device;
  const whole = run.whole?.publicKey === publicKey ? run.whole.entries : null;
  const crypto: ChainCrypto = {
    ...chainCryptoOf(publicKey, run.of.ahead),
    wasWhole: (entry) => whole?.has(entry) === true,
  };
  const known = await knownHashes(publication.tx, device, entries, head.seq);
  const checked = checkRun({
    entries,
    head: { device: device.id, epoch: device.epoch, seq: head.seq, hash: head.hash },
    hashAt: (seq) => known.get(seq),
    crypto,
  });
  if (!checked.ok) {
    const { why, seq } = checked.reason;
    if (why === "fork" || why === "wrongEpoch")
      await keepAside({ publication, device, entries, crypto, why, seq });
    return refused({ reason: why, atSeq: seq });
  }
  run.whole = { publicKey, entries: new Set(entries) };
  return ok(checked.value);
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
