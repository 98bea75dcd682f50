import { pointed } from "./typed.ts";

const PPM_PER_PERCENT = 10_000;

/** A percentage of zero or more, with up to four decimals, in parts per million; null where the text is none. */
export function parseDecimalPpm(text: string): number | null {
  const read = /^(\d{1,4})(?:\.(\d{1,4}))?$/.exec(pointed(text));
  if (read === null) return null;
  return Number(read[1]) * PPM_PER_PERCENT + Number((read[2] ?? "").padEnd(4, "0"));
}
