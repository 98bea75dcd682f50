import type { Instant } from "../ids.ts";
import { instant } from "../ids.ts";

/** Months are counted generously: nobody is forgotten a day too early. */
const MONTH_MS = 31 * 86_400_000;

/** Since when nothing was heard of whoever is not to be kept any longer. */
export function silentSince(months: number, now: Instant): Instant {
  return instant(Math.max(0, now - months * MONTH_MS));
}
