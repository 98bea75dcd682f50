import type { STAFF_ENGLISH } from "./staff-words.ts";

export const STAFF_GERMAN: Readonly<Record<keyof typeof STAFF_ENGLISH, string>> = {
  "lock.refused.unknownBadge": "Diese Karte gehört hier niemandem. Bitte Namen wählen und PIN eingeben.",
};
