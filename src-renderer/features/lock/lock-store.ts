import { create } from "zustand";
import type { StaffId } from "#domain/ids.ts";
import type { VerbArgs } from "#protocol/till/contract.ts";
import { timeText } from "../../app/format.ts";
import { recordsText, whySellsNothing } from "../../app/records-words.ts";
import { client, useTill } from "../../app/till.ts";
import { whyUnanswered } from "../../app/till-client.ts";
import { playTone } from "../../app/tones.ts";
import { refusalWords, t } from "../../i18n/translate.ts";

export const PIN_DIGITS = 6;

interface Lock {
  readonly chosen: StaffId | null;
  readonly pin: string;
  readonly checking: boolean;
  readonly problem: string | null;
  /** Until when no try is taken, by `performance.now()`; null: one is taken now. */
  readonly waitUntil: number | null;
}

const FRESH: Lock = { chosen: null, pin: "", checking: false, problem: null, waitUntil: null };

/** Who is about to sign in, and what they typed of their PIN. It is forgotten as soon as it was checked. */
export const useLock = create<Lock>(() => FRESH);

export function chooseColleague(chosen: StaffId): void {
  useLock.setState({ ...FRESH, chosen });
}

export function backToColleagues(): void {
  useLock.setState(FRESH);
}

/** Digits from pad, keyboard or a badge; the sixth signs in. While a PIN is being checked, more are let go. */
export async function typePin(typed: string): Promise<void> {
  const { chosen, checking, pin } = useLock.getState();
  const digits = typed.replace(/\D/g, "");
  if (chosen === null || checking || digits === "") return;
  const next = (pin + digits).slice(0, PIN_DIGITS);
  useLock.setState({ pin: next, problem: null });
  if (next.length === PIN_DIGITS) await signIn({ staff: chosen, pin: next });
}

export function deletePinDigit(): void {
  useLock.setState(({ pin, checking }) => (checking ? {} : { pin: pin.slice(0, -1) }));
}

/** A badge that was held to the scanner: whoever it belongs to is at the till. */
export function showBadge(badge: string): Promise<void> {
  return useLock.getState().checking ? Promise.resolve() : signIn({ badge });
}

async function signIn(proof: VerbArgs<"signIn">): Promise<void> {
  useLock.setState({ checking: true });
  const { problem, waitMs } = await tried(proof);
  if (problem === null) return useLock.setState(FRESH);
  playTone("refusal");
  const waitUntil = waitMs > 0 ? performance.now() + waitMs : null;
  useLock.setState({ pin: "", checking: false, problem, waitUntil });
}

/** Why signing in did not work, in words, null when it did; and how long no further try is taken. */
async function tried(
  proof: VerbArgs<"signIn">,
): Promise<{ readonly problem: string | null; readonly waitMs: number }> {
  try {
    const answer = await client.call("signIn", proof);
    if (answer.ok) return { problem: null, waitMs: 0 };
    const { reason, waitMs } = answer;
    // Its journal is gone, or lacks something, and nothing can be written before the server was heard: the disk may have all the room there is.
    const why = whySellsNothing(useTill.getState().sync?.records);
    if (reason === "storage" && why !== undefined) return { problem: recordsText(why, timeText), waitMs };
    const isBadge = reason === "throttled" && "badge" in proof;
    return { problem: t(isBadge ? "lock.badgesThrottled" : `lock.refused.${reason}`), waitMs };
  } catch (error) {
    return { problem: refusalWords(whyUnanswered(error)), waitMs: 0 };
  }
}
