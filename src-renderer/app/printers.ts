import type { VariantId } from "#domain/ids.ts";
import type { PrinterCard, PrinterPurpose } from "#protocol/till/devices.ts";
import { t } from "../i18n/translate.ts";
import { ask, tell } from "./till.ts";

/** The printers that something for this purpose may come out of, those that work first. */
export function printersFor(
  purpose: PrinterPurpose,
  printers: readonly PrinterCard[] | undefined,
): readonly PrinterCard[] {
  return (printers ?? [])
    .filter(({ purposes }) => purposes.includes(purpose))
    .toSorted((a, b) => Number(a.state === "failing") - Number(b.state === "failing"));
}

/** A label for the shelf, at the price of now. */
export async function printLabel(variant: VariantId): Promise<void> {
  const answer = await ask("printLabel", { variant });
  if (answer?.ok === true) tell("done", t("label.printed"));
}
