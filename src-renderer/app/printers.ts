import type { PrinterCard, PrinterPurpose } from "#protocol/till/devices.ts";

/** The printers that something for this purpose may come out of, those that work first. */
export function printersFor(
  purpose: PrinterPurpose,
  printers: readonly PrinterCard[] | undefined,
): readonly PrinterCard[] {
  return (printers ?? [])
    .filter(({ purposes }) => purposes.includes(purpose))
    .toSorted((a, b) => Number(a.state === "failing") - Number(b.state === "failing"));
}
