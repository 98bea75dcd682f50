import { GENESIS_HASH, type JournalEntry } from "#domain/journal/entry.ts";
import type { EnrolAnswer } from "#protocol/sync/enrol.ts";
import type { PushAnswer } from "#protocol/sync/journal.ts";
import type { DeviceRecord, ReadTransaction, Storage } from "../storage/port.ts";

/** The first version of the protocol whose tills look at what the server has of their journal. */
const READS_KNOWN_FROM = 3;
/** The first version of the protocol whose tills name what they know that it has. */
const NAMES_PLACES_FROM = 4;

/** As a till that speaks this version of the protocol is told its next epoch: one of the first takes any key that it does not know for another program's answer, and would never go on. */
export function begunFor({ known, ...answer }: EnrolAnswer, version: number): EnrolAnswer {
  return version < READS_KNOWN_FROM || known === undefined ? answer : { ...answer, known };
}

/**
 * As a till that speaks this version of the protocol is told whether its entries were taken in. One that does not name what this server has of it tells in its next epoch what was never
 * acknowledged, and so nothing of what was and is lost since, because the server went back to a backup. It is told of a gap first: what it sends after that counts as not acknowledged (SPEC S15a).
 * It believes what it is told to be acknowledged, of another machine's entries in its place too: so it is told of no more than it sent.
 */
export async function takenFor(
  answer: PushAnswer,
  {
    version,
    storage,
    device,
    entries,
  }: {
    readonly version: number;
    readonly storage: Pick<Storage, "read">;
    readonly device: DeviceRecord;
    readonly entries: readonly JournalEntry[];
  },
): Promise<PushAnswer> {
  const [first] = entries;
  const last = entries.at(-1);
  if (version >= NAMES_PLACES_FROM || first === undefined || last === undefined) return answer;
  if (answer.ok) return { ...answer, acknowledged: Math.min(answer.acknowledged, last.seq) };
  if (answer.reason !== "fork" && answer.reason !== "wrongEpoch") return answer;
  const has = await storage.read((tx) => knownBelow(tx, device, first));
  return has === null
    ? answer
    : { ...answer, reason: "gap", atSeq: first.seq, acknowledged: has.seq, headHash: has.hash };
}

/** How far this server may have the epoch of an entry below it; null where it has all of that. */
async function knownBelow(
  tx: ReadTransaction,
  { id: device, store }: DeviceRecord,
  { epoch, seq, prev }: JournalEntry,
): Promise<{ readonly seq: number; readonly hash: string } | null> {
  if (seq === 1) return null;
  const chain = { store, device, epoch };
  const head = await tx.chainHead(chain);
  if (head.seq < seq - 1) return head;
  // Another machine wrote on in its place, and where the two parted nobody knows.
  const isThere = (await tx.entryHash({ ...chain, seq: seq - 1 })) === prev;
  return isThere ? null : { seq: 0, hash: GENESIS_HASH };
}
