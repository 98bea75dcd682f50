import { type ChainCrypto, checkSeal, hangsOn } from "#domain/journal/check.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { isAfter } from "#domain/journal/order-of-entries.ts";
import type { Lack } from "./lacking.ts";

/** What the server has of this till's journal before a place, newest first, some at a time; none where it has nothing. */
export type AskBefore = (place: AppliedUpTo) => Promise<readonly JournalEntry[]>;

/** Behind every place that a till's journal has. */
const BEHIND_ALL: AppliedUpTo = { epoch: 999_999, seq: 999_999_999 };

/**
 * What the journal lacks, as the server has it; null where it does not have all of it, and of an end of which nobody knows whether it was written perhaps nothing. Each entry was sealed by this till and hangs on the one before it, from the whole one before the gap
 * to the one behind it: another past, as a clone of this till would have told, is not taken. Throws what asking throws.
 */
export async function givenFor(
  lack: Pick<Lack, "after" | "before" | "last" | "end">,
  { ask, crypto }: { readonly ask: AskBefore; readonly crypto: ChainCrypto },
): Promise<readonly JournalEntry[] | null> {
  const { after, before } = lack;
  const given: JournalEntry[] = [];
  let next = before;
  /** There is something else than what is missing. */
  let isBroken = false;
  for await (const entry of goingBack(startOf(lack), ask)) {
    if (after !== null && !isAfter(entry, after)) break;
    const isNext = next === null ? isNewest(entry, lack) : hangsOn(next, entry);
    // Of a register that this machine took over: signed by the key of the one before.
    if (!isNext || !checkSeal(entry, crypto).ok) {
      isBroken = true;
      break;
    }
    given.push(entry);
    next = entry;
  }
  // Of a register that another machine had before, the journal begins with this one's first epoch: how far back that is, its own seal tells.
  if (after === null) given.splice(given.findLastIndex(({ seq }) => seq === 1) + 1);
  else if (given.length === 0) return lack.end === "perhaps" && !isBroken ? [] : null;
  else if (next === null || !hangsOn(next, after)) return null;
  return given.length > 0 ? given.reverse() : null;
}

/** Whether it may be the last of what is missing at the journal's end. */
function isNewest(entry: AppliedUpTo, { last, end }: Pick<Lack, "last" | "end">): boolean {
  if (last === null) return end !== null;
  return end === null ? entry.epoch === last.epoch && entry.seq === last.seq : !isAfter(last, entry);
}

function startOf({ before, last, end }: Pick<Lack, "before" | "last" | "end">): AppliedUpTo {
  if (before !== null) return before;
  if (end !== null) return BEHIND_ALL;
  return last === null ? { epoch: 0, seq: 0 } : { epoch: last.epoch, seq: last.seq + 1 };
}

async function* goingBack(from: AppliedUpTo, ask: AskBefore): AsyncGenerator<JournalEntry> {
  for (let place = from; ; ) {
    const page = await ask(place);
    for (const entry of page) {
      if (!isAfter(place, entry)) return;
      yield entry;
      place = entry;
    }
    if (page.length === 0) return;
  }
}
