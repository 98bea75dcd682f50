import { create } from "zustand";
import type { CaseCard, CaseRow, FoundCases } from "#protocol/till/cases.ts";
import type { VerbArgs } from "#protocol/till/contract.ts";
import { inTurn } from "../../app/in-turn.ts";
import { onceInTurn } from "../../app/pressed-once.ts";
import { printersFor } from "../../app/printers.ts";
import { ask, clearNotice, client, tell, useTill } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { refusalWords, t } from "../../i18n/translate.ts";

export const CASE_FILTERS = ["open", "mine", "overdue", "closed"] as const;
export type CaseFilter = (typeof CASE_FILTERS)[number];

interface CasesState {
  readonly filter: CaseFilter;
  readonly text: string;
  /** What the search found; null while the list is shown. */
  readonly found: FoundCases | null;
  readonly opened: CaseCard | null;
}

const FRESH: CasesState = { filter: "open", text: "", found: null, opened: null };

export const useCases = create<CasesState>(() => FRESH);

/** Grows with each question, so that a late answer to an older one is let go. */
let question = 0;
/** Grows with each case that is opened: what is tapped while Enter looks for a case is not replaced by it. */
let openings = 0;

export function resetCases(): void {
  question += 1;
  useCases.setState(FRESH);
}

export function isShownBy(filter: CaseFilter, row: CaseRow): boolean {
  switch (filter) {
    case "open":
      return row.status !== "closed";
    case "mine":
      return row.status !== "closed" && row.isMine;
    case "overdue":
      return row.isOverdue;
    case "closed":
      return row.status === "closed";
  }
}

export function chooseFilter(filter: CaseFilter): void {
  question += 1;
  useCases.setState({ filter, text: "", found: null });
}

/** Opens a case as the engine has it now. */
export function openCase(id: string): Promise<void> {
  openings += 1;
  return inTurn(async () => {
    const answer = await ask("caseOf", { case: id });
    if (answer?.ok === true) useCases.setState({ opened: answer.value });
  });
}

export function closeCase(): void {
  clearNotice();
  useCases.setState({ opened: null });
}

/** The case in front again, since something changed that may concern it. */
export async function refreshOpened(): Promise<void> {
  const { opened } = useCases.getState();
  if (opened === null) return;
  const answer = await client.call("caseOf", { case: opened.id }).catch(() => null);
  if (answer?.ok === true && useCases.getState().opened?.id === opened.id)
    useCases.setState({ opened: answer.value });
}

/** Finds cases as one types: at once what this store has, then what the chain has. No letters show the list again. */
export async function searchCases(text: string): Promise<void> {
  question += 1;
  const mine = question;
  if (text.trim() === "") return useCases.setState({ text: "", found: null });
  useCases.setState({ text, opened: null });
  for (const chain of [false, true]) {
    const found = await client.call("findCases", { text, chain }).catch(() => null);
    if (mine !== question) return;
    if (found !== null) useCases.setState({ found });
  }
}

export function typeAheadCases(letters: string): void {
  void searchCases(useCases.getState().text + letters);
}

/** Opens the case that the search finds first; asked for anew, so that Enter right after the last letter opens what that letter means. */
export async function openFirstFoundCase(): Promise<void> {
  const { text } = useCases.getState();
  if (text.trim() === "") return;
  const before = openings;
  const isWanted = () => before === openings && useCases.getState().text === text;
  let found = await client.call("findCases", { text, chain: false }).catch(() => null);
  // What the chain has is waited for only where this store has nothing.
  if (found?.cases.length === 0 && isWanted()) {
    found = await client.call("findCases", { text, chain: true }).catch(() => null);
    if (found !== null && isWanted()) useCases.setState({ found });
  }
  const [first] = found?.cases ?? [];
  if (first !== undefined && isWanted()) await openCase(first.id);
}

/** A scan of a slip opens its case, another store's as well where there is a connection. */
export function scanForCase(code: string): Promise<void> {
  return inTurn(async () => {
    const answer = await client.call("caseOf", { case: code.trim() }).catch(() => null);
    if (answer === null) return tell("refusal", refusalWords("engineAway"));
    if (!answer.ok) return tell("refusal", unknownWords(answer.reason, code));
    playTone("ok");
    question += 1;
    useCases.setState({ text: "", found: null, opened: answer.value });
  });
}

function unknownWords(reason: string, number: string): string {
  if (reason !== "noSuchCase") return refusalWords(reason);
  const isOnline = useTill.getState().sync?.link.state === "online";
  return t(isOnline ? "cases.unknownNumber" : "cases.unknownOffline", { number });
}

/** Does one act on the case in front. False when nothing happened; a refusal is put into words. */
export function noteCase(args: VerbArgs<"noteCase">, done: (card: CaseCard) => string): Promise<boolean> {
  return onceInTurn("noteCase", args, async () => {
    const answer = await ask("noteCase", args);
    if (answer?.ok !== true) return false;
    useCases.setState({ opened: answer.value });
    playTone("done");
    tell("done", done(answer.value));
    return true;
  });
}

/** Takes a new case in and shows it. Null when nothing happened. */
export function takeIn(args: VerbArgs<"openCase">): Promise<CaseCard | null> {
  return onceInTurn("openCase", args, async () => {
    const answer = await ask("openCase", args);
    if (answer?.ok !== true) return null;
    question += 1;
    useCases.setState({ text: "", found: null, opened: answer.value });
    playTone("done");
    const isPrinted = printersFor("receipt", useTill.getState().printers?.printers).length > 0;
    const { number } = answer.value;
    tell("done", t(isPrinted ? "cases.openedPrinted" : "cases.openedDone", { number }));
    return answer.value;
  });
}

export async function printSlip(card: CaseCard, copy: "customer" | "workshop"): Promise<void> {
  const answer = await ask("printCaseSlip", { case: card.id, copy });
  if (answer?.ok === true) tell("done", t("cases.printed"));
}

/** One step back: from the case or the search to the list. False when there is nothing to go back from. */
export function stepBackCases(): boolean {
  const { opened, text } = useCases.getState();
  if (opened !== null) closeCase();
  else if (text !== "") void searchCases("");
  else return false;
  return true;
}
