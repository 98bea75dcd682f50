import { type ChainCrypto, checkSeal, hangsOn } from "#domain/journal/check.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { isAfter } from "#domain/journal/order-of-entries.ts";
import type { Lack } from "./lacking.ts";

/** What the server has of this till's journal before a place, newest first, some at a time; none where it has nothing. */
export type AskBefore = (place: AppliedUpTo) => Promise<readonly JournalEntry[]>;

/**
 * What the journal lacks, as the server has it; null where it does not have all of it. Each entry was sealed by this till and hangs on the one before it, from the whole one before the gap
 * to the one behind it: another past, as a clone of this till would have told, is not taken. Throws what asking throws.
 */
export async function givenFor(
  lack: Pick<Lack, "after" | "before" | "last">,
  { ask, crypto }: { readonly ask: AskBefore; readonly crypto: ChainCrypto },
): Promise<readonly JournalEntry[] | null> {
  const { after, before, last } = lack;
  const given: JournalEntry[] = [];
  let next = before;
  for await (const entry of goingBack(startOf(lack), ask)) {
    if (after !== null && !isAfter(entry, after)) break;
    const isNext =
      next === null ? entry.epoch === last?.epoch && entry.seq === last.seq : hangsOn(next, entry);
    // Of a register that this machine took over: signed by the key of the one before.
    if (!isNext || !checkSeal(entry, crypto).ok) break;
    given.push(entry);
    next = entry;
  }
  const isWhole = next !== null && (after === null ? next.seq === 1 : hangsOn(next, after));
  return isWhole && given.length > 0 ? given.reverse() : null;
}

function startOf({ before, last }: Pick<Lack, "before" | "last">): AppliedUpTo {
  if (before !== null) return before;
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
