import { type BusinessDay, idOf, instant } from "#domain/ids.ts";
import { localTimeOf } from "#domain/store/local-time.ts";

const ISO_DAY_CHARS = 10;

/** The day that it is by the clocks of this machine. */
export function today(): BusinessDay {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return idOf<"BusinessDay">(localTimeOf({ at: instant(Date.now()), timeZone }).slice(0, ISO_DAY_CHARS));
}
