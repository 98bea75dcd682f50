const PPM_PER_PERCENT = 10_000;
const WHOLE_PPM = 100 * PPM_PER_PERCENT;

/** A list with one of its members a place up (-1) or down (1). */
export function moved<T>(list: readonly T[], place: number, by: 1 | -1): readonly T[] {
  const [member] = list.slice(place, place + 1);
  if (member === undefined || place + by < 0 || place + by >= list.length) return list;
  return list.toSpliced(place, 1).toSpliced(place + by, 0, member);
}

/** A share in percent as people type it. */
export function percentOf(ppm: number): string {
  return String(ppm / PPM_PER_PERCENT);
}

/** Parts per million of what was typed in percent; null where it is no share from 0 to 100. */
export function ppmOf(text: string): number | null {
  const typed = text.trim().replace(",", ".").replace(/ ?%$/, "");
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(typed)) return null;
  const ppm = Math.round(Number(typed) * PPM_PER_PERCENT);
  return ppm <= WHOLE_PPM ? ppm : null;
}
