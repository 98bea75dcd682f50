import type { AuditedLine, AuditedTill } from "../audit/journal.ts";
import { instant } from "../ids.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { CRYPTO, TILL } from "./written-chain.ts";

/** A till's journal as an export has it: each epoch whole, received a second after it was written. */
export function auditedTill(
  epochs: readonly (readonly JournalEntry[])[],
  promised: readonly (readonly JournalEntry[])[] = epochs,
): AuditedTill {
  return {
    device: TILL,
    register: 3,
    isWhole: true,
    crypto: CRYPTO,
    keptAside: [],
    epochs: epochs.map((entries, index) => {
      const run = promised[index] ?? [];
      const [first, last] = [run[0], run.at(-1)];
      if (first === undefined || last === undefined) throw new Error("an epoch has at least its beginning");
      return {
        epoch: first.epoch,
        first: { seq: first.seq, prev: first.prev },
        last: { seq: last.seq, hash: last.hash },
        lines: entries.map(lineOf),
      };
    }),
  };
}

function lineOf(entry: JournalEntry): AuditedLine {
  return { ok: true, entry, receivedAt: instant(entry.at + 1_000) };
}
