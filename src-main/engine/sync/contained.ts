import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { earlier, isAfter, later } from "#domain/journal/order-of-entries.ts";
import type { Applied } from "#protocol/sync/replica.ts";
import type { DiskJournal } from "../journal/journal.ts";

/** What an answer says of this till's journal. */
export interface Contained {
  /**
   * The newest of this till's own entries that a collection is certain to contain with this answer. `before`: the newest that it was certain to contain until then; null
   * where it is taken anew.
   */
  readonly upTo: (before: AppliedUpTo | null) => AppliedUpTo;
  /** Another machine has written on in this epoch: what this one writes in it is refused as a fork. */
  readonly isContinued: boolean;
  /**
   * Another machine has gone on in a later epoch. A server that went back to a time before it acknowledged something of this till is told by no number and no hash then (SPEC S35b).
   */
  readonly isPassed: boolean;
}

/**
 * How far an answer contains this till's own entries. One that names an entry which this till does not have (SPEC S35a) has it of a machine that this one is a copy of,
 * or was before it was put back to a backup: what this one wrote under that number is not in it, and of what it wrote before only what was acknowledged before it asked, or in the
 * collection already, is certain to be. A server of before version 4 names none: there it shows by a number that this till has not reached. Throws what the disk throws.
 */
export async function containedOf(
  journal: Pick<DiskJournal, "acknowledged" | "head" | "isOwn">,
  {
    acknowledged,
    applied: { epoch, seq, hash },
  }: {
    /** Of the till's journal, before it asked. */
    readonly acknowledged: AppliedUpTo;
    readonly applied: Applied;
  },
): Promise<Contained> {
  const { head } = journal;
  const told = { epoch, seq };
  const asTold: Contained = { upTo: () => told, isContinued: false, isPassed: false };
  // Whatever the server lacked of an earlier epoch was written again in this one.
  if (epoch < head.epoch) return asTold;
  const isAhead = isAfter(told, head);
  if (hash === undefined && !isAhead) return asTold;
  // By a number alone a collection may have been said to contain what is another's.
  if (hash === undefined && seq > 0)
    return { upTo: () => journal.acknowledged, isContinued: false, isPassed: false };
  if (hash !== undefined && !isAhead && (await journal.isOwn({ epoch, seq, hash }))) return asTold;
  const last = { epoch, seq: Math.max(0, seq - 1) };
  return {
    upTo: (before) => earlier(before === null ? acknowledged : later(acknowledged, before), last),
    isContinued: epoch === head.epoch,
    isPassed: head.epoch > 0 && epoch > head.epoch,
  };
}

/**
 * The epoch of this till's journal that is over by an answer which has been taken in, because another machine has written on in it or because the server has lost its beginning;
 * null where none is. What the server lost counts as unsent from now on. Throws what the disk throws.
 */
export async function epochOverBy(
  journal: Pick<DiskJournal, "recall" | "rewind">,
  {
    acknowledged,
    applied,
    isContinued,
  }: Pick<Contained, "isContinued"> & {
    /** Of the till's journal, before it asked. */
    readonly acknowledged: AppliedUpTo;
    readonly applied: Applied;
  },
): Promise<number | null> {
  const isLost = await takeBackWhatIsLost(journal, { acknowledged, applied });
  if (isContinued) return applied.epoch;
  return isLost ? acknowledged.epoch : null;
}

/**
 * A server whose backup was put back has less of this till than it had acknowledged before it was asked: what it lost counts as unsent again,
 * also at a till that has nothing new to send. Answers whether the epoch is over by that (`isBeginningLost`). Throws what the disk throws.
 */
async function takeBackWhatIsLost(
  journal: Pick<DiskJournal, "recall" | "rewind">,
  { acknowledged, applied }: { readonly acknowledged: AppliedUpTo; readonly applied: AppliedUpTo },
): Promise<boolean> {
  // What an epoch before had told is counted again as well, until the server is told of it.
  await journal.recall();
  const { epoch } = acknowledged;
  const has = applied.epoch < epoch ? { epoch, seq: 0 } : { epoch: applied.epoch, seq: applied.seq };
  if (has.epoch !== epoch || has.seq >= acknowledged.seq) return false;
  const isOver = isBeginningLost(acknowledged, has);
  // Its beginning is not sent a second time: it would be taken in where a twin was given the same epoch.
  await journal.rewind(isOver ? { epoch, seq: 1 } : has);
  return isOver;
}

/**
 * Whether a server has nothing left of a later epoch than the first, of which it had acknowledged something: of what epochs before had told, and this one therefore does not say
 * again, it may have lost some as well. The till goes on in its next epoch (SPEC S12a).
 */
export function isBeginningLost(acknowledged: AppliedUpTo, has: AppliedUpTo): boolean {
  return acknowledged.epoch > 1 && acknowledged.seq > 0 && has.epoch === acknowledged.epoch && has.seq === 0;
}
