import { create } from "zustand";
import { type Instant, instant, type StaffId } from "#domain/ids.ts";
import type { VerbArgs } from "#protocol/till/contract.ts";
import { timeText } from "../../app/format.ts";
import { client, tell } from "../../app/till.ts";
import { whyUnanswered } from "../../app/till-client.ts";
import { playTone } from "../../app/tones.ts";
import { refusalWords, t } from "../../i18n/translate.ts";
import { PIN_DIGITS } from "./lock-store.ts";

export type Direction = "in" | "out";
type Proof = VerbArgs<"clockOut">["who"];

interface ClockEntry {
  readonly direction: Direction;
  readonly chosen: StaffId | null;
  readonly pin: string;
  readonly checking: boolean;
  readonly problem: string | null;
  /** They never said that they left: since when they are in, and who says so now. */
  readonly forgot: { readonly since: Instant; readonly who: Proof } | null;
}

const FRESH: ClockEntry = {
  direction: "in",
  chosen: null,
  pin: "",
  checking: false,
  problem: null,
  forgot: null,
};

/** Who is about to come or to go, and what they typed of their PIN. */
export const useClock = create<ClockEntry>(() => FRESH);

export function resetClock(): void {
  useClock.setState(FRESH);
}

export function chooseDirection(direction: Direction): void {
  useClock.setState({ direction, problem: null });
}

/** `isIn`: they are at work, so that they most likely go. */
export function chooseForClock(chosen: StaffId, isIn: boolean): void {
  useClock.setState({ ...FRESH, chosen, direction: isIn ? "out" : "in" });
}

/** Digits from pad or keyboard; the sixth is the act. */
export async function typeClockPin(typed: string): Promise<void> {
  const { chosen, checking, pin, forgot } = useClock.getState();
  const digits = typed.replace(/\D/g, "");
  if (chosen === null || checking || forgot !== null || digits === "") return;
  const next = (pin + digits).slice(0, PIN_DIGITS);
  useClock.setState({ pin: next, problem: null });
  if (next.length === PIN_DIGITS) await clock({ staff: chosen, pin: next });
}

export function deleteClockDigit(): void {
  useClock.setState(({ pin, checking }) => (checking ? {} : { pin: pin.slice(0, -1) }));
}

/** Comes or goes, as it is chosen. `leftAtMs`: when they left the last time. */
export async function clock(who: Proof, leftAtMs: number | null = null): Promise<void> {
  const { direction } = useClock.getState();
  useClock.setState({ checking: true, problem: null });
  const said = await (direction === "in" ? comes(who, leftAtMs) : goes(who)).catch((error: unknown) => ({
    problem: refusalWords(whyUnanswered(error)),
  }));
  if (said.problem !== null) playTone("refusal");
  useClock.setState({ checking: false, pin: "", ...said });
}

type Said = Pick<ClockEntry, "problem"> & Partial<Pick<ClockEntry, "forgot" | "chosen">>;

async function comes(who: Proof, leftAtMs: number | null): Promise<Said> {
  const leftAt = leftAtMs === null ? null : instant(leftAtMs);
  const answer = await client.call("clockIn", { who, leftAt });
  if (answer.ok) {
    tell("done", t("clock.saidIn", { time: timeText(answer.value.since) }));
    return { problem: null, forgot: null, chosen: null };
  }
  const { reason, since = null } = answer;
  if (reason === "stillIn" && since !== null) return { problem: null, forgot: { since, who } };
  if (reason === "stillIn" || reason === "badTime") return { problem: t("clock.badTime") };
  return { problem: t(`lock.refused.${reason}`) };
}

async function goes(who: Proof): Promise<Said> {
  const answer = await client.call("clockOut", { who });
  if (!answer.ok) return { problem: t(`lock.refused.${answer.reason}`) };
  tell("done", t("clock.saidOut", { time: timeText(answer.value.until) }));
  return { problem: null, chosen: null };
}
