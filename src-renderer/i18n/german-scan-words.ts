import type { SCAN_ENGLISH } from "./scan-words.ts";

/** The words of scanning, in German. */
export const SCAN_GERMAN: Readonly<Record<keyof typeof SCAN_ENGLISH, string>> = {
  "refused.codeHalfRead": "Dieser Code wurde nur halb gelesen. Bitte noch einmal scannen.",
  "scan.expired":
    "{name} darf nicht mehr verkauft werden: Der letzte Tag war der {day}. Aus dem Regal nehmen oder aus dem Korb entfernen.",
};
