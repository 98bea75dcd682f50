/** The words of scanning, in English. */
export const SCAN_ENGLISH = {
  "refused.codeHalfRead": "This code was only half read. Scan it again.",
  "scan.expired":
    "{name} may no longer be sold: its last day was {day}. Take it off the shelf, or remove it from the basket.",
} as const;
