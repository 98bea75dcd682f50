import type { CaseId } from "../ids.ts";
import { instant } from "../ids.ts";
import { effectsOf } from "../journal/effects.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { openCase, withCaseActs } from "./act.ts";
import type { Case } from "./case.ts";

/**
 * fold(replica, pending): cases as they are with the till's own entries that the replica does not contain yet. `clockOffsetMs` is what the till's clock
 * is ahead of the server's, by which the replica's histories are dated. Acts on cases that are not known here are left out.
 */
export function foldCases({
  cases,
  pending,
  clockOffsetMs,
}: {
  readonly cases: ReadonlyMap<CaseId, Case>;
  readonly pending: readonly JournalEntry[];
  readonly clockOffsetMs: number;
}): ReadonlyMap<CaseId, Case> {
  const folded = new Map(cases);
  for (const entry of pending) {
    const { opened, noted } = effectsOf(entry);
    const { id, staff, device } = entry;
    const done = {
      at: instant(Math.max(0, entry.at - clockOffsetMs)),
      by: { kind: "staff", staff, device },
    } as const;
    if (opened !== null && !folded.has(opened.id)) folded.set(opened.id, openCase(opened, done));
    const known = noted === null ? undefined : folded.get(noted.case);
    if (noted !== null && known !== undefined)
      folded.set(noted.case, withCaseActs(known, [{ id, ...done, act: noted.act }]));
  }
  return folded;
}
