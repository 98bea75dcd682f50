import type { PrinterSetup } from "./port.ts";

/** A printer's own letters (its font A) are this wide and high, in dots. */
export const LETTER_DOTS = { width: 12, height: 24 } as const;

/** How many dots stand side by side on the paper: 384 on 58 mm, 504 or 576 on 80 mm. */
export function paperDots({ columns }: Pick<PrinterSetup, "columns">): number {
  return columns * LETTER_DOTS.width;
}
