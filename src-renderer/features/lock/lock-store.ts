import { create } from "zustand";
import type { StaffId } from "#domain/ids.ts";
import { client } from "../../app/till.ts";
import { whyUnanswered } from "../../app/till-client.ts";
import { playTone } from "../../app/tones.ts";
import { refusalWords, t } from "../../i18n/translate.ts";

export const PIN_DIGITS = 6;

interface Lock {
  readonly chosen: StaffId | null;
  readonly pin: string;
  readonly checking: boolean;
  readonly problem: string | null;
}

const FRESH: Lock = { chosen: null, pin: "", checking: false, problem: null };

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
  if (next.length === PIN_DIGITS) await signIn(chosen, next);
}

export function deletePinDigit(): void {
  useLock.setState(({ pin, checking }) => (checking ? {} : { pin: pin.slice(0, -1) }));
}

async function signIn(staff: StaffId, pin: string): Promise<void> {
  useLock.setState({ checking: true });
  const problem = await problemOf(staff, pin);
  if (problem === null) return useLock.setState(FRESH);
  playTone("refusal");
  useLock.setState({ pin: "", checking: false, problem });
}

/** Why signing in did not work, in words; null when it did. */
async function problemOf(staff: StaffId, pin: string): Promise<string | null> {
  try {
    const answer = await client.call("signIn", { staff, pin });
    if (answer.ok) return null;
    return t(`lock.refused.${answer.reason}`, { seconds: Math.ceil(answer.waitMs / 1_000) });
  } catch (error) {
    return refusalWords(whyUnanswered(error));
  }
}
