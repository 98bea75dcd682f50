import { create } from "zustand";
import type { PrinterId } from "#domain/ids.ts";
import type { VerbArgs } from "#protocol/till/contract.ts";
import type { FoundPrinter, PrinterCard } from "#protocol/till/devices.ts";
import { askApproved } from "../../app/approve.tsx";
import { ask, tell } from "../../app/till.ts";
import { t, tCount } from "../../i18n/translate.ts";

/** A printer as it stands in the form; `id` null: a new one. */
export type EditedPrinter = Omit<VerbArgs<"setUpPrinter">, "approval">;

export const usePrinterForm = create<{ readonly edited: EditedPrinter | null }>(() => ({ edited: null }));

const RAW_PRINT_PORT = 9_100;
const NEW: EditedPrinter = {
  id: null,
  name: "",
  link: { kind: "network", host: "", port: RAW_PRINT_PORT },
  model: null,
  columns: 48,
  purposes: ["receipt"],
  drawer: "none",
};

export function editPrinter(edited: EditedPrinter): void {
  usePrinterForm.setState({ edited });
}

export function leavePrinterForm(): void {
  usePrinterForm.setState({ edited: null });
}

/** Begins a new printer; the first one of a till prints receipts and opens the drawer. */
export function beginPrinter(known: readonly PrinterCard[], found: FoundPrinter | null): void {
  const isFirst = !known.some(({ purposes }) => purposes.includes("receipt"));
  editPrinter({
    ...NEW,
    purposes: isFirst ? ["receipt"] : [],
    drawer: isFirst ? "pin2" : "none",
    ...(found === null ? {} : { name: found.name, link: found.link, model: found.model }),
  });
}

export function changePrinter({ id, name, link, model, columns, purposes, drawer }: PrinterCard): void {
  editPrinter({ id, name, link, model, columns, purposes, drawer });
}

/** Sets the printer up and goes back to the list. */
export async function savePrinter(edited: EditedPrinter): Promise<void> {
  const { name } = edited;
  const answer = await askApproved("setUpPrinter", edited, { what: t("devices.allow.setUp", { name }) });
  if (answer?.ok !== true) return;
  leavePrinterForm();
  tell("done", t("devices.saved", { name }));
}

export async function removePrinter({ id, name }: PrinterCard): Promise<void> {
  const what = t("devices.allow.remove", { name });
  const answer = await askApproved("removePrinter", { printer: id }, { what });
  if (answer?.ok === true) tell("done", t("devices.removed", { name }));
}

export async function testPrinter({ id, name }: PrinterCard): Promise<void> {
  const answer = await ask("testPrinter", { printer: id });
  if (answer?.ok === true) tell("done", t("devices.tested", { name }));
}

/** What waits at a printer goes to another; to the printer itself: it is tried again at once. */
export async function printOn(from: PrinterId, to: PrinterCard): Promise<void> {
  const answer = await ask("printOn", { from, to: to.id });
  if (answer?.ok === true) tell("done", tCount("printing.moved", answer.value.documents));
}

export async function cancelPrints(printer: PrinterId): Promise<void> {
  const answer = await ask("cancelPrints", { printer });
  if (answer?.ok === true) tell("done", tCount("printing.cancelled", answer.value.documents));
}

/** The receipt of the last sale again, marked as a copy, and written to the journal as every reprint. */
export async function reprintLast(): Promise<void> {
  const tickets = await ask("recentTickets", { limit: 1 });
  const last = tickets?.[0];
  if (last === undefined) {
    if (tickets !== null) tell("refusal", t("printing.noReceiptYet"));
    return;
  }
  const answer = await ask("reprint", { ticket: last.id, kind: "copy" });
  if (answer?.ok === true) tell("done", t("printing.reprinted", { number: answer.value.number }));
}
