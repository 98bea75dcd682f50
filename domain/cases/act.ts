import type { Instant } from "../ids.ts";
import type { Case, CaseAct, CaseActor, CaseOpening, CaseTrace, DatedCaseAct } from "./case.ts";
import { moveFits } from "./status.ts";

export const NOTHING_DONE: CaseAct = { move: null, note: "", photos: [], deadline: null, store: null };

/** A case as it was taken in. */
export function openCase(
  opening: CaseOpening,
  { at, by }: { readonly at: Instant; readonly by: CaseActor },
): Case {
  const { deadline, store } = opening;
  return {
    ...opening,
    openedAt: at,
    openedBy: by,
    status: "open",
    outcome: null,
    closedAt: null,
    openedWith: { deadline, store },
    history: [],
  };
}

/**
 * A case after these acts. They may come in any order, and more than once: the history is put in the order in which things happened, by time and then
 * by id, and the case follows from its history alone. Server and till's overlay both fold with this.
 */
export function withCaseActs(before: Case, acts: readonly DatedCaseAct[]): Case {
  const known = new Map<string, DatedCaseAct>(before.history.map((trace) => [trace.id, trace]));
  for (const act of acts) if (!known.has(act.id)) known.set(act.id, act);
  if (known.size === before.history.length) return before;
  const ordered = [...known.values()].toSorted(inTime);
  const { deadline, store } = before.openedWith;
  let now: Case = {
    ...before,
    deadline,
    store,
    status: "open",
    outcome: null,
    closedAt: null,
    history: [],
  };
  const history: CaseTrace[] = [];
  for (const dated of ordered) {
    const fits = fitsNow(now, dated.act);
    now = acted(now, dated, fits);
    const { id, at, by, act } = dated;
    history.push({ id, at, by, act, fits, status: now.status });
  }
  return { ...now, history };
}

function inTime(a: DatedCaseAct, b: DatedCaseAct): number {
  if (a.at !== b.at) return a.at - b.at;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

/** Closing what is closed already fits only where it ended the same way. */
function fitsNow({ status, outcome }: Case, { move }: CaseAct): boolean {
  if (move === null) return true;
  if (status === "closed" && move.to === "closed") return move.outcome === outcome;
  return moveFits({ now: status, from: move.from, to: move.to });
}

function acted(before: Case, { at, act }: DatedCaseAct, fits: boolean): Case {
  const after = {
    ...before,
    deadline: act.deadline ?? before.deadline,
    store: act.store ?? before.store,
  };
  if (act.move === null || !fits || act.move.to === before.status) return after;
  const { to, outcome } = act.move;
  return { ...after, status: to, outcome, closedAt: to === "closed" ? at : null };
}
