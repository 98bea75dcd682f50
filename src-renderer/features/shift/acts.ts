import { create } from "zustand";
import { subtractMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import type { CashCount } from "#domain/shift/cash.ts";
import type { CashMovementKind } from "#domain/shift/facts.ts";
import type { CountedShift, OpenShiftView, ShownReport } from "#protocol/till/shift.ts";
import { askApproved } from "../../app/approve.tsx";
import { moneyText } from "../../app/format.ts";
import { type CashPage, closeOverlay, openOverlay } from "../../app/overlay.ts";
import { pressedOnce } from "../../app/pressed-once.ts";
import { ask, tell, useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";

/** How long a file is kept for the browser to save it, milliseconds. */
const RELEASE_MS = 60_000;

/** What came of the last count of a drawer that is being closed. */
interface Closing {
  readonly shift: OpenShiftView;
  readonly counted: CountedShift;
}

/** The drawer that is being closed, once it was counted. */
export const useClosing = create<{ readonly closing: Closing | null }>(() => ({ closing: null }));

export function goToCash(page: CashPage): void {
  if (useTill.getState().shift === null) return;
  openOverlay({ kind: "cash", page });
}

/** Begins to count a drawer that is to be closed. */
export function beginClose({ shift }: Pick<OpenShiftView, "shift">): void {
  useClosing.setState({ closing: null });
  goToCash({ at: "close", shift });
}

/** Begins a shift with this float. True when it is open. */
export function openShift(float: CashCount): Promise<boolean> {
  return pressedOnce("openShift", float, async () => {
    const answer = await askApproved("openShift", { float }, { what: t("shift.allow.open") });
    if (answer?.ok !== true) return false;
    tell("done", t("shift.opened", { amount: moneyText(float.total) }));
    return true;
  });
}

const ALLOW_MOVE = { in: "shift.allow.in", out: "shift.allow.out", pickup: "shift.allow.pickup" } as const;
const MOVED = { in: "shift.moved.in", out: "shift.moved.out", pickup: "shift.moved.pickup" } as const;

/** Puts money into the drawer or takes it out. True when it is written down. */
export function moveCash(
  kind: CashMovementKind,
  { amount, reason }: { readonly amount: Money; readonly reason: string },
): Promise<boolean> {
  const args = { kind, amount, reason };
  return pressedOnce("moveCash", args, async () => {
    const values = { amount: moneyText(amount) };
    const what = `${t(ALLOW_MOVE[kind], values)} ${reason}`;
    const answer = await askApproved("moveCash", args, { what });
    if (answer?.ok !== true) return false;
    closeOverlay();
    tell("done", t(MOVED[kind], values));
    return true;
  });
}

/** Opens the drawer without a sale. True when it was sent the word. */
export function openDrawer(reason: string): Promise<boolean> {
  return pressedOnce("openDrawer", reason, async () => {
    const what = `${t("shift.allow.drawer")} ${reason}`;
    const answer = await askApproved("openDrawer", { reason }, { what });
    if (answer?.ok !== true) return false;
    closeOverlay();
    tell("done", t("shift.drawerOpened"));
    return true;
  });
}

/** Writes a count of a drawer down and shows how it came out. */
export async function countShift(shift: OpenShiftView, count: CashCount): Promise<void> {
  const answer = await ask("countShift", { shift: shift.shift, count });
  if (answer?.ok === true) useClosing.setState({ closing: { shift, counted: answer.value } });
}

/** The drawer is counted once more. */
export function countAgain(): void {
  useClosing.setState({ closing: null });
}

/** Closes the drawer that was counted; where no other is open the day may be closed next. */
export async function closeShift({
  kept,
  reason,
}: {
  readonly kept: Money;
  readonly reason: string | null;
}): Promise<void> {
  const { closing } = useClosing.getState();
  if (closing === null) return;
  const { shift, counted } = closing;
  const args = { shift: shift.shift, kept, reason };
  await pressedOnce("closeShift", args, async () => {
    const what = t("shift.allow.close", { outcome: outcomeWords(counted.variance) });
    const answer = await askApproved("closeShift", args, { what });
    if (answer?.ok !== true) return;
    useClosing.setState({ closing: null });
    goToCash({ at: "closed", kept, banked: subtractMoney(counted.counted, kept) });
  });
}

/** How a count came out, in words. */
export function outcomeWords(variance: Money): string {
  if (variance.minor === 0) return t("shift.outcome.right");
  const amount = moneyText({ ...variance, minor: Math.abs(variance.minor) });
  return t(variance.minor > 0 ? "shift.outcome.over" : "shift.outcome.short", { amount });
}

/** The Z report: the day of this till is over. */
export function closeDay(): Promise<void> {
  return pressedOnce("closeDay", null, async () => {
    const answer = await askApproved("closeDay", {}, { what: t("shift.allow.day") });
    if (answer?.ok === true) goToCash({ at: "report", shown: answer.value });
  });
}

/** Reads how the day stands, as often as wanted. */
export async function xReport(): Promise<void> {
  const answer = await askApproved("xReport", {}, { what: t("shift.allow.x") });
  if (answer?.ok === true) goToCash({ at: "report", shown: answer.value });
}

export async function openZReport(number: number): Promise<void> {
  const answer = await ask("zReport", { number });
  if (answer?.ok === true) goToCash({ at: "report", shown: answer.value });
}

/** An X report is made anew when it is printed, so what happened since is on the paper too. */
export async function printReport({ report }: ShownReport): Promise<void> {
  const number = report.kind === "z" ? report.number : null;
  const answer = await askApproved("printReport", { number }, { what: t("shift.allow.x") });
  if (answer?.ok === true) tell("done", t("shift.reportPrinted"));
}

/** Saves a Z report as a PDF, where this machine keeps what is downloaded. */
export async function saveReport(number: number): Promise<void> {
  const answer = await ask("reportFile", { number });
  if (answer?.ok !== true) return;
  const { name, pdf } = answer.value;
  const bytes = Uint8Array.from(atob(pdf), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), RELEASE_MS);
  tell("done", t("shift.reportSaved", { name }));
}
